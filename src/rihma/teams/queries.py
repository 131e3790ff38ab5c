from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from rihma.accounts.models import Person
from rihma.actors import counting
from rihma.base import clock, said
from rihma.base.written import Written
from rihma.programmes.models import Programme, Role
from rihma.programmes.requirements import name_of
from rihma.teams.beside import Beside, beside, day_of
from rihma.teams.models import Member, Partner, Shortfall, Team
from rihma.teams.rules import Checked, Facts, Place, check, is_eligible

# Some columns of a row, in the order that `facts_from` and `_place` name them.
type Columns = Sequence[Any]

STAYS = (Member.State.INVITED, Member.State.CONFIRMED)


PLACES = Written(
    lambda teams: (
        Member.objects.filter(team__in=teams, state__in=STAYS)
        .select_related("person", "organisation__successor")
        # so that organisations without a person are asked for only where there are any
        .annotate(names_partners=Exists(Partner.objects.filter(team=OuterRef("team"))))
    )
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
        vars(team)["together"] = teams


def read_shortfalls(teams: Sequence[Team]) -> None:
    standing: dict[UUID, list[Shortfall]] = {team.pk: [] for team in teams}
    for one in SHORTFALLS([team.pk for team in teams]):
        standing[one.team_id].append(one)
    for team in teams:
        vars(team)["standing"] = standing[team.pk]


def shortfalls_of(team: Team) -> list[Shortfall]:
    """What it lacks, and what is not asked of it; read once for all the teams that it was read with."""
    if "standing" not in vars(team):
        read_shortfalls(vars(team).get("together", [team]))
    standing: list[Shortfall] = vars(team)["standing"]
    return standing


class Due(NamedTuple):
    """By when a team is to be complete; `passed` when that was before today."""

    day: date
    passed: bool


def due_of(team: Team) -> Due | None:
    """The first date, where there are several; asked only of a team that `checked` found not to meet the rules."""
    open_ones = [one for one in shortfalls_of(team) if one.state != Shortfall.State.EXCEPTED and one.due]
    if not open_ones:
        return None
    first = min(open_ones, key=lambda one: (one.due is not None, one.due))
    return Due(first.due, first.state == Shortfall.State.PASSED) if first.due else None


# As a role among those of members, for the rules alone.
PARTNER = "partner"
PARTNERS = Written(
    lambda teams: Partner.objects.filter(team__in=teams).standing().select_related("organisation__successor", "contact")
)
SHORTFALLS = Written(
    lambda teams: Shortfall.objects.filter(team__in=teams).exclude(state=Shortfall.State.OVER).order_by("since", "pk")
)
MENTORS = Written(lambda team: Person.objects.filter(mentored_teams=team))


def places_of(team: Team) -> list[Member]:
    """Those who are in or invited; read once a team."""
    if "places" not in vars(team):
        read_places([team])
    places: list[Member] = vars(team)["places"]
    return places


def partners_of(team: Team) -> list[Partner]:
    """Organisations that take part without a person of theirs in the team; read once for all read together."""
    if "partners" not in vars(team):
        together = vars(team).get("together", [team])
        for one in together:
            vars(one)["partners"] = []
        known = {one.pk: one for one in together if any(vars(place)["names_partners"] for place in places_of(one))}
        for partner in PARTNERS(list(known)) if known else ():
            vars(known[partner.team_id])["partners"].append(partner)
    partners: list[Partner] = vars(team)["partners"]
    return partners


def mentors_of(team: Team) -> list[Person]:
    """Read once a team."""
    if "guides" not in vars(team):
        vars(team)["guides"] = MENTORS(team.pk)
    mentors: list[Person] = vars(team)["guides"]
    return mentors


def confirmed(places: Iterable[Member]) -> list[Member]:
    return [place for place in places if place.state == Member.State.CONFIRMED]


def is_in(team: Team, person: Person | None) -> bool:
    """Whether the person has confirmed a place in it, of those that were read."""
    return person is not None and any(place.person_id == person.pk for place in confirmed(places_of(team)))


def mentors_to_give(team: Team) -> QuerySet[Person]:
    """Mentors of the programme whom the team does not have yet."""
    roles = Role.objects.filter(programme=team.programme_id, role=Role.Kind.MENTOR, ended_at=None)
    return Person.objects.filter(pk__in=roles.values("person")).exclude(mentored_teams=team).order_by("name")


def those_who_run(team: Team) -> list[Person]:
    """Owners and facilitators of its programme, each once."""
    roles = Role.objects.filter(programme=team.programme_id, role__in=Role.RUNS, ended_at=None).select_related("person")
    return list(dict.fromkeys(role.person for role in roles))


def keepers(team: Team) -> list[Person]:
    """Who keeps the receipts of a team: its convener and the facilitators, or the owners where there are none."""
    convener = Member.objects.filter(team=team, role=Member.Role.CONVENER, state=Member.State.CONFIRMED)
    roles = Role.objects.filter(programme=team.programme_id, role__in=Role.RUNS, ended_at=None).select_related("person")
    facilitators = [role.person for role in roles if role.role == Role.Kind.FACILITATOR]
    people = [member.person for member in convener.select_related("person")]
    return list(dict.fromkeys([*people, *(facilitators or [role.person for role in roles])]))


def checked(team: Team) -> list[Checked]:
    """The programme's rules held against this team as it is now."""
    asked = team.programme.requirements
    facts = facts_of(team, beside(team.programme, [team.pk], asked))
    found = check(facts, asked)
    # Most teams meet every rule, and then no page needs to ask for exceptions.
    return found if is_eligible(found) else check(facts, asked, exceptions(shortfalls_of(team)))


def exceptions(standing: Iterable[Shortfall]) -> dict[str, str]:
    """Rule → why it is not asked."""
    return {one.rule: one.reason for one in standing if one.state == Shortfall.State.EXCEPTED}


def completion_in_words(team: Team) -> str:
    due = due_of(team)
    if due is None:
        return ""
    words = _("Completion was needed by %(day)s") if due.passed else _("Completion needed by %(day)s")
    return words % {"day": said.date_only(due.day)}


def facts_of(team: Team, more: Beside) -> Facts:
    members = (
        (
            *counting.columns_of(place.organisation),
            place.state,
            place.role,
            place.wants_seat,
            place.person_id,
            place.answered_at,
        )
        for place in places_of(team)
    )
    beside_them = (
        (*counting.columns_of(one.organisation), one.state, PARTNER, False, None, one.answered_at)
        for one in partners_of(team)
    )
    told = (team.pk, team.theme_id, team.phenomenon, team.willing_to_open, team.experiment_idea, team.formed_at)
    return facts_from([*members, *beside_them], told, team.programme, more)


def facts_from(members: Iterable[Columns], told: Columns, programme: Programme, more: Beside) -> Facts:
    """Of plain columns, as `columns` reads them for many teams at once."""
    team, theme, phenomenon, willing_to_open, experiment_idea, formed_at = told
    zone = programme.zone
    today, day = clock.now().astimezone(zone).date(), day_of(programme)
    return Facts(
        places=tuple(_place(member, zone, day, more) for member in members),
        theme=bool(theme or phenomenon.strip()),
        willing_to_open=willing_to_open,
        bounded_experiment=bool(experiment_idea.strip()),
        answers={name_of(key): answer for key, answer in more.answers.get(team, {}).items()},
        named=more.named_in(team),
        days={
            "today": today,
            "formed_on": formed_at.astimezone(zone).date(),
            "programme_starts": programme.starts,
            "programme_ends": programme.ends,
        },
    )


def _place(member: Columns, zone: ZoneInfo, day: date, more: Beside) -> Place:
    *told, state, role, wants_seat, person, answered_at = member
    body = counting.counted(told, day)
    return Place(
        organisation=str(body.organisation or ""),
        name=body.name,
        kind=body.kind,
        sector=body.sector,
        region=body.region,
        level=body.level,
        partner=role == PARTNER,
        state_administration=body.state_administration,
        confirmed=state == Member.State.CONFIRMED or (role == PARTNER and more.counts_unconfirmed),
        convener=role == Member.Role.CONVENER,
        deputy=role == Member.Role.DEPUTY,
        wants_seat=wants_seat,
        first_time=person not in more.known,
        joined_on=answered_at.astimezone(zone).date() if answered_at else None,
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
