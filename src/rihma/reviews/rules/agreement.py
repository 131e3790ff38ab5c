"""How far jurors agree, as Krippendorff's alpha, and between which bounds it lies.

1 is the same score from everybody, 0 what chance would give. Scores are taken as an order: from 4 to 5 need not be as far
as from 1 to 2. See K. Krippendorff, Content Analysis, on reliability.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from rihma.calls.rules import LEAST, MOST

SIZE = MOST - LEAST + 1
TIMES = 1_000
# Resampled rows in all; with many applications fewer rounds say as much.
ROWS = 60_000
TAIL = 0.025
# Bounds that come of drawing fewer applications again would only look as if they said something.
FEWEST = 5

# How often one score stood beside another on the same thing, both ways: `SIZE` rows of `SIZE`, one after the other.
type Pairs = list[float]


@dataclass(frozen=True)
class Agreement:
    alpha: float
    low: float
    high: float


def pairs_of(scored: Iterable[Sequence[int]]) -> Pairs:
    """`scored`: for each thing the scores that it got; a single one says nothing about agreement."""
    pairs = [0.0] * (SIZE * SIZE)
    for scores in scored:
        for i, one in enumerate(scores):
            for j, other in enumerate(scores):
                if i != j:
                    pairs[(one - LEAST) * SIZE + other - LEAST] += 1 / (len(scores) - 1)
    return pairs


def alpha_of(pairs: Pairs) -> float | None:
    """None where nothing can be said: nothing was scored twice, or all scores are the same."""
    counts = [sum(pairs[row * SIZE : (row + 1) * SIZE]) for row in range(SIZE)]
    total = sum(counts)
    if total <= 1:
        return None
    apart = _apart(counts)
    expected = sum(counts[i] * counts[j] * apart[i * SIZE + j] for i in range(SIZE) for j in range(SIZE))
    observed = sum(count * distance for count, distance in zip(pairs, apart, strict=True))
    return 1 - (total - 1) * observed / expected if expected else None


def _apart(counts: Sequence[float]) -> list[float]:
    """How far two places of an order are: by how many scores lie between them."""
    upto = list(accumulate(counts, initial=0.0))

    def squared(low: int, high: int) -> float:
        between: float = upto[high + 1] - upto[low] - (counts[low] + counts[high]) / 2
        return between**2

    return [squared(min(i, j), max(i, j)) if i != j else 0.0 for i in range(SIZE) for j in range(SIZE)]


def agreement(applications: Sequence[Sequence[Sequence[int]]]) -> Agreement | None:
    """`applications`: for each its criteria, for each of these the scores.

    The bounds come of drawing as many applications again, with repeats: what the criteria of one application say
    hangs together, so it is drawn together. The same scores always give the same bounds.
    """
    each = [pairs_of(criteria) for criteria in applications]
    alpha = alpha_of(_sum(each)) if len(each) >= FEWEST else None
    if alpha is None:
        return None
    drawn = sorted(
        found for rows in _draws(len(each)) if (found := alpha_of(_sum([each[n] for n in rows]))) is not None
    )
    edge = int(len(drawn) * TAIL)
    return Agreement(alpha, min(alpha, drawn[edge]), max(alpha, drawn[-1 - edge])) if drawn else None


def _sum(each: Sequence[Pairs]) -> Pairs:
    return [sum(column) for column in zip(*each, strict=True)]


def _draws(n: int) -> Iterable[list[int]]:
    for turn in range(min(TIMES, max(100, ROWS // n))):
        signs = hashlib.shake_128(f"{n}:{turn}".encode()).digest(4 * n)
        yield [int.from_bytes(signs[4 * place : 4 * place + 4]) % n for place in range(n)]
