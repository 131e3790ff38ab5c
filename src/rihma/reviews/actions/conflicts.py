from django.db import transaction

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.base import clock
from rihma.history.actions import record
from rihma.notices.actions import tell
from rihma.programmes.models import Role
from rihma.reviews.actions.preparing import locked
from rihma.reviews.models import Assignment, Conflict
from rihma.reviews.rules import reading


@transaction.atomic
def declare(assignment: Assignment, *, reason: str = "", by: Person) -> Conflict:
    """From now on the juror sees nothing of it. What they have scored stays marked, and stops counting."""
    application = assignment.application
    programme = application.call.programme
    locked(application.counts_for)
    standing = Conflict.objects.standing().filter(application=application, person=by)
    reading.check_may_declare(already=standing.exists())
    conflict = Conflict.objects.create(application=application, person=by, reason=reason.strip())
    _end(application, by)
    for full in Application.objects.filter(continues=application):
        carry(application, full)
        _end(full, by)
    record(conflict, "declared", scope=programme.pk, by=by)
    runs = Role.objects.current().filter(programme=programme, role__in=Role.RUNS)
    for person in {role.person for role in runs if role.person_id != by.pk}:
        tell("reviews/notices/conflict", person, key=str(conflict.pk), scope=programme.pk, programme=programme, by=by)
    return conflict


def carry(idea: Application, full: Application) -> None:
    """Whoever must not read an idea reads nothing of the full application that goes on from it, either."""
    for one in Conflict.objects.standing().filter(application=idea):
        facts = {"reason": one.reason, "declared_at": one.declared_at}
        Conflict.objects.get_or_create(application=full, person=one.person, lifted_at=None, defaults=facts)


@transaction.atomic
def lift(conflict: Conflict, *, because: str, by: Person) -> Conflict:
    """It was none. The juror may be given the application again; nothing comes back by itself."""
    intake = conflict.application.counts_for
    locked(intake)
    conflict.refresh_from_db()
    if conflict.lifted_at is None:
        conflict.lifted_at, conflict.lifted_because = clock.now(), because.strip()
        conflict.save(update_fields=["lifted_at", "lifted_because"])
        record(conflict, "lifted", scope=intake.call.programme_id, by=by)
    return conflict


def _end(application: Application, person: Person) -> None:
    current = Assignment.objects.current().filter(application=application, person=person)
    current.update(ended_at=clock.now(), ending=Assignment.Ending.CONFLICT)
