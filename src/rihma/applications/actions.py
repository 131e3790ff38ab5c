from collections.abc import Mapping
from typing import Unpack

from django.db import transaction

from rihma.accounts.models import Person
from rihma.applications import rules
from rihma.applications.models import Application, Receipt
from rihma.applications.queries import asked, content_of
from rihma.base import clock
from rihma.calls.models import Call
from rihma.calls.queries import opens_in_words
from rihma.history.actions import record
from rihma.notices.actions import tell
from rihma.teams import actions as teams
from rihma.teams.types import Description


@transaction.atomic
def start(call: Call, *, by: Person) -> Application:
    """A draft with a team of its own, convened by whoever starts it; a second click finds the same draft."""
    call = _locked_call(call)
    known = Application.objects.written_by(by).filter(call=call, started_by=by, state=Application.State.DRAFT).first()
    if known:
        return known
    now = clock.now()
    rules.check_may_start(is_open=call.is_open(now), opens=opens_in_words(call, now))
    team = teams.form(call.programme, by=by)
    application = Application.objects.create(
        call=call, team=team, started_by=by, started_at=clock.now(), saved_at=clock.now()
    )
    _record(application, "started", by)
    return application


@transaction.atomic
def save(
    application: Application, *, version: int, answers: Mapping[str, str], by: Person, **about: Unpack[Description]
) -> Application:
    """Keep the draft as typed, over its limits or not. `version` names the one that the page was filled from."""
    application = _locked(application)
    rules.check_may_save(application.state, version=version, newest=application.version)
    teams.edit(application.team, by=by, **about)
    application.answers = {**application.answers, **answers}
    application.version += 1
    application.saved_at = clock.now()
    application.save(update_fields=["answers", "version", "saved_at"])
    return application


@transaction.atomic
def submit(application: Application, *, by: Person) -> Receipt:
    """The one way in: numbers the application, proves what arrived when, tells its writers.

    The server's clock decides. What comes after the closing second is kept and marked late. Submitting again
    answers the receipt there is.
    """
    application = _locked(application)
    if application.state == Application.State.SUBMITTED:
        return application.receipt
    now = clock.now()
    # Locked so that two that arrive at the same instant get different numbers, and that no question changes meanwhile.
    # `now` was read before, because having to wait makes nobody late.
    application.call = _locked_call(application.call)
    missing = rules.missing_answers(asked(application.call), application.answers)
    rules.check_may_submit(application.state, team_name=application.team.name, missing=missing)
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
    application.save(update_fields=["state"])
    _record(application, "submitted_late" if late else "submitted", by, number=receipt.number, digest=receipt.digest)
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
    application = _locked(application)
    rules.check_may_withdraw(application.state)
    application.state = Application.State.WITHDRAWN
    application.save(update_fields=["state"])
    _record(application, "withdrawn", by)
    return application


def _locked(application: Application) -> Application:
    fresh = Application.objects.select_for_update(of=("self",))
    return fresh.select_related("team", "call__programme", "started_by").get(pk=application.pk)


def _locked_call(call: Call) -> Call:
    return Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call.pk)


def _next_number(call: Call) -> str:
    """In order of arrival; the call is locked."""
    count = Receipt.objects.filter(application__call=call).count() + 1
    return rules.receipt_number(call.programme.starts.year, call.pk, count)


def _record(application: Application, verb: str, by: Person, **data: object) -> None:
    record(application, verb, scope=application.call.programme_id, thread=application.team_id, by=by, **data)
