"""Limits, what they cost and why, in the reader's words; asked with plain values that were kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from rihma.actors.kinds import Sector
from rihma.actors.regions import Region
from rihma.base import dates
from rihma.base.words import Words
from rihma.selection.cohort.problem import HUNDREDTHS, Measure


def points(hundredths: int) -> str:
    return dates.number(Decimal(hundredths) / HUNDREDTHS, get_language() or "en")


@dataclass(frozen=True)
class Sayer:
    """`names`: kind → key → name, as `Posed.names`. `open_`: whether people and teams may be named."""

    names: Mapping[str, Mapping[str, Any]]
    open_: bool = True

    def limit(self, told: Mapping[str, Any]) -> str:
        """A limit as kept, with the reason of whoever set it."""
        said = self.measure(Measure(*told["measure"]))
        return f"{said} ({told['reason']})" if told["reason"] and self.open_ else said

    def measure(self, measure: Measure) -> str:
        kind, what, sense, bound = measure
        if kind == "ineligible":
            return _("Only applications that meet the rules")
        if kind == "application" and not self.open_:
            return _("Another team had to be in") if sense == "least" else _("Another team had to be out")
        if kind == "application":
            words = _("“%(team)s” must be in") if sense == "least" else _("“%(team)s” must be out")
            return words % {"team": self.names["application"].get(what, what)}
        if kind == "person" and self.open_:
            words = ngettext("%(name)s in at most %(n)s team", "%(name)s in at most %(n)s teams", bound)
            return words % {"name": self.names["person"].get(what, what), "n": bound}
        if kind == "person":
            return _("Nobody in more teams than allowed")
        return _counted(kind, sense, bound) % {"n": bound, "name": self._called(kind, what)}

    def _called(self, kind: str, what: str) -> str:
        if kind == "sector":
            return str(Sector(what).label)
        if kind == "region":
            return str(Region(what).label)
        named = self.names.get(kind, {}).get(what, what)
        return str(Words(named)) if isinstance(named, dict) else str(named)

    def why(self, told: Mapping[str, Any], *, of: int, scored: bool) -> Iterator[str]:
        """Sentences for one application: what decided, and the smallest changes that would turn it."""
        is_forced = told["decided"].startswith("forced")
        limits = [one["reason"] if is_forced else self.limit(one) for one in told["limits"]]
        if scored and told["decided"] != "ineligible":
            yield _("By points it was number %(rank)s of %(of)s.") % {"rank": told["rank"], "of": of}
        yield from _decided(told["decided"], limits)
        changes = [self.change(one) for one in told["changes"]]
        yield from changes
        if told.get("tried", True) and not changes:
            yield from self._unchangeable(told["decided"])

    def _unchangeable(self, decided: str) -> Iterator[str]:
        if decided == "chosen":
            yield _("It would have been chosen with any points.")
        if decided == "limits":
            yield _("No single change of its seats, its points or one limit would have been enough.")
        if decided == "ineligible":
            yield _("Meeting the rules would not have been enough: others had more points.")

    def change(self, told: Mapping[str, Any]) -> str:
        kind, by = told["kind"], told["by"]
        if kind == "seats":
            words = ngettext(
                "With %(n)s seat fewer it would have been chosen.",
                "With %(n)s seats fewer it would have been chosen.",
                -by,
            )
            return words % {"n": -by}
        if kind == "limit":
            return self._loosened(told["limit"], by)
        if kind == "eligible":
            return _("Had it met the rules, it would have been chosen.")
        if by < 0:
            return _("With %(points)s points fewer it would not have been chosen.") % {"points": points(-by)}
        return _("With %(points)s points more it would have been chosen.") % {"points": points(by)}

    def _loosened(self, limit: Mapping[str, Any], by: int) -> str:
        measure = Measure(*limit["measure"])
        if measure.kind == "teams" and measure.sense == "most":
            words = ngettext(
                "With room for %(n)s team more it would have been chosen.",
                "With room for %(n)s teams more it would have been chosen.",
                by,
            )
        elif measure.kind == "seats":
            words = ngettext(
                "With %(n)s seat more in the room it would have been chosen.",
                "With %(n)s seats more in the room it would have been chosen.",
                by,
            )
        else:
            words = _("Had the limit “%(limit)s” been looser by %(n)s, it would have been chosen.")
        return words % {"n": by, "limit": self.measure(measure)}


def _decided(decided: str, limits: list[str]) -> Iterator[str]:
    told = {"limits": "; ".join(limits)}
    yield {
        "chosen": _("It is in the best set."),
        "forced_in": _("A person decided that it must be in: %(limits)s"),
        "forced_out": _("A person decided that it must be out: %(limits)s"),
        "ineligible": _("It does not meet the rules of the programme."),
        "limits": _("What stood in the way: %(limits)s."),
        "wishes": _("What decided: with it the set would have met the wishes less well."),
        "score": _("What decided: with it the set would not have had more points."),
    }[decided] % told


def _counted(kind: str, sense: str, bound: int) -> str:
    if kind == "teams":
        least = ngettext("At least %(n)s team", "At least %(n)s teams", bound)
        return least if sense == "least" else ngettext("At most %(n)s team", "At most %(n)s teams", bound)
    if kind == "seats":
        least = ngettext("At least %(n)s seat in the room", "At least %(n)s seats in the room", bound)
        most = ngettext("At most %(n)s seat in the room", "At most %(n)s seats in the room", bound)
        return least if sense == "least" else most
    least = ngettext("At least %(n)s team: %(name)s", "At least %(n)s teams: %(name)s", bound)
    return (
        least if sense == "least" else ngettext("At most %(n)s team: %(name)s", "At most %(n)s teams: %(name)s", bound)
    )
