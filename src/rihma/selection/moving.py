"""A team that leaves the programme, and the reserve that moves up into its place by itself."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from rihma.accounts.models import Person
from rihma.calls.models import Intake
from rihma.history.actions import record
from rihma.selection.actions import write_down
from rihma.selection.models import Decision
from rihma.selection.queries import locked, reserve_places
from rihma.teams import actions as teams
from rihma.teams.models import Team


@transaction.atomic
def leave_programme(team: Team, *, by: Person) -> Decision | None:
    """The team's place becomes free, and the first on the reserve list gets it at once, with its letter.

    Whoever put that team on the list decided so, not whoever leaves. Answers the decision that moved up, if there is one.
    """
    intake = locked(_intake_of(team))
    had_place = Team.objects.get(pk=team.pk).state == Team.State.ADMITTED
    teams.settle(team, Team.State.LEFT, by=by)
    first = _first_in_turn(intake) if had_place else None
    if first is None:
        return None
    with translation.override(first.application.team.language):
        reason = _("A place became free, and your team was the first on the reserve list.")
    moved = write_down(
        first.application, Decision.Outcome.ACCEPTED, reason=f"{reason}\n\n{first.reason}", proposed="", by=first.by
    )
    record(moved, "moved_up", scope=intake.call.programme_id, by=by)
    return moved


def _intake_of(team: Team) -> Intake:
    """The one that it was chosen from. A team that came without an application leaves a place of the last one."""
    found = Intake.objects.filter(call__programme=team.programme_id)
    return found.filter(applications__team=team).first() or found.get(closes_on=None)


def _first_in_turn(intake: Intake) -> Decision | None:
    places = reserve_places(intake)
    waiting = Decision.objects.filter(application__in=places, application__team__state=Team.State.RESERVE)
    found = waiting.select_related("application__call__programme", "application__intake", "application__team", "by")
    return min(found, key=lambda one: places[one.application_id], default=None)
