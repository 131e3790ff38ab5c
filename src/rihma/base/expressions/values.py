"""What an expression reckons with. Where something is not sure, a number is a range and a truth may be MAYBE."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final, NamedTuple

type Number = int | Decimal

MOST_STEPS = 20_000


class Unknown(Enum):
    MAYBE = "maybe"
    MISSING = "missing"


MAYBE: Final = Unknown.MAYBE
# Not filled in: a comparison with it never holds.
MISSING: Final = Unknown.MISSING

type Truth = bool | Unknown


class Range(NamedTuple):
    """The least and the most that a number can become."""

    low: Number
    high: Number


type Value = Truth | Number | Range | str | date | list[str]


class Row(NamedTuple):
    """One thing that can be counted; `sure` when it is there whatever happens."""

    sure: bool
    fields: Mapping[str, Any]


@dataclass
class World:
    """The facts that an expression is held against. `steps` is how many rows may still be looked at."""

    values: Mapping[str, Any]
    rows: Mapping[str, Sequence[Row]]
    steps: int = field(default=MOST_STEPS, compare=False)

    def begin(self) -> None:
        """Each question has all the steps, however many were asked before."""
        self.steps = MOST_STEPS


def ranged(low: Number, high: Number) -> Number | Range:
    return low if low == high else Range(low, high)


def ends(number: Number | Range) -> tuple[Number, Number]:
    return number if isinstance(number, Range) else (number, number)


def opposite(truth: Truth) -> Truth:
    return truth if truth is MAYBE else not truth
