from typing import Unpack

from django.db import transaction

from rihma.accounts.models import Person
from rihma.base.words import Words
from rihma.calls import rules
from rihma.calls.actions.amending import NOTHING, amend, changing_form, locked
from rihma.calls.actions.lines import edit_line, move_line, number_lines, refresh, take_out
from rihma.calls.models import Amendment, Call, Line, Section
from rihma.calls.queries import stage_of
from rihma.calls.types import SectionFields
from rihma.history.actions import record

What = Amendment.What


@transaction.atomic
def add_section(call: Call, *, because: Words = NOTHING, by: Person, **fields: Unpack[SectionFields]) -> Section:
    """The last one, with no question yet."""
    call = locked(call)
    stage = stage_of(call)
    rules.check_may_amend(stage, because)
    key = rules.key_of(fields["title"], call.sections.values_list("key", flat=True))
    with changing_form(call, stage):
        section = Section.objects.create(call=call, number=call.sections.current().count() + 1, key=key, **fields)
    record(section, "section_added", scope=call.programme_id, by=by, key=key)
    amend(call, stage, What.SECTIONS, because, by)
    return section


@transaction.atomic
def edit_section(
    section: Section, *, seen: str, because: Words = NOTHING, by: Person, **fields: Unpack[SectionFields]
) -> Section:
    call = locked(section.call)
    with changing_form(call, stage_of(call)):
        edit_line(section, fields, what=What.SECTIONS, seen=seen, because=because, by=by)
    return section


@transaction.atomic
def move_section(section: Section, *, up: bool, by: Person) -> Section:
    """With its questions."""
    call = locked(section.call)
    stage = stage_of(call)
    with changing_form(call, stage):
        if move_line(section, list[Line](call.sections.current()), stage, up=up):
            number_lines(call.questions.current())
            record(section, "section_moved", scope=call.programme_id, by=by, key=section.key)
    return section


@transaction.atomic
def remove_section(section: Section, *, seen: str, because: Words = NOTHING, by: Person) -> None:
    """Its questions stay; they join the section before it."""
    call = locked(section.call)
    stage = stage_of(call)
    refresh(section, seen)
    rules.check_may_amend(stage, because)
    record(section, "section_removed", scope=call.programme_id, by=by, key=section.key)
    amend(call, stage, What.SECTIONS, because, by)
    with changing_form(call, stage):
        before = call.sections.current().filter(number__lt=section.number).last()
        section.questions.update(section=before)
        take_out(section, stage)
        number_lines(call.sections.current())
        number_lines(call.questions.current())
