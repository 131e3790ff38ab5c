"""Limits, what they cost and why, in the reader's words; asked with plain values that were kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rihma.actors.kinds import Sector
from rihma.actors.regions import Region
from rihma.base.words import Words
from rihma.calls.models import Intake
from rihma.selection.cohort.problem import Measure, Problem
from rihma.selection.scores import Scored

DECIDED = {
    "chosen": gettext_lazy("It is in the best set that keeps the limits."),
    "forced_in": gettext_lazy("A person decided that it must be in: %(reason)s"),
    "forced_out": gettext_lazy("A person decided that it must be out: %(reason)s"),
    "wishes": gettext_lazy("What decided: with it the set would have met the wishes less well."),
    "score": gettext_lazy("What decided: with it the set would not have had more points."),
}


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
        counted = _ideas if self.of_ideas and kind != "seats" else _counted
        return counted(kind, sense, bound) % {"n": bound, "name": self._called(kind, what)}

    @property
    def of_ideas(self) -> bool:
        """Those of searches before there were stages say nothing of it."""
        return bool(self.names.get("stage", {}).get("idea"))

    def _called(self, kind: str, what: str) -> str:
        if kind == "sector":
            return str(Sector(what).label)
        if kind == "region":
            return str(Region(what).label)
        named = self.names.get(kind, {}).get(what, what)
        return str(Words(named)) if isinstance(named, dict) else str(named)

    def why(self, told: Mapping[str, Any], problem: Problem) -> Iterator[str]:
        """Sentences for one application: where it stood, what decided, and the smallest changes that would turn it."""
        scored = Scored(problem.by_id[told["id"]].score, told["id"] in self.names.get("by_jurors", ()))
        if any(one.score for one in problem.candidates):
            yield scored.told()
            if told["decided"] != "ineligible":
                place = {"rank": told["rank"], "of": len(problem.in_question)}
                yield _("By that it was number %(rank)s of the %(of)s that could be chosen.") % place
        yield from self._decided(told)
        changes = [self.change(one, scored) for one in told["changes"]]
        yield from changes
        if told.get("tried", True) and not changes:
            yield from _unchangeable(told["decided"])

    def _decided(self, told: Mapping[str, Any]) -> Iterator[str]:
        decided = told["decided"]
        if decided == "limits":
            yield _standing_in_the_way([self.limit(one) for one in told["limits"]])
        elif decided == "ineligible":
            yield _breaking([str(Words(title)) for title in self.names.get("unmet", {}).get(told["id"], [])])
        else:
            reasons = "; ".join(one["reason"] for one in told["limits"])
            yield str(DECIDED[decided] % {"reason": reasons})

    def change(self, told: Mapping[str, Any], scored: Scored) -> str:
        kind, by = told["kind"], told["by"]
        if kind == "seats":
            words = ngettext(
                "Had the team asked for %(n)s seat fewer, it would have been chosen.",
                "Had the team asked for %(n)s seats fewer, it would have been chosen.",
                -by,
            )
            return words % {"n": -by}
        if kind == "limit":
            return self._loosened(told["limit"], by)
        if kind == "eligible":
            return _("Had it met the rules, it would have been chosen.")
        return scored.too_little(-by) if by < 0 else scored.enough(by)

    def _loosened(self, limit: Mapping[str, Any], by: int) -> str:
        measure = Measure(*limit["measure"])
        if measure.kind == "teams" and measure.sense == "most":
            words = _room_for_ideas(by) if self.of_ideas else _room_for_teams(by)
        elif measure.kind == "seats":
            words = ngettext(
                "With %(n)s seat more in the room it would have been chosen.",
                "With %(n)s seats more in the room it would have been chosen.",
                by,
            )
        else:
            words = _("Had the limit “%(limit)s” been looser by %(n)s, it would have been chosen.")
        return words % {"n": by, "limit": self.measure(measure)}


def choosing_of(intake: Intake) -> str:
    """What the pages on which a set is made are headed by."""
    return _("Choose who goes on") if intake.is_idea else _("Choose the cohort")


def _room_for_teams(n: int) -> str:
    return ngettext(
        "With room for %(n)s team more it would have been chosen.",
        "With room for %(n)s teams more it would have been chosen.",
        n,
    )


def _room_for_ideas(n: int) -> str:
    return ngettext(
        "With room for %(n)s idea more it would have been chosen.",
        "With room for %(n)s ideas more it would have been chosen.",
        n,
    )


def _standing_in_the_way(limits: list[str]) -> str:
    words = ngettext(
        "What stood in the way: the limit %(limits)s.", "What stood in the way: the limits %(limits)s.", len(limits)
    )
    return words % {"limits": _quoted(limits)}


def _breaking(rules: list[str]) -> str:
    """Searches of old did not keep which."""
    if not rules:
        return _("It does not meet the rules of the programme.")
    words = ngettext(
        "It does not meet this rule of the programme: %(rules)s.",
        "It does not meet these rules of the programme: %(rules)s.",
        len(rules),
    )
    return words % {"rules": _quoted(rules)}


def _quoted(texts: list[str]) -> str:
    return ", ".join(_("“%(text)s”") % {"text": text} for text in texts)


def _unchangeable(decided: str) -> Iterator[str]:
    if decided == "chosen":
        yield _("It would have been chosen with any points.")
    if decided == "limits":
        yield _("No single change of its seats, its points or one limit would have been enough.")
    if decided == "ineligible":
        yield _("Meeting the rules would not have been enough by itself.")


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


def _ideas(kind: str, sense: str, bound: int) -> str:
    """The same where those who are chosen are ideas, which go on and are in no cohort yet."""
    if kind == "teams":
        least = ngettext("At least %(n)s idea", "At least %(n)s ideas", bound)
        return least if sense == "least" else ngettext("At most %(n)s idea", "At most %(n)s ideas", bound)
    least = ngettext("At least %(n)s idea: %(name)s", "At least %(n)s ideas: %(name)s", bound)
    most = ngettext("At most %(n)s idea: %(name)s", "At most %(n)s ideas: %(name)s", bound)
    return least if sense == "least" else most
