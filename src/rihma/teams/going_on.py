"""A team whose idea was chosen goes on as a team of the full stage, so that what it was as it was chosen stays readable."""

from django.db import transaction

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.history.actions import record
from rihma.teams.models import Contact, Member, Partner, Shortfall, Team

SAID = (
    *("programme_id", "theme_id", "name", "phenomenon", "language", "looking_for", "search_is_public", "search_words"),
    *("search_kinds", "search_until", "willing_to_open", "experiment_idea"),
)
OF_A_PLACE = (
    "person_id",
    "organisation_id",
    "role",
    "state",
    "wants_seat",
    "invited_by_id",
    "invited_at",
    "answered_at",
)
OF_A_PARTNER = (
    "organisation_id",
    "state",
    "contact_id",
    "invited_by_id",
    "invited_at",
    "answered_by_id",
    "answered_at",
)
OF_AN_EXCEPTION = ("rule", "state", "since", "due", "reason", "by_id")


@transaction.atomic
def go_on(team: Team, *, by: Person) -> Team:
    """The same people and words. What somebody has not answered yet is asked of them by the new team, by the same link."""
    team = Team.objects.select_for_update().get(pk=team.pk)
    further = Team.objects.create(**_said(team, SAID), formed_at=clock.now())
    # Who has left comes along, because they stand as near to the team as before (`reviews.ties`).
    for place in team.members.filter(state__in=[Member.State.CONFIRMED, Member.State.LEFT]):
        Member.objects.create(team=further, **_said(place, OF_A_PLACE))
    for partner in team.partners.filter(state__in=[Partner.State.CONFIRMED, Partner.State.LEFT]):
        Partner.objects.create(team=further, **_said(partner, OF_A_PARTNER))
    for granted in team.shortfalls.filter(state=Shortfall.State.EXCEPTED):
        Shortfall.objects.create(team=further, **_said(granted, OF_AN_EXCEPTION))
    for waiting in (
        Member.objects.filter(team=team, state=Member.State.INVITED),
        Partner.objects.filter(team=team, state=Partner.State.INVITED),
        Contact.objects.filter(team=team),
    ):
        waiting.update(team=further)
    further.mentors.set(team.mentors.all())
    record(further, "carried_on", scope=further.programme_id, thread=further.pk, by=by)
    return further


def _said(of: Team | Member | Partner | Shortfall, names: tuple[str, ...]) -> dict[str, object]:
    return {name: getattr(of, name) for name in names}
