"""Under the lock of its call: what has changed is told, and the form that people answered is kept."""

from collections.abc import Iterator
from contextlib import contextmanager

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.words import Words
from rihma.calls import rules
from rihma.calls.models import Amendment, Call, FormVersion
from rihma.calls.queries import definition_of
from rihma.webhooks.actions import tell as tell_programs

NOTHING = Words()


def locked(call: Call) -> Call:
    return Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call.pk)


def amend(call: Call, stage: rules.Stage, what: Amendment.What, because: Words, by: Person) -> Amendment | None:
    if stage is rules.Stage.AHEAD:
        return None
    tell_programs("call.amended", call.programme_id, call=call.pk, what=str(what))
    return Amendment.objects.create(call=call, what=what, because=because, by=by, at=clock.now())


@contextmanager
def changing_form(call: Call, stage: rules.Stage) -> Iterator[None]:
    """What is done inside leaves a sound form, criteria among it; once the call is open it is a new version, and the one before is kept."""
    before = None if stage is rules.Stage.AHEAD else keep_form(call)
    yield
    rules.check_conditions([question.asked for question in call.questions.current()])
    if before and before.definition != definition_of(call):
        call.form_version += 1
        call.save(update_fields=["form_version"])
        keep_form(call)


def keep_form(call: Call) -> FormVersion:
    """The form as it is asked now, for whoever reads the answers to it later; `call` is locked."""
    known = FormVersion.objects.filter(call=call, number=call.form_version).first()
    if known:
        return known
    definition = definition_of(call)
    return FormVersion.objects.create(call=call, number=call.form_version, definition=definition, at=clock.now())
