"""What a link opens. The area that owns the thing answers (settings.GUEST_PLACES), by the first part of the key."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from rihma.base.words import Words


@dataclass(frozen=True)
class Place:
    title: Words
    # who invites, in a word or two: the team's name
    host: str
    # where a guest works
    address: str
    # under which licence what guests write is shared
    licence: str


def place_of(key: str) -> Place | None:
    """None when there is no such thing any more."""
    path = settings.GUEST_PLACES.get(key.partition(":")[0])
    found: Place | None = import_string(path)(key) if path else None
    return found
