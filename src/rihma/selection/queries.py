from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cached_property, partial
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, UUIDField

from rihma.accounts.models import Person
from rihma.actors.kinds import Sector
from rihma.applications.models import Application, Uptake
from rihma.applications.queries import considered
from rihma.applications.searching import find
from rihma.base import clock
from rihma.base.words import Words
from rihma.base.written import Written
from rihma.calls.models import Intake
from rihma.reviews.models import Conflict
from rihma.reviews.ties import TIED, of_same_employer
from rihma.selection import rules
from rihma.selection.models import Announcement, Decision
from rihma.selection.rules import Cohort, Places, in_turn
from rihma.teams.columns import columns_of_members, columns_of_teams, exceptions_of_many, facts_of_many
from rihma.teams.models import PLACES, Member, Team
from rihma.teams.queries import STAYS
from rihma.teams.rules import Checked, Facts, check, is_eligible


class Arrived(NamedTuple):
    """One application on the owner's list, as plain values: of hundreds, objects would take longest to make."""

    application: UUID
    team_id: UUID
    team: str
    theme_id: int | None
    theme: Words | None
    language: str
    arrived: datetime
    late_seconds: int
    outcome: str | None
    reason: str | None
    points: Decimal | None
    forced: str | None
    forced_because: str | None
    challenge: UUID | None
    challenge_title: Words | None


class Row(Arrived):
    """The same with what its team is. The rules are held against it when somebody first asks, for many pages do not."""

    facts: Facts
    hold: Callable[[], list[Checked]]

    @classmethod
    def of(cls, one: Arrived, facts: Facts, hold: Callable[[], list[Checked]]) -> "Row":
        row = cls._make(one)
        row.facts, row.hold = facts, hold
        return row

    @cached_property
    def checked(self) -> list[Checked]:
        return self.hold()

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

    @property
    def regions(self) -> set[str]:
        return {place.part_of_country for place in self.facts.places if place.part_of_country}


# Up to so many are asked for by name, because SQL is written anew for each number of names.
FEW = 40
COLUMNS = (
    *("pk", "team", "team__name", "team__theme", "team__theme__title", "team__language"),
    *("receipt__received_at", "receipt__late_seconds", "decision__outcome", "decision__reason"),
    *("weighing__points", "weighing__forced", "weighing__reason"),
    *("first_challenge", "first_title"),
)
FIRST = Uptake.objects.filter(application=OuterRef("pk"), place=1)


def _submitted(intake: UUID) -> QuerySet[Application]:
    return considered().filter(intake=intake)


def _teams(intake: UUID) -> QuerySet[Team]:
    return Team.objects.filter(application__in=_submitted(intake))


def _listed(intake: UUID) -> QuerySet[Application]:
    # Said to be an id, because of a foreign key in a subquery SQLite answers with its bare signs.
    challenge = Subquery(FIRST.values("challenge")[:1], output_field=UUIDField())
    title = Subquery(FIRST.values("challenge__title")[:1])
    found = _submitted(intake).annotate(first_challenge=challenge, first_title=title)
    return found.order_by("receipt__received_at")


FOUND = Written(lambda intake: _listed(intake).values_list(*COLUMNS))
TEAMS = Written(lambda intake: columns_of_teams(_teams(intake)))
MEMBERS = Written(lambda intake: columns_of_members(_teams(intake)))
EXCEPTED = Written(lambda intake: exceptions_of_many(_teams(intake)))
# Where only some of an intake are looked at, because a search finds few.
SOME_TEAMS = Written(lambda teams: columns_of_teams(Team.objects.filter(pk__in=teams)))
SOME_MEMBERS = Written(lambda teams: columns_of_members(Team.objects.filter(pk__in=teams)))
ANNOUNCED = Written(lambda intake: Announcement.objects.filter(intake=intake).select_related("by"))


