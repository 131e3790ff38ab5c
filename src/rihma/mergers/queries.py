from django.db.models import QuerySet

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.applications.queries import considered
from rihma.calls.models import Call
from rihma.mergers.models import Merger
from rihma.programmes.models import Role
from rihma.teams.models import Member, Team
from rihma.teams.queries import places_of

SIDES = ("stays", "goes")


def mergeable(call: Call) -> QuerySet[Application]:
    """What was submitted, in order of arrival."""
    found = considered().filter(call=call)
    return found.select_related("team").order_by("receipt__received_at")


def conveners(merger: Merger) -> set[Person]:
    return {place.person for place in _places(merger).filter(role=Member.Role.CONVENER)}


def people_of(merger: Merger) -> set[Person]:
    """Everybody with a place in one of the two teams."""
    return {place.person for place in _places(merger)}


def those_who_run(merger: Merger) -> set[Person]:
    roles = Role.objects.current().filter(programme=merger.call.programme_id, role__in=Role.RUNS)
    return {role.person for role in roles}


def convener_of(team: Team) -> Member | None:
    return next((place for place in places_of(team) if place.role == Member.Role.CONVENER), None)


def sides_of(merger: Merger, person: Person) -> list[str]:
    """Which of the two teams the person convenes; it may be both."""
    mine = set(_places(merger).filter(role=Member.Role.CONVENER, person=person).values_list("team", flat=True))
    return [side for side in SIDES if getattr(merger, side).team_id in mine]


def agreed_sides(merger: Merger) -> set[str]:
    return {side for side in SIDES if getattr(merger, f"{side}_agreed_by_id")}


def _places(merger: Merger) -> QuerySet[Member]:
    places = Member.objects.filter(team__in=[merger.stays.team_id, merger.goes.team_id], state=Member.State.CONFIRMED)
    return places.select_related("person")
