from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from rihma.accounts.models import Person
from rihma.applications import challenges, rules
from rihma.applications.actions.completing import complete
from rihma.applications.actions.naming import keep_named
from rihma.applications.actions.row import locked, locked_call, note, tell_elsewhere
from rihma.applications.actions.writing import take_up
from rihma.applications.editing import ground_of, intake_for
from rihma.applications.models import Application, Receipt
from rihma.applications.queries import as_edited, content_of, missing_of
from rihma.base import clock
from rihma.calls import actions as calls
from rihma.calls.models import Call
from rihma.notices.actions import tell


@transaction.atomic
def submit(application: Application, *, by: Person) -> Receipt:
    """The one way in: numbers the application, proves what arrived when, tells its writers.

    The server's clock decides. What comes after the closing second is kept and marked late. Submitting again what has
    not changed answers the receipt there is; a change is a new version, and the newest one in time counts.
    """
    application = locked(application)
    now = clock.now()
    # Locked so that two that arrive at the same instant get different numbers, and that no question changes meanwhile.
    # `now` was read before, because having to wait makes nobody late.
    application.call = locked_call(application.call)
    application.intake = intake_for(application, now)
    ground = ground_of(application, now)
    late = timedelta() if ground else application.counts_for.late_by(now)
    last = application.receipts.last()
    edits, edited = application.edits, as_edited(locked(application))
    content = content_of(edited)
    if last and application.state == Application.State.SUBMITTED and (last.content == content or (late and not edits)):
        rules.check_changed(asked=bool(ground and ground.completion))
        return last
    rules.check_may_submit(application.state, team_name=edited.team.name, missing=missing_of(edited))
    calls.keep_form(application.call)
    receipt = Receipt.objects.create(
        application=application,
        number=last.number if last else _next_number(application.call),
        version=last.version + 1 if last else 1,
        received_at=now,
        late_seconds=round(late.total_seconds()),
        content=content,
        digest=rules.digest(content, now),
        by=by,
    )
    if last is None or not late:
        take_up(application, edits, by=by)
        application.answers = content["answers"]
        application.receipt = receipt
    for path in settings.APPLICATION_RECEIVED:
        import_string(path)(application)
    if ground and ground.completion:
        complete(ground.completion, receipt)
    application.state = Application.State.SUBMITTED
    application.edits = {}
    application.save(update_fields=["state", "intake", "receipt", "answers", "edits"])
    keep_named(application)
    challenges.take_up(application)
    verb = "submitted_late" if late else "submitted_anew" if last else "submitted"
    note(application, verb, by, number=receipt.number, version=receipt.version, digest=receipt.digest)
    _tell(receipt, by)
    return receipt


def _tell(receipt: Receipt, by: Person) -> None:
    application = receipt.application
    arrived = {name: getattr(receipt, name) for name in ("number", "version", "received_at", "late_seconds")}
    tell_elsewhere("application.submitted", application, **arrived)
    for writer in {by, application.started_by}:
        tell(
            "applications/notices/receipt",
            writer,
            key=f"{receipt.number}:{receipt.version}",
            scope=application.call.programme_id,
            receipt=receipt,
            application=application,
        )


def _next_number(call: Call) -> str:
    """In order of arrival; the call is locked."""
    count = Application.objects.filter(call=call, receipt__isnull=False).count() + 1
    return rules.receipt_number(call.programme.starts.year, call.pk, count)
