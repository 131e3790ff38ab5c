from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Prefetch

from rihma.actors.models import Sector
from rihma.applications.models import Application
from rihma.calls.models import Call
from rihma.selection.models import Announcement, Decision
from rihma.selection.rules import Cohort, in_order_of_arrival
from rihma.teams.models import Team
from rihma.teams.queries import checked, places_of, with_places
from rihma.teams.rules import Checked, is_eligible


@dataclass
class Row:
    """One application on the owner's list."""

    application: Application
    decision: Decision | None
    checked: list[Checked]
    organisations: int = 0
    seats: int = 0
    sectors: set[Sector] = field(default_factory=set)

    @property
    def eligible(self) -> bool:
        return is_eligible(self.checked)


def rows(call: Call) -> list[Row]:
    """All that was submitted, in order of arrival, in a fixed number of queries."""
    found = (
        Application.objects.filter(call=call, state=Application.State.SUBMITTED)
        .select_related("receipt", "decision")
        .prefetch_related(Prefetch("team", queryset=with_places(Team.objects.all())))
        .order_by("receipt__received_at")
    )
    return [_row(application) for application in found]


def _row(application: Application) -> Row:
    places = places_of(application.team)
    organisations = {place.organisation for place in places if place.organisation}
    return Row(
        application=application,
        decision=getattr(application, "decision", None),
        checked=checked(application.team),
        organisations=len(organisations),
        seats=sum(place.wants_seat for place in places),
        sectors={organisation.sector for organisation in organisations},
    )


def cohort(call: Call, listed: Iterable[Row]) -> Cohort:
    outcomes = Counter(row.decision.outcome if row.decision else None for row in listed)
    return Cohort(
        accepted=outcomes["accepted"],
        undecided=outcomes[None],
        teams_min=call.teams_min,
        teams_max=call.teams_max,
        room_seats=call.programme.room_seats,
    )


def announcement_of(call: Call) -> Announcement | None:
    return Announcement.objects.filter(call=call).select_related("by").first()


def reserve_places(call: Call) -> dict[UUID, int]:
    reserves = Decision.objects.filter(application__call=call, outcome=Decision.Outcome.RESERVE)
    return in_order_of_arrival(reserves.values_list("application__receipt__number", "application"))
