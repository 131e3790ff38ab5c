from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from rihma.actors.models import Sector
from rihma.applications.models import Application
from rihma.calls.models import Call
from rihma.selection.models import Announcement, Decision
from rihma.selection.rules import Cohort, in_order_of_arrival
from rihma.teams.queries import facts_of_many
from rihma.teams.rules import Checked, Eligibility, Facts, check, is_eligible


@dataclass
class Row:
    """One application on the owner's list."""

    application: Application
    decision: Decision | None
    facts: Facts
    checked: list[Checked]

    @property
    def eligible(self) -> bool:
        return is_eligible(self.checked)

    @property
    def organisations(self) -> int:
        return len(self.facts.organisations)

    @property
    def seats(self) -> int:
        return self.facts.seats

    @property
    def sectors(self) -> set[Sector]:
        return {Sector(place.sector) for place in self.facts.places if place.sector}


def rows(call: Call) -> list[Row]:
    """All that was submitted, in order of arrival, in a fixed number of queries."""
    found = list(
        Application.objects.filter(call=call, state=Application.State.SUBMITTED)
        .select_related("receipt", "decision", "team")
        .prefetch_related("team__theme")
        # What was written is read on each application's own page.
        .defer("answers", "receipt__content")
        .order_by("receipt__received_at")
    )
    facts = facts_of_many([application.team for application in found])
    eligibility = Eligibility.of(call.programme.eligibility)
    return [
        Row(
            application=application,
            decision=getattr(application, "decision", None),
            facts=facts[application.team_id],
            checked=check(facts[application.team_id], eligibility),
        )
        for application in found
    ]


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
