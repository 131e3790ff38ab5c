"""The same page in another language."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import translate_url


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
