"""Where pages are: the same one in another language, and the addresses that a page is full of."""

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

# Stand for the ids of an address, one for each argument, so that none is taken for another.
ANY = tuple(UUID(int=0xA11 + place) for place in range(4))


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


def address(name: str, *args: object) -> str:
    """As `reverse` says it. A page has up to two hundred of them, and a route is looked up once, whatever the ids."""
    ids = [(str(ANY[place]), str(arg)) for place, arg in enumerate(args) if isinstance(arg, UUID)]
    shape = (ANY[place] if isinstance(arg, UUID) else str(arg) for place, arg in enumerate(args))
    said = _of_any(name, get_language(), *shape)
    for anything, this in ids:
        said = said.replace(anything, this)
    return said


# Bounded, because programmes and their parts are named by words, and of these there may be any number.
@lru_cache(maxsize=5000)
def _of_any(name: str, _language: str | None, *args: UUID | str) -> str:
    return reverse(name, args=args)
