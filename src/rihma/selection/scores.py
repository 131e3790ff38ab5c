"""Scores in the reader's words: as the mean on the jurors' scale, or as points of a hundred where a person typed them.

What would have been enough is rounded so that it stays true: with as much as is said, the choice is another.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rihma.base import dates
from rihma.calls.rules import LEAST, MOST
from rihma.selection.cohort.problem import BEST_SCORE, HUNDREDTHS

STEP = Decimal("0.01")
SCALE = {"least": LEAST, "most": MOST}


def points(hundredths: int) -> str:
    return dates.number(Decimal(hundredths) / HUNDREDTHS, get_language() or "en")


@dataclass(frozen=True)
class Scored:
    """What one application got, in hundredths of a point."""

    score: int
    of_jurors: bool

    def told(self) -> str:
        if self.of_jurors:
            words = _("The mean of the jurors' scores was %(mean)s on the scale from %(least)s to %(most)s.")
            return words % {"mean": said(self.mean), **SCALE}
        return _("It was given %(points)s points of 100.") % {"points": points(self.score)}

    def enough(self, more: int) -> str:
        """The least with which it would have been chosen."""
        wanted = self.score + more
        if self.of_jurors:
            least = max(mean_of(wanted, ROUND_CEILING), min(self.mean + STEP, Decimal(MOST)))
            return _("With a mean of %(mean)s it would have been chosen.") % {"mean": said(least)}
        if wanted % HUNDREDTHS == 1:
            # One hundredth that only breaks a tie; nobody gives such points.
            words = _("With more than %(points)s points it would have been chosen.")
            return words % {"points": points(wanted - 1)}
        return _("With %(points)s points it would have been chosen.") % {"points": points(wanted)}

    def too_little(self, fewer: int) -> str:
        """The most with which it would not have been chosen."""
        left = self.score - fewer
        if self.of_jurors:
            most = min(mean_of(left, ROUND_FLOOR), max(self.mean - STEP, Decimal(LEAST)))
            return _("With a mean of %(mean)s it would not have been chosen.") % {"mean": said(most)}
        if left % HUNDREDTHS == HUNDREDTHS - 1:
            words = _("With fewer than %(points)s points it would not have been chosen.")
            return words % {"points": points(left + 1)}
        return _("With %(points)s points it would not have been chosen.") % {"points": points(left)}

    @property
    def mean(self) -> Decimal:
        return mean_of(self.score, ROUND_HALF_EVEN)


def mean_of(score: int, rounding: str) -> Decimal:
    return (LEAST + Decimal(score * (MOST - LEAST)) / BEST_SCORE).quantize(STEP, rounding)


def said(mean: Decimal) -> str:
    return dates.number(mean, get_language() or "en", 2)
