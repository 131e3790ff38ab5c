from datetime import date, time

from django.db import transaction

from rihma.accounts.models import Person
from rihma.applications.actions.row import locked, note
from rihma.applications.editing import pending
from rihma.applications.models import Application, Completion, Receipt
from rihma.applications.rules import check_may_ask
from rihma.base import clock
from rihma.calls.queries import is_announced
from rihma.calls.rules import Moment
from rihma.notices.actions import tell
from rihma.teams.queries import confirmed, places_of


@transaction.atomic
def ask_to_complete(
    application: Application, *, what: str, fields: list[str], due_on: date, due_at: time, by: Person
) -> Completion:
    """The team is told at once, and may change these fields until then. What arrives is a version that counts."""
    application = locked(application)
    due = Moment(due_on, due_at, application.call.programme.zone)
    check_may_ask(
        application.state,
        announced=is_announced(application.intake),
        waits=pending(application) is not None,
        due=due,
        now=clock.now(),
    )
    completion = Completion.objects.create(
        application=application, what=what, fields=fields, due_on=due_on, due_at=due_at, by=by, at=clock.now()
    )
    note(application, "completion_asked", by, until=due.told)
    for place in confirmed(places_of(application.team)):
        _tell("completion", completion, place.person, key=str(completion.pk))
    return completion


@transaction.atomic
def put_off(completion: Completion, *, due_on: date, due_at: time, by: Person) -> Completion:
    """Another date for what has not been completed; the team is told."""
    application = locked(completion.application)
    due = Moment(due_on, due_at, application.call.programme.zone)
    announced = is_announced(application.intake)
    check_may_ask(application.state, announced=announced, waits=False, due=due, now=clock.now())
    completion.due_on, completion.due_at = due_on, due_at
    completion.save(update_fields=["due_on", "due_at"])
    note(application, "completion_asked", by, until=due.told)
    for place in confirmed(places_of(application.team)):
        _tell("completion", completion, place.person, key=f"{completion.pk}:{due.told}")
    return completion


def complete(completion: Completion, receipt: Receipt) -> None:
    """With what has just arrived; whoever asked is told."""
    completion.receipt = receipt
    completion.save(update_fields=["receipt"])
    note(completion.application, "completed", receipt.by, version=receipt.version)
    _tell("completed", completion, completion.by, key=str(completion.pk))


def _tell(what: str, completion: Completion, to: Person, *, key: str) -> None:
    application = completion.application
    scope = application.call.programme_id
    tell(f"applications/notices/{what}", to, key=key, scope=scope, completion=completion, application=application)
