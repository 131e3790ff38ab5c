from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Unpack

from django.db import transaction

from rihma.accounts.models import Person
from rihma.applications import rules
from rihma.applications.fields import ANSWER, Fields, answers_in, merge
from rihma.applications.models import Application, Receipt, Writer
from rihma.applications.queries import asked, content_of, described, fields_of
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


@dataclass(frozen=True)
class Saved:
    application: Application
    # field → what somebody else saved meanwhile; what was typed there is not kept
    contested: Fields


@transaction.atomic
def save_fields(
    application: Application, typed: Mapping[str, Any], *, seen: Mapping[str, str], page: str = "", by: Person
) -> Saved:
    """Keep each field by itself, over its limits or not. What two changed stays as the first saved it; the second is told.

    `seen`: by field, the mark of what it was filled with (`fields.mark`); `page`: which open page says so.
    """
    application = _locked(application)
    rules.check_may_save(application.state)
    own = {name for name, (_version, writer) in application.written.items() if page and writer == page}
    merged = merge(typed, seen=seen, saved=fields_of(application), own=own)
    if merged.changed:
        _write(application, merged.changed, by, page)
    return Saved(application, merged.contested)


@transaction.atomic
def save(
    application: Application,
    *,
    version: int | None = None,
    answers: Mapping[str, Any],
    by: Person,
    **about: Unpack[Description],
) -> Application:
    """Write these over what is there, as an import does. `version`: only if nobody has saved since that one."""
    application = _locked(application)
    rules.check_may_save(application.state, version=version, newest=application.version)
    _write(application, {**about, **{f"{ANSWER}{key}": answer for key, answer in answers.items()}}, by)
    return application


@transaction.atomic
def write_at(application: Application, field: str, *, by: Person) -> None:
    """So that the others see where this person writes; forgotten by itself."""
    until = clock.now() + rules.WRITING
    Writer.objects.update_or_create(application=application, person=by, defaults={"field": field[:60], "until": until})


def _write(application: Application, changed: Fields, by: Person, page: str = "") -> None:
    about = {name: value for name, value in changed.items() if not name.startswith(ANSWER)}
    if about:
        teams.edit(application.team, by=by, **described(application, about))
    application.answers = {**application.answers, **answers_in(changed)}
    application.version += 1
    application.written = {**application.written, **{name: [application.version, page] for name in changed}}
    application.saved_at = clock.now()
    application.save(update_fields=["answers", "version", "written", "saved_at"])


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
