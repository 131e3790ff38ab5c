from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from rihma.accounts.models import Person
from rihma.actors.models import Organisation, Sector
from rihma.programmes.models import Role
from rihma.teams.models import Member, Team
from rihma.teams.rules import Checked, Eligibility, Facts, Place, check

# Some columns of a row, in the order that `_facts` and `_place` name them.
type Columns = Sequence[Any]

STAYS = (Member.State.INVITED, Member.State.CONFIRMED)


def with_places(teams: QuerySet[Team]) -> QuerySet[Team]:
    """Teams with all that `checked` reads, in a fixed number of queries."""
    members = Member.objects.filter(state__in=STAYS).select_related("person", "organisation")
    return teams.select_related("programme", "theme").prefetch_related(
        Prefetch("members", queryset=members, to_attr="places")
    )


def places_of(team: Team) -> list[Member]:
    """Those who are in or invited; read once a team."""
    known: list[Member] | None = getattr(team, "places", None)
    if known is None:
        known = list(team.members.filter(state__in=STAYS).select_related("person", "organisation"))
        # where `with_places` would have put them
        vars(team)["places"] = known
    return known


def confirmed(places: Iterable[Member]) -> list[Member]:
    return [place for place in places if place.state == Member.State.CONFIRMED]


def mentors_to_give(team: Team) -> QuerySet[Person]:
    """Mentors of the programme whom the team does not have yet."""
    roles = Role.objects.filter(programme=team.programme_id, role=Role.Kind.MENTOR, ended_at=None)
    return Person.objects.filter(pk__in=roles.values("person")).exclude(mentored_teams=team).order_by("name")


def keepers(team: Team) -> list[Person]:
    """Who keeps the receipts of a team: its convener and the facilitators, or the owners where there are none."""
    convener = Member.objects.filter(team=team, role=Member.Role.CONVENER, state=Member.State.CONFIRMED)
    roles = Role.objects.filter(programme=team.programme_id, role__in=Role.RUNS, ended_at=None).select_related("person")
    facilitators = [role.person for role in roles if role.role == Role.Kind.FACILITATOR]
    people = [member.person for member in convener.select_related("person")]
    return list(dict.fromkeys([*people, *(facilitators or [role.person for role in roles])]))


def checked(team: Team) -> list[Checked]:
    """The programme's rules held against this team as it is now."""
    return check(facts_of(team), Eligibility.of(team.programme.eligibility))


def facts_of(team: Team) -> Facts:
    members = (
        (
            place.organisation_id,
            place.organisation and place.organisation.kind,
            place.state,
            place.role,
            place.wants_seat,
        )
        for place in places_of(team)
    )
    return _facts(members, (team.theme_id, team.phenomenon, team.willing_to_open, team.experiment_idea))


def facts_of_many(teams: QuerySet[Team]) -> dict[UUID, Facts]:
    """For long lists: two queries for all of them, and no object made of each member."""
    members: dict[UUID, list[Columns]] = defaultdict(list)
    found = Member.objects.filter(team__in=teams.values("pk"), state__in=STAYS).order_by()
    for team, *member in found.values_list("team", "organisation", "organisation__kind", "state", "role", "wants_seat"):
        members[team].append(member)
    told = teams.order_by().values_list("pk", "theme", "phenomenon", "willing_to_open", "experiment_idea")
    return {team: _facts(members[team], told_by_team) for team, *told_by_team in told}


def _facts(members: Iterable[Columns], team: Columns) -> Facts:
    theme, phenomenon, willing_to_open, experiment_idea = team
    return Facts(
        places=tuple(_place(*member) for member in members),
        theme=bool(theme or phenomenon.strip()),
        willing_to_open=willing_to_open,
        bounded_experiment=bool(experiment_idea.strip()),
    )


def _place(organisation: UUID | None, kind: str | None, state: str, role: str, wants_seat: bool) -> Place:  # noqa: FBT001 - the columns of a row
    sector = Organisation.SECTORS[Organisation.Kind(kind)] if kind else None
    return Place(
        organisation=str(organisation or ""),
        state_administration=sector == Sector.STATE,
        confirmed=state == Member.State.CONFIRMED,
        convener=role == Member.Role.CONVENER,
        wants_seat=wants_seat,
        sector=sector or "",
    )


def workers(teams: set[UUID], people: set[UUID]) -> set[tuple[UUID, UUID]]:
    """Which of these people may work in which of these teams: `Team.objects.worked_by` for many at once."""
    members = Member.objects.filter(team__in=teams, person__in=people, state=Member.State.CONFIRMED)
    runners = Role.objects.filter(
        programme__teams__in=teams, person__in=people, role__in=Role.RUNS, ended_at=None
    ).values_list("programme__teams", "person")
    return {*members.values_list("team", "person"), *runners}


def readers(teams: set[UUID], people: set[UUID]) -> set[tuple[UUID, UUID]]:
    """Likewise `Team.objects.seen_by`."""
    mentors = Person.objects.filter(pk__in=people, mentored_teams__in=teams).values_list("mentored_teams", "pk")
    return workers(teams, people) | set(mentors)
