from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from rihma.accounts.models import Person
from rihma.actors.models import Organisation, Sector
from rihma.base.written import Written
from rihma.programmes.models import Role
from rihma.teams.models import Member, Team
from rihma.teams.rules import Checked, Eligibility, Facts, Place, check

# Some columns of a row, in the order that `_facts` and `_place` name them.
type Columns = Sequence[Any]

STAYS = (Member.State.INVITED, Member.State.CONFIRMED)


PLACES = Written(
    lambda teams: Member.objects.filter(team__in=teams, state__in=STAYS).select_related("person", "organisation")
)


def read_places(teams: Sequence[Team]) -> None:
    """What `checked` asks of each, for all of them in one query."""
    known = {team.pk: team for team in teams}
    places: dict[UUID, list[Member]] = {pk: [] for pk in known}
    for place in PLACES(list(known)):
        place.team = known[place.team_id]
        places[place.team_id].append(place)
    for team in teams:
        vars(team)["places"] = places[team.pk]


MENTORS = Written(lambda team: Person.objects.filter(mentored_teams=team))
SEEN = Written(
    lambda team, person: Team.objects.seen_by(Person(pk=person)).select_related("programme", "theme").filter(pk=team)
)


def seen(person: Person, pk: UUID) -> Team:
    """That they may read about; to everybody else it is not there."""
    found = SEEN.first(pk, person.pk)
    if found is None:
        raise Http404
    return found


def places_of(team: Team) -> list[Member]:
    """Those who are in or invited; read once a team."""
    if "places" not in vars(team):
        read_places([team])
    places: list[Member] = vars(team)["places"]
    return places


def mentors_of(team: Team) -> list[Person]:
    """Read once a team."""
    if "guides" not in vars(team):
        vars(team)["guides"] = MENTORS(team.pk)
    mentors: list[Person] = vars(team)["guides"]
    return mentors


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


def columns_of_members(teams: QuerySet[Team]) -> QuerySet[Member, Columns]:
    found = Member.objects.filter(team__in=teams.values("pk"), state__in=STAYS).order_by()
    return found.values_list("team", "organisation", "organisation__kind", "state", "role", "wants_seat")


def columns_of_teams(teams: QuerySet[Team]) -> QuerySet[Team, Columns]:
    return teams.order_by().values_list("pk", "theme", "phenomenon", "willing_to_open", "experiment_idea")


def facts_of_many(teams: Iterable[Columns], members: Iterable[Columns]) -> dict[UUID, Facts]:
    """For long lists: two queries for all of them, and no object made of each member."""
    by_team: dict[UUID, list[Columns]] = defaultdict(list)
    for team, *member in members:
        by_team[team].append(member)
    return {team: _facts(by_team[team], told) for team, *told in teams}


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
