"""What each of the verbs begins and ends with."""

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.base.written import Written
from rihma.calls.models import Call
from rihma.history.actions import record
from rihma.webhooks.actions import tell as tell_programs

LOCKED = Written(
    lambda pk: (
        Application.objects.select_for_update(of=("self",))
        .select_related("team", "call__programme", "started_by", "receipt", "intake")
        .filter(pk=pk)
    )
)


def locked(application: Application) -> Application:
    found = LOCKED.first(application.pk)
    if found is None:
        raise Application.DoesNotExist(application.pk)
    return found


def locked_call(call: Call) -> Call:
    return Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call.pk)


def note(application: Application, verb: str, by: Person, **data: object) -> None:
    record(application, verb, scope=application.call.programme_id, thread=application.team_id, by=by, **data)


def tell_elsewhere(kind: str, application: Application, **facts: object) -> None:
    scope = application.call.programme_id
    tell_programs(kind, scope, call=application.call_id, application=application.pk, **facts)
