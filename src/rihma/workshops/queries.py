from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from rihma.accounts.models import Person
from rihma.base.written import Written
from rihma.programmes.models import Programme, Role
from rihma.teams.models import Member, Team
from rihma.workshops.models import ANSWERED, AWAITING, GUESTS, Rsvp, Workshop
from rihma.workshops.rules import OFFERS, Seating

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    type Counted = WithAnnotations[Workshop, "Counts"]


def next_number(programme: Programme) -> int:
    return (programme.workshops.aggregate(Max("number"))["number__max"] or 0) + 1


def next_arrival(workshop: Workshop) -> int:
    """Only whoever holds the workshop's lock may use it."""
    return (workshop.rsvps.aggregate(Max("arrival"))["arrival__max"] or 0) + 1


def seating_of(workshop: Workshop) -> Seating:
    teams = Team.objects.admitted().filter(programme=workshop.programme_id).count()
    seated = workshop.rsvps.standing().seated().values_list("team", flat=True)
    return Seating(workshop.room_seats, teams, tuple(seated))


def team_of(programme: Programme, person: Person) -> Team | None:
    """The admitted team whose seats the person draws on; of several, the one that was admitted first."""
    mine = Team.objects.admitted().with_member(person).filter(programme=programme)
    return mine.order_by("admitted_at", "formed_at").first()


def is_guest(programme: Programme, person: Person) -> bool:
    """Comes without a team: runs the programme, or mentors in it."""
    roles = Role.objects.filter(programme=programme, person=person, role__in=GUESTS, ended_at=None)
    return roles.exists() or Team.objects.admitted().filter(programme=programme, mentors=person).exists()


def unanswered_members(workshop: Workshop) -> QuerySet[Person]:
    """Members of the programme's teams from whom nothing has been heard."""
    members = Member.objects.filter(
        team__programme=workshop.programme_id, team__state=Team.State.ADMITTED, state=Member.State.CONFIRMED
    )
    answered = workshop.rsvps.values("person")
    return Person.objects.filter(pk__in=members.values("person")).exclude(pk__in=answered).order_by("email")


def concerned(workshop: Workshop) -> QuerySet[Person]:
    """Whom a change touches: those who come in some way, and members who have not answered."""
    coming = workshop.rsvps.standing().coming().values("person")
    unanswered = unanswered_members(workshop).values("pk")
    return Person.objects.filter(Q(pk__in=coming) | Q(pk__in=unanswered)).order_by("email")


def place_in_queue(rsvp: Rsvp) -> int:
    """1 for who gets the next seat, if it fits them; 0 for who does not wait."""
    if rsvp.state != Rsvp.State.WAITING:
        return 0
    before = Rsvp.objects.standing().waiting().filter(workshop=rsvp.workshop_id, arrival__lt=rsvp.arrival)
    return before.count() + 1


OWN = Written(
    lambda person, workshops: Rsvp.objects.filter(person=person, workshop__in=ANSWERED(person)).filter(
        workshop__in=workshops
    )
)


def answers_of(person: Person | None, workshops: Iterable[Workshop]) -> dict[object, Rsvp]:
    """Workshop id → the person's own answer."""
    if person is None:
        return {}
    return {rsvp.workshop_id: rsvp for rsvp in OWN(person.pk, [workshop.pk for workshop in workshops])}


class Counts(TypedDict):
    in_room: int


def with_counts(workshops: QuerySet[Workshop]) -> "QuerySet[Counted]":
    """Workshops with how many seats are taken, for lists."""
    seated = Rsvp.objects.standing().seated().filter(workshop=OuterRef("pk")).order_by()
    counted = seated.values("workshop").annotate(count=Count("pk")).values("count")
    return workshops.annotate(in_room=Coalesce(Subquery(counted), 0))


def free_seats(workshop: "Counted") -> int:
    return max(workshop.room_seats - workshop.in_room, 0) if workshop.has_room else 0


