"""Text in several languages as one value (docs/decisions/words.md)."""

from collections.abc import Iterator, Mapping

from django.conf import settings
from django.utils.translation import get_language


class Words(Mapping[str, str]):
    """Immutable: language code → text. Empty texts do not count as present."""

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[str, str] | None = None, /, **more: str) -> None:
        given = {**(texts or {}), **more}
        self._texts = {lang: text for lang, text in given.items() if text and text.strip()}

    def __getitem__(self, lang: str) -> str:
        return self._texts[lang]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __hash__(self) -> int:
        return hash(tuple(sorted(self._texts.items())))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Words) and self._texts == other._texts

    def __repr__(self) -> str:
        return f"Words({self._texts!r})"

    def __str__(self) -> str:
        return self._texts.get(get_language() or "") or self._texts.get(self.lang, "")

    @property
    def lang(self) -> str:
        """The language that `str` shows: the reader's, else the first there is in the order of `LANGUAGES`."""
        wanted = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
        if wanted in self._texts:
            return wanted
        return next((lang for lang, _ in settings.LANGUAGES if lang in self._texts), next(iter(self._texts), wanted))

    def missing(self, *languages: str) -> list[str]:
        return [lang for lang in languages if lang not in self._texts]

    def to_dict(self) -> dict[str, str]:
        return dict(self._texts)
