import hashlib
import secrets
from base64 import b32encode
from datetime import date, time

from django.db import transaction
from django.db.models import Max

from rihma.accounts.models import Person
from rihma.applications.actions.row import note
from rihma.applications.actions.writing import begin
from rihma.applications.models import AccessCode, Application
from rihma.applications.rules import check_may_grant, check_may_use
from rihma.base import clock
from rihma.calls.models import Call
from rihma.calls.queries import intake_at, is_announced
from rihma.calls.rules import Moment, late_by
from rihma.history.actions import record

BYTES = 16


@transaction.atomic
def grant(call: Call, *, reason: str, due_on: date, due_at: time, by: Person) -> str:
    """A code for one application after the closing. Only its digest is kept: this answer is the one time it is told."""
    due = Moment(due_on, due_at, call.programme.zone)
    # Because what begins with it is an idea, where the call has two stages.
    intake = intake_at(call, clock.now()) if call.is_staged else call.last_intake
    # A form that is pressed twice comes twice at once, and whoever comes second has to see what the first made.
    by = Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    same = AccessCode.objects.filter(call=call, reason=reason, due_on=due_on, due_at=due_at, by=by)
    granted = same.aggregate(last=Max("at"))["last"]
    check_may_grant(announced=is_announced(intake), due=due, now=clock.now(), reason=reason, granted=granted)
    letters = b32encode(secrets.token_bytes(BYTES)).decode().rstrip("=")
    code = "-".join(letters[place : place + 5] for place in range(0, len(letters), 5))
    granted = AccessCode.objects.create(
        call=call, digest=digest_of(code), reason=reason, due_on=due_on, due_at=due_at, by=by, at=clock.now()
    )
    record(granted, "exception_granted", scope=call.programme_id, by=by, until=due.told)
    return code


@transaction.atomic
def start_by_code(call: Call, code: str, *, by: Person) -> Application:
    """Begin, or go on with, an application that arrives in time until the code ends. A code is good for one."""
    found = AccessCode.objects.select_for_update().filter(call=call, digest=digest_of(code)).first()
    late = found is not None and bool(late_by(found.due, clock.now()))
    check_may_use(known=found is not None, late=late, taken=bool(found and found.used_by_id not in (None, by.pk)))
    if found is None or found.application_id:
        return Application.objects.get(access_code=found)
    application = begin(call, by=by)
    found.application, found.used_by, found.used_at = application, by, clock.now()
    found.save(update_fields=["application", "used_by", "used_at"])
    note(application, "exception_used", by)
    return application


def digest_of(code: str) -> str:
    """However it was typed: with or without hyphens, in small letters or large."""
    letters = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()
