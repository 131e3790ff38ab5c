"""Where pages are: the same one in another language, and those of long lists."""

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.conf import settings
from django.urls import reverse, translate_url

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
    """The place kept; where no page answers (an error page), at least the language of the address changes."""
    known = {lang for lang, _ in settings.LANGUAGES}
    translated = translate_url(path, code)
    _empty, first, *rest = translated.split("/") if translated.startswith("/") else ("", "", "")
    if first in known and first != code:
        return "/".join(["", code, *rest])
    return translated if first == code else f"/{code}/"


def of_id(name: str, thing: UUID, language: str) -> str:
    """The address of a page that is named by an id, as `reverse` says it; in a long list looking each up takes long."""
    return _of_any(name, language).replace(str(ANY), str(thing))


@cache
def _of_any(name: str, _language: str) -> str:
    return reverse(name, args=[ANY])
