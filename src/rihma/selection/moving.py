"""A team that leaves the programme, and the reserve that moves up into its place by itself."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.calls.models import Intake
from rihma.history.actions import record
from rihma.notices.actions import tell
from rihma.selection import rules
from rihma.selection.actions import write_down
from rihma.selection.fitting import broken_by, kept, taken_in
from rihma.selection.models import Decision, Passing
from rihma.selection.posing import pose
from rihma.selection.queries import HOLDING, locked, reserve_places, time_to_go_on
from rihma.teams import actions as teams
from rihma.teams.models import Team
from rihma.teams.queries import those_who_run


@dataclass(frozen=True)
class Moved:
    """Who got the place, if anybody; and who did not in their turn, in this order."""

    decision: Decision | None = None
    passed: list[Passing] = field(default_factory=list)


@transaction.atomic
def leave_programme(team: Team, *, by: Person) -> Moved:
    """The team's place becomes free, and the next on the reserve list with whom the limits hold gets it, with its letter.

    Whoever put that team on the list decided so, not whoever leaves. Where nobody fits, those who run the programme are
    told: the place stays free until they give it to somebody with a reason.
    """
    rules.check_may_leave(Team.objects.get(pk=team.pk).state)
    return give_place(team, by=by)


@transaction.atomic
def give_place(team: Team, *, by: Person) -> Moved:
    """The same, also of an idea that went on: where its full application has been withdrawn."""
    intake = locked(_intake_of(team))
    had_place = Team.objects.get(pk=team.pk).state in HOLDING
    before = taken_in(intake)
    teams.settle(team, Team.State.LEFT, by=by)
    return _move_up(intake, team, before, by=by) if had_place else Moved()


def _intake_of(team: Team) -> Intake:
    """The one that it was chosen from. A team that came without an application leaves a place of the last one."""
    found = Intake.objects.filter(call__programme=team.programme_id)
    return found.filter(applications__team=team).first() or found.get(closes_on=None)


def _move_up(intake: Intake, team: Team, before: frozenset[str], *, by: Person) -> Moved:
    waiting = _in_turn(intake)
    # Not once the full stage has closed, because a place would be good for nothing.
    if not waiting or (intake.is_idea and not time_to_go_on(intake)):
        return Moved()
    posed, beside = pose(intake), taken_in(intake)
    gone = next(iter(before - beside), "")
    moved = Moved()
    for decision in waiting:
        limits = broken_by(posed, str(decision.application_id), beside=beside, before=before, gone=gone)
        if not limits:
            return Moved(_take_place(decision, first=not moved.passed, by=by), moved.passed)
        passing = Passing.objects.create(decision=decision, place_of=team, **kept(limits, posed))
        record(passing, "passed_over", scope=team.programme_id, by=None)
        moved.passed.append(passing)
    _tell_nobody_fits(team, moved.passed)
    return moved


def _take_place(decision: Decision, *, first: bool, by: Person) -> Decision:
    application = decision.application
    with translation.override(application.team.language):
        reason = (
            _("A place became free, and your team was the first on the reserve list.")
            if first
            else _("A place became free, and your team was the next on the reserve list with which all limits hold.")
        )
    moved = write_down(
        application, Decision.Outcome.ACCEPTED, reason=f"{reason}\n\n{decision.reason}", proposed="", by=decision.by
    )
    record(moved, "moved_up", scope=application.call.programme_id, by=by)
    return moved


def _tell_nobody_fits(team: Team, passed: list[Passing]) -> None:
    for person in those_who_run(team):
        tell(
            "selection/notices/nobody_fits",
            person,
            key=f"{team.pk}:{passed[0].pk}",
            scope=team.programme_id,
            programme=team.programme,
            team=team,
            passed=passed,
        )


def _in_turn(intake: Intake) -> list[Decision]:
    places = reserve_places(intake)
    waiting = Decision.objects.filter(
        application__in=places,
        application__team__state=Team.State.RESERVE,
        application__state=Application.State.SUBMITTED,
    )
    found = waiting.select_related("application__call__programme", "application__intake", "application__team", "by")
    return sorted(found, key=lambda one: places[one.application_id])
