from django.db import transaction

from rihma.accounts.models import Person
from rihma.applications import rules
from rihma.applications.actions.row import locked, locked_call, note
from rihma.applications.models import Application, Receipt
from rihma.applications.queries import content_of, missing_of
from rihma.base import clock
from rihma.calls import actions as calls
from rihma.calls.models import Call
from rihma.notices.actions import tell
from rihma.webhooks.actions import tell as tell_programs


@transaction.atomic
def submit(application: Application, *, by: Person) -> Receipt:
    """The one way in: numbers the application, proves what arrived when, tells its writers.

    The server's clock decides. What comes after the closing second is kept and marked late. Submitting again
    answers the receipt there is.
    """
    application = locked(application)
    if application.state == Application.State.SUBMITTED:
        return application.receipt
    now = clock.now()
    # Locked so that two that arrive at the same instant get different numbers, and that no question changes meanwhile.
    # `now` was read before, because having to wait makes nobody late.
    application.call = locked_call(application.call)
    rules.check_may_submit(application.state, team_name=application.team.name, missing=missing_of(application))
    calls.keep_form(application.call)
    late = application.call.late_by(now)
    content = content_of(application)
    receipt = Receipt.objects.create(
        application=application,
        number=_next_number(application.call),
        received_at=now,
        late_seconds=round(late.total_seconds()),
        content=content,
        digest=rules.digest(content, now),
        by=by,
    )
    application.state = Application.State.SUBMITTED
    application.answers = content["answers"]
    application.save(update_fields=["state", "answers"])
    note(application, "submitted_late" if late else "submitted", by, number=receipt.number, digest=receipt.digest)
    arrived = {"number": receipt.number, "received_at": receipt.received_at, "late_seconds": receipt.late_seconds}
    _tell_programs("application.submitted", application, **arrived)
    for writer in {by, application.started_by}:
        tell(
            "applications/notices/receipt",
            writer,
            key=receipt.number,
            scope=application.call.programme_id,
            receipt=receipt,
            application=application,
        )
    return receipt


@transaction.atomic
def withdraw(application: Application, *, by: Person) -> Application:
    """Taken back by the team; what arrived and its receipt stay known."""
    application = locked(application)
    rules.check_may_withdraw(application.state)
    application.state = Application.State.WITHDRAWN
    application.save(update_fields=["state"])
    note(application, "withdrawn", by)
    _tell_programs("application.withdrawn", application)
    return application


def _tell_programs(kind: str, application: Application, **facts: object) -> None:
    scope = application.call.programme_id
    tell_programs(kind, scope, call=application.call_id, application=application.pk, **facts)


def _next_number(call: Call) -> str:
    """In order of arrival; the call is locked."""
    count = Receipt.objects.filter(application__call=call).count() + 1
    return rules.receipt_number(call.programme.starts.year, call.pk, count)
