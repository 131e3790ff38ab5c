"""Where a link leads. The area that owns the thing answers (settings.GUEST_PLACES), by the first part of the key."""

from django.conf import settings
from django.utils.module_loading import import_string


def address_of(key: str) -> str | None:
    """The page of the thing, in the language at hand; None when there is no such thing any more."""
    path = settings.GUEST_PLACES.get(key.partition(":")[0])
    found: str | None = import_string(path)(key) if path else None
    return found
