from django.db import transaction

from rihma.accounts.models import Person
from rihma.base.seen import check_seen, mark_of
from rihma.base.words import Words
from rihma.calls import rules
from rihma.calls.actions.amending import NOTHING, amend, locked
from rihma.calls.models import Amendment, Call
from rihma.calls.queries import stage_of
from rihma.history.actions import record


@transaction.atomic
def set_access(call: Call, access: str, *, seen: str, because: Words = NOTHING, by: Person) -> Amendment | None:
    """History and the call's page tell it. Those who have begun are told by `applications.access.set_access`."""
    call = locked(call)
    check_seen(seen, mark_of({"access": call.access}))
    if access == call.access:
        return None
    stage = stage_of(call)
    rules.check_may_set_access(stage, because)
    call.access = access
    call.save(update_fields=["access"])
    record(call, Amendment.What.ACCESS, scope=call.programme_id, by=by)
    return amend(call, stage, Amendment.What.ACCESS, because, by)
