"""Whether a team from the reserve list may take a free place: the limits are asked again, of things as they are now."""

from collections.abc import Iterable

from rihma.calls.models import Intake
from rihma.selection import rules
from rihma.selection.cohort.problem import Limit
from rihma.selection.models import Decision, Plan
from rihma.selection.posing import Posed, pose
from rihma.selection.queries import HOLDING
from rihma.selection.saying import Sayer


def taken_in(intake: Intake) -> frozenset[str]:
    """The applications of the teams that are in the programme now, or go on with their idea."""
    found = Decision.objects.filter(application__intake=intake, application__team__state__in=HOLDING)
    return frozenset(str(pk) for pk in found.values_list("application", flat=True))


def broken_by(posed: Posed, one: str, *, beside: Iterable[str], before: Iterable[str], gone: str = "") -> list[Limit]:
    """Limits that would be missed by more than before, if this one joined those beside it; without what bound the one gone."""
    known = {candidate.id for candidate in posed.problem.candidates}
    then, was = (frozenset(ids) & known for ids in ({*beside, one}, before))
    return [limit for limit in rules.worsened(posed.problem, was, then) if limit.measure.what != gone or not gone]


def asks_again(decision: Decision) -> bool:
    """Whether somebody set limits for this call, or the team was passed over because of those that it has by itself."""
    return Plan.objects.filter(intake=decision.application.intake_id).exists() or decision.passings.exists()


def said_broken(intake: Intake, one: str) -> str:
    """The limits that this one more would break now, in words for those who run the programme."""
    posed, standing = pose(intake), taken_in(intake)
    said = Sayer(posed.names)
    return "; ".join(said.measure(limit.measure) for limit in broken_by(posed, one, beside=standing, before=standing))


def kept(limits: Iterable[Limit], posed: Posed) -> dict[str, object]:
    """To be said later, by whoever reads it; people are not named there."""
    told = list(limits)
    names: dict[str, dict[str, object]] = {"stage": {"idea": True}} if posed.intake.is_idea else {}
    for limit in told:
        kind, what = limit.measure.kind, limit.measure.what
        if kind not in {"person", "application"} and what in posed.names.get(kind, {}):
            names.setdefault(kind, {})[what] = posed.names[kind][what]
    return {
        "limits": [{"measure": list(limit.measure), "reason": ""} for limit in told],
        "names": names,
    }
