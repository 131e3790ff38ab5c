"""Words that are blacked out in the text itself, so that nothing lies under a bar."""

import re
from collections.abc import Iterable

# Always as long, because the length of a name tells, too.
BLACK = "█████"
SHORTEST = 3
# From here on without the last letter, because some forms lose it: Mustajärvi, Mustajärven.
BENDS = 5
ENDING = 6
# Not shorter, because short ones stand in many texts by chance.
A_SENTENCE = 20

ADDRESS = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
IDENTITY = r"\b\d{6}[-+A-FU-Ya-fu-y]\d{3}[0-9A-Ya-y]\b"
NUMBER = r"(?<![\w-])(?:\+\d|0\d)(?:[ -]?\d){5,13}(?!\w)"


def blackened(text: str, names: Iterable[str] = ()) -> str:
    """Without these people's names, in whatever form they stand, and without addresses, numbers and identity codes."""
    patterns = [ADDRESS, IDENTITY, NUMBER, *_of_names(names)]
    black = re.sub("|".join(f"(?:{pattern})" for pattern in patterns), BLACK, text)
    # One instead of several, because their number tells how many names there were.
    return re.sub(rf"{BLACK}(?:\s+{BLACK})+", BLACK, black)


def without(text: str, secrets: Iterable[str]) -> str:
    """What is secret in one part is so where its sentences stand in another."""
    sentences = {one.strip() for secret in secrets for one in re.split(r"(?<=[.!?])\s+|\n+", secret)}
    for sentence in sorted((one for one in sentences if len(one) >= A_SENTENCE), key=len, reverse=True):
        text = text.replace(sentence, BLACK)
    return text


def _of_names(names: Iterable[str]) -> list[str]:
    parts = {part for name in names for part in re.split(r"[\s-]+", name) if len(part) >= SHORTEST}
    return [_pattern(part) for part in sorted(parts, key=lambda part: (-len(part), part))]


def _pattern(part: str) -> str:
    stem = part[:-1] if len(part) >= BENDS else part
    forms = "|".join(re.escape(form) for form in (stem, stem.upper()))
    return rf"\b(?:{forms})\w{{0,{ENDING}}}\b"
