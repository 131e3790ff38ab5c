"""Names kept from jurors. Only names that are known are hidden: who knows the field may still guess, and pages say so."""

import re
from collections.abc import Iterable

HIDDEN = "▒▒▒"
# Shorter ones are in too many common words.
SHORTEST = 4


def masked(text: str, names: Iterable[str]) -> str:
    """The longest names first, so that nothing of them is left; endings of Finnish and Swedish go with them."""
    known = sorted({part for name in names for part in _parts(name)}, key=len, reverse=True)
    if not known:
        return text
    pattern = "|".join(re.escape(name) for name in known)
    return re.sub(rf"(?<!\w)(?:{pattern})\w{{0,6}}", HIDDEN, text, flags=re.IGNORECASE)


def _parts(name: str) -> Iterable[str]:
    """The whole; and its first word where it begins like a name: “Saarnilan” of “Saarnilan kaupunki”."""
    tidy = " ".join(name.split())
    if len(tidy) >= SHORTEST:
        yield tidy
    first, *rest = tidy.split() or [""]
    if rest and len(first) > SHORTEST and first[0].isupper():
        yield first
        yield from (word for word in rest if len(word) > SHORTEST and word[0].isupper())
