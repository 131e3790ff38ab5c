from collections.abc import Iterable, Mapping
from typing import Unpack
from uuid import UUID

from django.db import transaction

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.applications.queries import considered
from rihma.base import clock
from rihma.base.seen import check_unchanged
from rihma.calls.models import Intake
from rihma.challenges.models import Challenge
from rihma.history.actions import record
from rihma.notices.actions import tell
from rihma.programmes.models import Theme
from rihma.reviews import queries
from rihma.reviews.models import Assignment, Juror, Reviewing
from rihma.reviews.rules import choosing, phases, reading, solving
from rihma.reviews.types import ReviewingFields

# Kept out of history, because people wrote it themselves.
WRITTEN = "why_no_families"


@transaction.atomic
def set_up(intake: Intake, *, seen: str | None = None, by: Person, **fields: Unpack[ReviewingFields]) -> Reviewing:
    """How many jurors read each application and when, whether names are kept from them, whether families count.

    The call's page says it, and why where families of organisations do not count.
    """
    reviewing = locked(intake)
    check_unchanged(reviewing, Reviewing.FACTS, seen)
    reading.check_open(reviewing.state)
    reading.check_may_set_blind(reviewing.state, before=reviewing.blind, after=fields["blind"])
    families = fields.get("families", reviewing.families)
    reading.check_says_why(families=families, why=fields.get("why_no_families", reviewing.why_no_families))
    for name, value in fields.items():
        setattr(reviewing, name, value)
    reviewing.why_no_families = "" if families else reviewing.why_no_families.strip()
    phases.check_times(reviewing.times, reviewing.intake.closing)
    reviewing.save(update_fields=Reviewing.FACTS)
    told = {name: str(getattr(reviewing, name)) for name in Reviewing.FACTS if name in fields and name != WRITTEN}
    record(reviewing, "reviewing_set", scope=intake.call.programme_id, by=by, fields=told)
    return reviewing


@transaction.atomic
def set_juror(
    intake: Intake,
    person: Person,
    *,
    languages: Iterable[str],
    themes: Iterable[Theme] = (),
    challenges: Iterable[Challenge] = (),
    most: int | None = None,
    by: Person,
) -> Juror:
    """What somebody can read; what lies before them already stays there."""
    reviewing = locked(intake)
    juror, _new = Juror.objects.update_or_create(
        reviewing=reviewing, person=person, defaults={"languages": list(languages), "most": most}
    )
    juror.themes.set(themes)
    juror.challenges.set(challenges)
    record(juror, "juror_set", scope=intake.call.programme_id, by=by, person=str(person.pk))
    return juror


@transaction.atomic
def assign_all(intake: Intake, *, by: Person) -> Mapping[UUID, int]:
    """Give every application the readers it still lacks; answers those for whom nobody was found.

    What stands already stays: what a person has decided by hand, and what somebody has begun to read.
    """
    reviewing = locked(intake)
    reading.check_open(reviewing.state)
    submitted = considered().filter(intake=intake)
    table = queries.table_of(reviewing, queries.texts_of(submitted), queries.jurors_of(reviewing))
    chosen = solving.choose(table)
    because = choosing.reasons(table, chosen.pairs)
    Assignment.objects.bulk_create(
        Assignment(application_id=application, person_id=person, because=because[application, person])
        for application, person in chosen.pairs
    )
    if chosen.pairs:
        record(reviewing, "assigned", scope=intake.call.programme_id, by=by, assigned=len(chosen.pairs), by_hand=False)
    if reviewing.is_scored:
        tell_readers(reviewing, {person for _application, person in chosen.pairs})
    return chosen.short


@transaction.atomic
def assign(application: Application, person: Person, *, by: Person) -> Assignment:
    """By hand, whatever the arithmetic says; only a conflict of interest stands against it."""
    reviewing = locked(application.counts_for)
    against = queries.conflicts(application.counts_for, [person.pk])
    reading.check_may_assign(reviewing.state, conflict=against.get((application.pk, person.pk), ""))
    assignment, new = Assignment.objects.get_or_create(
        application=application, person=person, ended_at=None, defaults={"by_hand": True}
    )
    if new:
        record(reviewing, "assigned", scope=application.call.programme_id, by=by, assigned=1, by_hand=True)
        if reviewing.is_scored:
            tell_readers(reviewing, {person.pk})
    return assignment


@transaction.atomic
def release(assignment: Assignment, *, by: Person) -> Assignment:
    """Taken from a juror. A review that was sent stays readable to those who run the programme, and stops counting."""
    intake = assignment.application.counts_for
    reading.check_open(locked(intake).state)
    assignment.refresh_from_db()
    if assignment.ended_at is None:
        assignment.ended_at, assignment.ending = clock.now(), Assignment.Ending.RELEASED
        assignment.save(update_fields=["ended_at", "ending"])
        record(assignment, "released", scope=intake.call.programme_id, by=by)
    return assignment


def locked(intake: Intake) -> Reviewing:
    """The row under the lock of its call, made when somebody first touches it."""
    intake = Intake.objects.select_for_update(of=("call",)).select_related("call__programme").get(pk=intake.pk)
    reviewing, _new = Reviewing.objects.get_or_create(intake=intake)
    reviewing.intake = intake
    return reviewing


def tell_readers(reviewing: Reviewing, people: set[UUID], kind: str = "reviews/notices/to_read") -> None:
    """Names no application: mails lie about, and a conflict may come to light later."""
    for person in Person.objects.filter(pk__in=people).order_by("pk"):
        tell(
            kind,
            person,
            key=f"{reviewing.pk}:{clock.now():%Y-%m-%d}",
            scope=reviewing.intake.call.programme_id,
            programme=reviewing.intake.programme,
        )
