"""Text in a picture: SVG breaks no lines, so they are broken here, by how wide the letters run on average."""

from collections.abc import Iterable

# Widths in ems of Source Sans; whatever is not listed is as wide as most small letters are.
NARROW, WIDE, CAPITAL, MOST = 0.27, 0.83, 0.6, 0.5
WIDTHS = dict.fromkeys("iljtfr.,:;!'|()[] ’I", NARROW) | dict.fromkeys("mwMW@–—…%&", WIDE)
MORE = "…"


def width(text: str, size: float) -> float:
    return size * sum(WIDTHS.get(letter, CAPITAL if letter.isupper() else MOST) for letter in text)


def lines(text: str, room: float, size: float, most: int = 99) -> list[str]:
    """The text in lines that fit into `room`; what is over `most` of them ends with a sign that there is more."""
    found: list[str] = []
    line = ""
    for word in _broken(text.split(), room, size):
        if len(found) > most:
            # Nothing further is seen, and texts may be long.
            break
        longer = f"{line} {word}".strip()
        if line and width(longer, size) > room:
            found.append(line)
            line = word
        else:
            line = longer
    found += [line] if line else []
    if len(found) > most:
        found = [*found[: most - 1], _shortened(found[most - 1], room, size)]
    return found


def _broken(words: Iterable[str], room: float, size: float) -> Iterable[str]:
    """A long compound word is broken where it must be; the languages of the house are full of them."""
    for word in words:
        at = 0
        while (end := _fitting(word, at, room, size)) < len(word):
            yield word[at:end] + "-"
            at = end
        yield word[at:]


def _fitting(word: str, at: int, room: float, size: float) -> int:
    """How far a piece that begins at `at` reaches: to the end, or to where a hyphen has room; at least one letter."""
    taken, last = 0.0, at + 1
    for n in range(at, len(word)):
        taken += width(word[n], size)
        if taken > room:
            return last
        if taken + width("-", size) <= room:
            last = max(last, n + 1)
    return len(word)


def _shortened(line: str, room: float, size: float) -> str:
    while line and width(line + MORE, size) > room:
        line = line[:-1]
    return line.rstrip() + MORE