def arrived(intake: Intake) -> list[Arrived]:
    """All that was submitted, in order of arrival."""
    return [Arrived._make(columns) for columns in FOUND(intake.pk)]


def rows(intake: Intake, listed: Sequence[Arrived] | None = None) -> list[Row]:
    """All that was submitted, or these of it, with their teams, in a fixed number of queries."""
    listed = arrived(intake) if listed is None else listed
    teams = [one.team_id for one in listed]
    few = len(teams) <= FEW
    columns, members = (SOME_TEAMS(teams), SOME_MEMBERS(teams)) if few else (TEAMS(intake.pk), MEMBERS(intake.pk))
    facts = facts_of_many(intake.programme, columns, members)
    asked, excepted = intake.programme.requirements, defaultdict[UUID, dict[str, str]](dict)
    for team, rule, reason in EXCEPTED(intake.pk):
        excepted[team][rule] = reason

    def row(one: Arrived) -> Row:
        team = facts[one.team_id]
        return Row.of(one, team, partial(check, team, asked, excepted.get(one.team_id)))

    return [row(one) for one in listed]


def found(intake: Intake, query: str, listed: Iterable[Arrived], *, by: Person) -> set[UUID]:
    """Those in which the words stand in any form, or in the team's name as typed; nothing of what the person is tied to."""
    named = {row.application for row in listed if query.casefold() in row.team.casefold()}
    declared = (
        Conflict.objects.standing().filter(person=by, application__intake=intake).values_list("application", flat=True)
    )
    near = Application.objects.filter(intake=intake, pk__in=TIED(by.pk)).values_list("pk", flat=True)
    return (find(intake, query) | named) - {*declared, *near}


# States of a team that holds a place: in the programme, or in the full stage of its call.
HOLDING = (Team.State.ADMITTED, Team.State.CONTINUED)


def time_to_go_on(intake: Intake) -> bool:
    """Of an idea stage: full applications are still taken in."""
    return intake.call.last_intake.takes_in(clock.now())


def uptakes(intake: Intake) -> list[tuple[UUID, Words, UUID]]:
    """Challenge, its title, and an application that answers it, in whichever place."""
    taken = Uptake.objects.filter(application__in=_submitted(intake.pk)).order_by("challenge__made_at", "challenge")
    return list(taken.values_list("challenge", "challenge__title", "application"))


def still_written(intake: Intake) -> int:
    """Of the full stage: how many of those who go on have not sent their application; who they are, their teams say."""
    if not intake.stage or intake.is_idea:
        return 0
    return Application.objects.filter(call=intake.call_id, continues__isnull=False, state="draft").count()


def taken_by_others(call: OuterRef | UUID, intake: OuterRef | UUID) -> QuerySet[Decision]:
    """Places of the call that the cohorts of its other cut-offs hold."""
    accepted = Decision.objects.filter(outcome=Decision.Outcome.ACCEPTED, application__call=call)
    left = Q(application__team__state=Team.State.LEFT)
    return accepted.exclude(left).exclude(application__intake=intake)


def places_left(intake: Intake) -> Places:
    """How many teams it may take; the least is asked of the last cut-off, because until then more can come."""
    call = intake.call
    if call.is_staged:
        # The stages have places of their own.
        return Places(0, call.ideas_most or 0) if intake.is_idea else Places(call.teams_min, call.teams_max)
    if intake.is_only or call.places_each:
        return Places(call.teams_min, call.teams_max)
    taken = vars(intake).get("taken")
    if taken is None:
        taken = taken_by_others(call.pk, intake.pk).count()
    return rules.places_left(call.teams_min, call.teams_max, taken, is_last=intake.is_last)


def seats_of_others(call: OuterRef | UUID, intake: OuterRef | UUID) -> QuerySet[Member]:
    """Seats in the room that the cohorts of its other cut-offs hold."""
    chosen = Q(team__application__call=call, team__application__decision__outcome=Decision.Outcome.ACCEPTED)
    seats = Member.objects.filter(chosen, state__in=STAYS, wants_seat=True)
    return seats.exclude(team__state=Team.State.LEFT).exclude(team__application__intake=intake)


def seats_left(intake: Intake) -> int:
    """In the room: each cohort has the whole of it, or what the others left."""
    room, call = intake.programme.room_seats, intake.call
    if intake.is_only or call.is_staged or not call.seats_together:
        return room
    taken = vars(intake).get("seats_taken")
    if taken is None:
        taken = seats_of_others(call.pk, intake.pk).count()
    return max(0, room - taken)


def next_chance(intake: Intake) -> Intake | None:
    """The next cut-off, for those who were not chosen, where the call takes in again and says so."""
    if intake.is_last or intake.is_idea or not intake.call.may_try_again or not intake.call.is_open(clock.now()):
        return None
    coming = [one for one in intake.call.coming if one.number > intake.number]
    return coming[0] if coming else None


def without_summary(intake: Intake) -> list[Decision]:
    """The chosen of whom the public list would say nothing in one of the national languages."""
    accepted = Decision.objects.filter(application__intake=intake, outcome=Decision.Outcome.ACCEPTED)
    found = accepted.select_related("application__team").order_by("application__team__name")
    return [one for one in found if one.summary.missing(*settings.NATIONAL_LANGUAGES)]


def cohort(intake: Intake, listed: Iterable[Arrived]) -> Cohort:
    outcomes = Counter(row.outcome for row in listed)
    places = places_left(intake)
    return Cohort(
        accepted=outcomes["accepted"],
        undecided=outcomes[None],
        teams_min=places.least,
        teams_max=places.most,
        room_seats=seats_left(intake),
    )


def announcement_of(intake: Intake) -> Announcement | None:
    return ANNOUNCED.first(intake.pk)


def told_at(application: Application) -> Announcement | None:
    """When what is decided on it was told; nothing while nothing has arrived."""
    return ANNOUNCED.first(application.intake_id) if application.intake_id else None


_DECIDED = Written(lambda pk: Application.objects.filter(pk=pk).select_related("decision__by", "intake__announcement"))


def decided_on(application: Application) -> tuple[Decision | None, Announcement | None]:
    """The same with the decision itself, in one question."""
    found = _DECIDED.first(application.pk)
    return getattr(found, "decision", None), getattr(found and found.intake, "announcement", None)


def is_announced(intake: Intake) -> bool:
    return Announcement.objects.filter(intake=intake).exists()


def decided(decision: Decision | None) -> dict[str, object]:
    """What a form of it is filled from."""
    if decision is None:
        return {"outcome": "", "reason": "", "summary": Words()}
    return {"outcome": decision.outcome, "reason": decision.reason, "summary": decision.summary}


def reserve_places(intake: Intake) -> dict[UUID, int]:
    reserves = Decision.objects.filter(application__in=_submitted(intake.pk), outcome=Decision.Outcome.RESERVE)
    return in_turn(reserves.values_list("turn", "application__receipt__number", "application"))


def tied_by(person: Person) -> Q:
    """For intakes: the person said to be tied to one of the applications, or they or their organisation are in a team of one."""
    said = Conflict.objects.standing().filter(person=person, application__intake=OuterRef("pk"))
    here = Q(intake=OuterRef("pk"), state=Application.State.SUBMITTED)
    own = Application.objects.filter(here, team__in=PLACES(person.pk))
    return Q(Exists(said)) | Q(Exists(own)) | Q(Exists(of_same_employer(person.pk).filter(here)))


def is_tied(intake: Intake, person: Person) -> bool:
    return Intake.objects.filter(tied_by(person), pk=intake.pk).exists()


def locked(intake: Intake) -> Intake:
    """Held until the end of the transaction, so that decisions on one call come one after the other."""
    return Intake.objects.select_for_update(of=("call",)).select_related("call__programme").get(pk=intake.pk)
