"""Two people change one text: what both did is kept where their changes do not touch the same words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
# Comparing takes time by the product of both lengths, and the canvas is locked meanwhile, so beyond this all that
# differs counts as one change: at worst people settle what a longer look would have merged.
MOST_CELLS = 400_000


@dataclass(frozen=True)
class Change:
    """The words [start, end) of the base become `new`; start == end is an insertion."""

    start: int
    end: int
    new: tuple[str, ...]

    def touches(self, other: "Change") -> bool:
        """Whether both lay hands on the same words. Side by side is no clash, two insertions at one spot are."""
        if self.start == self.end == other.start == other.end:
            return True
        return self.start < other.end and other.start < self.end


def merge3(base: str, theirs: str, mine: str) -> str | None:
    """`base` with both people's changes, or None where they truly clash."""
    words = TOKEN.findall(base)
    their_changes = list(_changes(words, TOKEN.findall(theirs)))
    my_changes = [change for change in _changes(words, TOKEN.findall(mine)) if change not in their_changes]
    if any(a.touches(b) for a in their_changes for b in my_changes):
        return None
    merged: list[str] = []
    done = 0
    for change in sorted([*their_changes, *my_changes], key=lambda change: (change.start, change.end)):
        merged += words[done : change.start]
        merged += change.new
        done = change.end
    return "".join(merged + words[done:])


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    head = _same(old, new)
    tail = _same(old[head:][::-1], new[head:][::-1])
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    kept = _common(a, b) if len(a) * len(b) <= MOST_CELLS else []
    for (i, j), (next_i, next_j) in pairwise([(-1, -1), *kept, (len(a), len(b))]):
        if next_i - i > 1 or next_j - j > 1:
            yield Change(head + i + 1, head + next_i, tuple(b[j + 1 : next_j]))


def _same(a: Sequence[str], b: Sequence[str]) -> int:
    """How many words both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))


def _common(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of places that hold the same word, as many as there can be in order (longest common subsequence)."""
    longest = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        row, below = longest[i], longest[i + 1]
        for j in range(len(b) - 1, -1, -1):
            row[j] = below[j + 1] + 1 if a[i] == b[j] else max(below[j], row[j + 1])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs
