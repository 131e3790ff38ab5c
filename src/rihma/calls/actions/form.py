from django.db import transaction

from rihma.accounts.models import Person
from rihma.calls import rules
from rihma.calls.actions.amending import changing_form, locked
from rihma.calls.form_file import read_form
from rihma.calls.models import Call
from rihma.calls.queries import stage_of
from rihma.history.actions import record
from rihma.programmes.file import Tables


@transaction.atomic
def take_form(call: Call, tables: Tables, *, replace: bool, by: Person) -> Call:
    """The sections and questions of a file that has been checked: instead of those there are, or after them."""
    call = locked(call)
    stage = stage_of(call)
    rules.check_nobody_reads_yet(stage)
    with changing_form(call, stage):
        if replace:
            call.questions.all().delete()
            call.sections.all().delete()
        known = {*call.questions.values_list("key", flat=True), *call.sections.values_list("key", flat=True)}
        rules.check_new_keys(known, [row["key"] for rows in tables.values() for row in rows])
        read_form(call, tables)
    record(call, "form_taken", scope=call.programme_id, by=by, count=call.questions.count())
    return call
