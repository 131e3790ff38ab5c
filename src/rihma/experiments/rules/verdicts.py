"""What the numbers say of the threshold that was fixed before they were known."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from operator import ge, gt, le, lt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rihma.base.refused import Refused

FEWEST = 5
HOLDS: dict[str, Callable[[Decimal, Decimal], bool]] = {"ge": ge, "le": le, "gt": gt, "lt": lt}


class Answer(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    CANNOT_SAY = "cannot_say"


@dataclass(frozen=True)
class Measure:
    """The locked part of a plan that a verdict needs."""

    operator: str
    threshold: Decimal
    people: int | None = None
    reading: str = "last"

    @classmethod
    def of_record(cls, plan: Mapping[str, object]) -> "Measure":
        """From the canonical plan of a version."""
        people = plan["people"]
        return cls(
            operator=str(plan["threshold_operator"]),
            threshold=Decimal(str(plan["threshold"])),
            people=people if isinstance(people, int) else None,
            reading=str(plan["metric_reading"]),
        )

    @property
    def at_least(self) -> bool:
        return self.operator in {"ge", "gt"}

    @property
    def enough(self) -> int:
        """Fewer than half of the planned people, or than five, are too few to say anything."""
        return max(FEWEST, -(-(self.people or 0) // 2))


@dataclass(frozen=True)
class Seen:
    """One observation as the verdict sees it."""

    value: Decimal
    n: int
    on: date


@dataclass(frozen=True)
class Verdict:
    answer: Answer
    value: Decimal | None = None
    n: int = 0
    # why it cannot be said, in words; "" otherwise
    because: str = ""


def verdict(measure: Measure, seen: Sequence[Seen]) -> Verdict:
    if not seen:
        return Verdict(Answer.CANNOT_SAY, because=_("Nothing was observed."))
    value, n = read_together(measure.reading, seen)
    if n < measure.enough:
        return Verdict(Answer.CANNOT_SAY, value, n, _too_few(n, measure.enough))
    holds = HOLDS[measure.operator](value, measure.threshold)
    return Verdict(Answer.MET if holds else Answer.NOT_MET, value, n)


def read_together(reading: str, seen: Sequence[Seen]) -> tuple[Decimal, int]:
    """Several observations as one value, the way the plan said before there were any."""
    if reading == "last":
        # Of two on the same day the one written down later counts.
        last = max(enumerate(seen), key=lambda numbered: (numbered[1].on, numbered[0]))[1]
        return last.value, last.n
    n = sum(one.n for one in seen)
    if reading == "sum":
        return sum((one.value for one in seen), Decimal()), n
    return sum((one.value * one.n for one in seen), Decimal()) / n, n


def check_observation(*, n: int, observed_on: date, locked_on: date, today: date) -> None:
    if n < 1:
        raise Refused(
            "nobody", _("An observation of nobody says nothing. Leave it out; the verdict then tells so."), "n"
        )
    if observed_on > today:
        raise Refused("future", _("This day has not come yet."), "observed_on")
    if observed_on < locked_on:
        raise Refused(
            "before_lock",
            _("This is from before the plan was locked. Tell it as the starting level, not as a result."),
            "observed_on",
        )


def _too_few(n: int, enough: int) -> str:
    return ngettext(
        "Only %(n)s person or case; at least %(enough)s are needed to say anything.",
        "Only %(n)s people or cases; at least %(enough)s are needed to say anything.",
        n,
    ) % {"n": n, "enough": enough}
