from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from rihma.accounts.models import Person
from rihma.programmes.models import Role
from rihma.teams.models import Member, Team
from rihma.teams.rules import Checked, Eligibility, Facts, Place, check

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
    return Facts(
        places=tuple(_place(member) for member in places_of(team)),
        theme=bool(team.theme_id or team.phenomenon.strip()),
        willing_to_open=team.willing_to_open,
        bounded_experiment=bool(team.experiment_idea.strip()),
    )


def _place(member: Member) -> Place:
    organisation = member.organisation
    return Place(
        organisation=str(organisation.pk) if organisation else "",
        state_administration=bool(organisation and organisation.is_state_administration),
        confirmed=member.state == Member.State.CONFIRMED,
        convener=member.role == Member.Role.CONVENER,
        wants_seat=member.wants_seat,
    )