@dataclass
class Party:
    """Those of one team (or without a team) and what they answered."""

    team: Team | None
    in_room: list[Rsvp] = field(default_factory=list)
    waiting: list[Rsvp] = field(default_factory=list)
    remote: list[Rsvp] = field(default_factory=list)
    not_coming: list[Rsvp] = field(default_factory=list)
    unanswered: list[Person] = field(default_factory=list)

    @property
    def coming(self) -> int:
        return len(self.in_room) + len(self.waiting) + len(self.remote)

    def take(self, rsvp: Rsvp) -> None:
        standing = "in_room" if rsvp.standing == "confirmed" else rsvp.standing
        getattr(self, standing).append(rsvp)


def parties(workshop: Workshop) -> list[Party]:
    """Every admitted team and then those without one, with all that was answered; three queries."""
    teams = Team.objects.admitted().filter(programme=workshop.programme_id).order_by("name", "formed_at")
    by_team: dict[object, Party] = {team.pk: Party(team) for team in teams}
    by_team[None] = Party(None)
    answered = set()
    for rsvp in workshop.rsvps.standing().select_related("person"):
        answered.add((rsvp.team_id, rsvp.person_id))
        by_team[rsvp.team_id].take(rsvp)
    for member in _members(teams):
        if (member.team_id, member.person_id) not in answered:
            by_team[member.team_id].unanswered.append(member.person)
    guests = by_team.pop(None)
    return [*by_team.values(), *([guests] if guests.coming or guests.not_coming else [])]


def _members(teams: Iterable[Team]) -> QuerySet[Member]:
    return Member.objects.filter(team__in=list(teams), state=Member.State.CONFIRMED).select_related("person")


def _ahead(workshops: QuerySet[Workshop], day: date) -> QuerySet[Workshop]:
    return workshops.filter(state=Workshop.State.PLANNED, date__gte=day)


def _open_to(person: UUID) -> QuerySet[Workshop]:
    return Workshop.objects.open_to(Person(pk=person)).filter(programme__in=Programme.objects.public())


AHEAD_OF = Written(lambda programme, day: _ahead(Workshop.objects.filter(programme=programme), day))
AHEAD_FOR = Written(lambda person, day: _ahead(_open_to(person), day))
SOON = Written(
    lambda person, first, last: Workshop.objects.filter(
        pk__in=AWAITING(person), date__range=(first, last)
    ).select_related("programme")
)


def next_of(programme: Programme, now: datetime) -> Workshop | None:
    """The programme's next workshop, or the one going on."""
    ahead = AHEAD_OF(programme.pk, _day_before(now))
    for workshop in ahead:
        workshop.programme = programme
    return _first(ahead, now)


def next_for(person: Person, now: datetime) -> Workshop | None:
    """The next workshop that the person takes part in, whichever programme it is of."""
    return _first(AHEAD_FOR(person.pk, _day_before(now)), now)


def _first(ahead: Iterable[Workshop], now: datetime) -> Workshop | None:
    return next((workshop for workshop in ahead if workshop.finishes > now), None)


def _day_before(now: datetime) -> date:
    """From then on, because where the programme is, it may still be yesterday."""
    return (now - timedelta(days=1)).date()


def unanswered_by(person: Person, now: datetime, within: timedelta) -> list[Workshop]:
    """Workshops soon for which the person has not said whether they come."""
    soon = SOON(person.pk, _day_before(now), (now + within).date())
    return [workshop for workshop in soon if workshop.finishes > now]


@dataclass(frozen=True)
class Offer:
    value: str
    title: str
    chosen: bool

    @property
    def icon(self) -> str:
        return "check" if self.chosen else {"in_room": "map-pin", "remote": "video", "not_coming": "minus"}[self.value]


@dataclass(frozen=True)
class Asked:
    """The question whether somebody comes, as they stand now. `place` is theirs in the queue, 0 for who does not wait."""

    workshop: Workshop
    rsvp: Rsvp | None
    place: int
    is_open: bool

    @property
    def offers(self) -> list[Offer]:
        chosen = self.rsvp.answer if self.rsvp else ""
        return [Offer(value, str(Rsvp.Answer(value).label), value == chosen) for value in OFFERS[self.workshop.mode]]


def asked(workshop: Workshop, rsvp: Rsvp | None, now: datetime) -> Asked:
    return Asked(workshop, rsvp, place_in_queue(rsvp) if rsvp else 0, workshop.takes_answers(now))


def answer_of(person: Person | None, workshop: Workshop) -> Rsvp | None:
    return answers_of(person, [workshop]).get(workshop.pk)
