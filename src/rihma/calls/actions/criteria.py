from typing import Unpack

from django.db import transaction

from rihma.accounts.models import Person
from rihma.base.words import Words
from rihma.calls import rules
from rihma.calls.actions.amending import NOTHING, amend, changing_form, locked
from rihma.calls.actions.lines import edit_line, move_line, number_lines, refresh, take_out
from rihma.calls.models import Amendment, Call, Criterion, Line
from rihma.calls.queries import criteria_stage_of
from rihma.calls.types import CriterionFields
from rihma.history.actions import record

What = Amendment.What


@transaction.atomic
def add_criterion(call: Call, *, because: Words = NOTHING, by: Person, **fields: Unpack[CriterionFields]) -> Criterion:
    call = locked(call)
    stage = criteria_stage_of(call)
    rules.check_may_add_criterion(stage, because)
    with changing_form(call, stage):
        criterion = Criterion.objects.create(call=call, number=call.criteria.current().count() + 1, **fields)
    record(criterion, What.CRITERION_ADDED, scope=call.programme_id, by=by)
    amend(call, stage, What.CRITERION_ADDED, because, by)
    return criterion


@transaction.atomic
def edit_criterion(
    criterion: Criterion, *, seen: str, because: Words = NOTHING, by: Person, **fields: Unpack[CriterionFields]
) -> Criterion:
    call = locked(criterion.call)
    with changing_form(call, criteria_stage_of(call)):
        edit_line(criterion, fields, what=What.CRITERION_EDITED, seen=seen, because=because, by=by)
    return criterion


@transaction.atomic
def move_criterion(criterion: Criterion, *, up: bool, by: Person) -> Criterion:
    call = locked(criterion.call)
    stage = criteria_stage_of(call)
    with changing_form(call, stage):
        moved = move_line(criterion, list[Line](call.criteria.current()), stage, up=up)
    if moved:
        record(criterion, "criterion_moved", scope=call.programme_id, by=by)
    return criterion


@transaction.atomic
def remove_criterion(criterion: Criterion, *, seen: str, because: Words = NOTHING, by: Person) -> None:
    call = locked(criterion.call)
    stage = criteria_stage_of(call)
    refresh(criterion, seen)
    rules.check_may_remove_criterion(stage, because)
    record(criterion, What.CRITERION_REMOVED, scope=call.programme_id, by=by)
    amend(call, stage, What.CRITERION_REMOVED, because, by)
    with changing_form(call, stage):
        take_out(criterion, stage)
        number_lines(call.criteria.current())
