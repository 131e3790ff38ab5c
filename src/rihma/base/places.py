"""Where pages are: the same one in another language, and those of long lists."""

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.conf import settings
from django.urls import reverse

ANY = UUID(int=0)


@dataclass(frozen=True)
class Tongue:
    code: str
    name: str
    path: str
    current: bool

    @property
    def address(self) -> str:
        return settings.BASE_URL + self.path


def tongues(path: str, current: str) -> list[Tongue]:
    return [Tongue(code, str(name), in_language(path, code), code == current) for code, name in settings.LANGUAGES]


def in_language(path: str, code: str) -> str:
    """The place kept, also where no page answers; an address without a language leads to the front page."""
    # Only the first word of an address depends on the language, so nothing has to be looked up.
    _empty, first, *rest = path.split("/") if path.startswith("/") else ("", "")
    return "/".join(["", code, *rest]) if first in dict(settings.LANGUAGES) else f"/{code}/"


def of_id(name: str, thing: UUID, language: str) -> str:
    """The address of a page that is named by an id, as `reverse` says it; in a long list looking each up takes long."""
    return _of_any(name, language).replace(str(ANY), str(thing))


@cache
def _of_any(name: str, _language: str) -> str:
    return reverse(name, args=[ANY])
