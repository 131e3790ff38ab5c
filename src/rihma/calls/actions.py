from django.db import transaction

from rihma.accounts.models import Person
from rihma.calls import rules
from rihma.calls.models import Call
from rihma.history.actions import record
from rihma.programmes.models import Programme


@transaction.atomic
def create(programme: Programme, *, by: Person, **fields: object) -> Call:
    """The call of a programme that was made in pages; one made from a file brings its own."""
    rules.check_none_yet(has_call=Call.objects.filter(programme=programme).exists())
    call = Call(programme=programme, **fields)
    rules.check_closing(call.closing)
    rules.check_places(call.teams_min, call.teams_max)
    call.save()
    record(call, "drafted", scope=programme.pk, by=by)
    return call


@transaction.atomic
def edit(call: Call, *, by: Person, **changes: object) -> Call:
    """Change the call. A moved closing time is told in history by itself, old and new: people plan by it."""
    before = call.closing
    for name, value in changes.items():
        setattr(call, name, value)
    rules.check_closing(call.closing)
    rules.check_places(call.teams_min, call.teams_max)
    call.save(update_fields=list(changes))
    record(call, "edited", scope=call.programme_id, by=by, fields=sorted(changes))
    if call.closing != before:
        record(call, "closing_moved", scope=call.programme_id, by=by, before=before.told, after=call.closing.told)
    return call
