"""From phase to phase: by those who run the programme, or by the clock where they have set a moment (`by` is nobody then)."""

from django.db import transaction

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.calls.models import Intake
from rihma.history.actions import record
from rihma.reviews import queries
from rihma.reviews.actions.preparing import locked, tell_readers
from rihma.reviews.models import Assignment, Reviewing
from rihma.reviews.rules import phases, reading

State = Reviewing.State


@transaction.atomic
def begin(intake: Intake, *, by: Person | None) -> Reviewing:
    """From now on jurors see what is theirs, and the measure stands as it is. Everybody who reads gets one mail."""
    reviewing = locked(intake)
    criteria = queries.kept_criteria(intake.call)
    current = Assignment.objects.current().filter(application__intake=intake)
    reading.check_may_begin(reviewing.state, criteria=len(criteria), assigned=current.count())
    reviewing.begun_at, reviewing.criteria = clock.now(), criteria
    reviewing.save(update_fields=["begun_at", "criteria"])
    _move(reviewing, State.READING, "begun" if by else "began", by)
    tell_readers(reviewing, set(current.values_list("person", flat=True)))
    return reviewing


@transaction.atomic
def discuss(intake: Intake, *, by: Person | None) -> Reviewing:
    """Whoever has sent their review sees those of the others and can talk, also where somebody has not sent theirs."""
    reviewing = locked(intake)
    phases.check_may_move(reviewing.state, "discussing")
    _move(reviewing, State.DISCUSSING, "discussed" if by else "talk_began", by)
    sent = Assignment.objects.current().filter(application__intake=intake, review__state="sent")
    tell_readers(reviewing, set(sent.values_list("person", flat=True)), "reviews/notices/discuss")
    return reviewing


@transaction.atomic
def close(intake: Intake, *, by: Person | None) -> Reviewing:
    """No score changes any more."""
    reviewing = locked(intake)
    phases.check_may_move(reviewing.state, "closed")
    reviewing.closed_at = clock.now()
    reviewing.save(update_fields=["closed_at"])
    _move(reviewing, State.CLOSED, "closed" if by else "ended", by)
    return reviewing


@transaction.atomic
def open_again(intake: Intake, *, by: Person) -> Reviewing:
    """Somebody has still to read, or to read a second time; the measure stays the one of the first time."""
    reviewing = locked(intake)
    phases.check_may_open_again(reviewing.state)
    reviewing.closed_at = None
    reviewing.save(update_fields=["closed_at"])
    _move(reviewing, State.READING, "begun", by)
    return reviewing


def _move(reviewing: Reviewing, to: Reviewing.State, verb: str, by: Person | None) -> None:
    reviewing.state, reviewing.moved_at = to, clock.now()
    reviewing.save(update_fields=["state", "moved_at"])
    record(reviewing, verb, scope=reviewing.intake.call.programme_id, by=by)
