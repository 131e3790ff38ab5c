from collections.abc import Mapping
from typing import Any, Unpack

from django.db import transaction

from rihma.accounts.models import Person
from rihma.base.words import Words
from rihma.calls import rules
from rihma.calls.actions.amending import NOTHING, amend, changing_form, locked
from rihma.calls.actions.lines import edit_line, number_lines, refresh, take_out
from rihma.calls.models import Amendment, Call, Question, plain
from rihma.calls.queries import question_stage_of, stage_of
from rihma.calls.types import QuestionFields
from rihma.history.actions import record

What = Amendment.What


@transaction.atomic
def add_question(call: Call, *, because: Words = NOTHING, by: Person, **fields: Unpack[QuestionFields]) -> Question:
    """The last one of its section; its answer is named for ever by its first words."""
    call = locked(call)
    stage = question_stage_of(call, fields.get("asked_in", rules.BOTH))
    rules.check_may_add_question(stage, because, required=fields["required"])
    key = rules.key_of(fields["label"], call.questions.values_list("key", flat=True))
    given = _sound(key, dict(fields), {}, stage)
    with changing_form(call, stage):
        question = Question.objects.create(call=call, number=call.questions.current().count() + 1, key=key, **given)
        number_lines(call.questions.current())
    question.refresh_from_db(fields=["number"])
    record(question, What.QUESTION_ADDED, scope=call.programme_id, by=by, key=key)
    amend(call, stage, What.QUESTION_ADDED, because, by)
    return question


@transaction.atomic
def edit_question(
    question: Question, *, seen: str, because: Words = NOTHING, by: Person, **fields: Unpack[QuestionFields]
) -> Question:
    call = locked(question.call)
    stage = stage_of(call)
    refresh(question, seen)
    given = _sound(question.key, dict(fields), question.facts, stage)
    with changing_form(call, stage):
        edit_line(question, given, what=What.QUESTION_EDITED, seen=seen, because=because, by=by)
        number_lines(call.questions.current())
    return question


@transaction.atomic
def move_question(question: Question, *, up: bool, by: Person) -> Question:
    """Past its neighbour; at the end of a section into the next one."""
    call = locked(question.call)
    stage = stage_of(call)
    rules.check_not_over(stage)
    lines = list(call.questions.current())
    rules.check_current(is_current=question in lines)
    here = lines.index(question)
    question = lines[here]
    sections = [None, *call.sections.current()]
    there = here - 1 if up else here + 1
    neighbour = lines[there] if 0 <= there < len(lines) else None
    with changing_form(call, stage):
        if neighbour and neighbour.section_id == question.section_id:
            lines[here], lines[there] = neighbour, question
        else:
            place = sections.index(question.section) + (-1 if up else 1)
            if not 0 <= place < len(sections):
                return question
            question.section = sections[place]
            question.save(update_fields=["section"])
        number_lines(lines)
    record(question, "question_moved", scope=call.programme_id, by=by, key=question.key)
    return question


@transaction.atomic
def remove_question(question: Question, *, seen: str, because: Words = NOTHING, by: Person) -> None:
    """Before the call opens it is gone. Later it is asked no more, and what was answered stays with its writers."""
    call = locked(question.call)
    stage = stage_of(call)
    refresh(question, seen)
    rules.check_may_remove_question(stage, because)
    record(question, What.QUESTION_REMOVED, scope=call.programme_id, by=by, key=question.key)
    amend(call, stage, What.QUESTION_REMOVED, because, by)
    with changing_form(call, stage):
        take_out(question, stage)
        number_lines(call.questions.current())


def _sound(key: str, fields: dict[str, Any], before: Mapping[str, Any], stage: rules.Stage) -> dict[str, Any]:
    """As it is stored: options with their keys, and nothing that the question itself forbids."""
    if "options" in fields:
        options = [rules.Option.of(one) for one in fields["options"]]
        known = [rules.Option.of(one) for one in before.get("options", ())]
        fields["options"] = rules.keyed(options, known, keep_old=stage is not rules.Stage.AHEAD)
    rules.check_question(rules.Asked.of({"key": key, **before, **plain(fields)}))
    return fields
