from collections.abc import Iterable, Mapping
from typing import Unpack

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.seen import check_seen
from rihma.base.words import Words
from rihma.calls import rules
from rihma.calls.models import Amendment, Call, Criterion, Line, Question, plain
from rihma.calls.queries import is_announced, stage_of
from rihma.calls.types import CriterionFields, QuestionFields, Texts, TimeFields
from rihma.history.actions import record
from rihma.programmes import actions as programmes
from rihma.programmes.models import Programme

What = Amendment.What
NOTHING = Words()


@transaction.atomic
def create(programme: Programme, *, by: Person, **fields: object) -> Call:
    """The call of a programme that was made in pages; one made from a file brings its own."""
    rules.check_none_yet(has_call=Call.objects.filter(programme=programme).exists())
    call = Call(programme=programme, **fields)
    rules.check_times(call.times)
    rules.check_places(call.teams_min, call.teams_max)
    call.save()
    record(call, "drafted", scope=programme.pk, by=by)
    return call


@transaction.atomic
def edit(call: Call, *, seen: str, by: Person, **texts: Unpack[Texts]) -> Call:
    """The texts around the questions; what people plan by has verbs of its own."""
    call = _locked(call)
    check_seen(seen, call.texts_mark)
    changed = {name: value for name, value in texts.items() if getattr(call, name) != value}
    if changed:
        for name, value in changed.items():
            setattr(call, name, value)
        call.save(update_fields=changed)
        record(call, "edited", scope=call.programme_id, by=by, fields=sorted(changed))
    return call


@transaction.atomic
def set_times(
    call: Call, *, seen: str, because: Words = NOTHING, by: Person, **fields: Unpack[TimeFields]
) -> Amendment | None:
    """History and the call's page tell it. Those who have begun are told by `applications.times.set_times`."""
    call = _locked(call)
    before = call.times
    check_seen(seen, before.mark)
    after = rules.times_of(**fields, zone=call.programme.zone)
    if after == before:
        return None
    rules.check_still_runs(closed=call.programme.state == Programme.State.CLOSED)
    rules.check_not_announced(announced=is_announced(call))
    stage = stage_of(call)
    public = call.programme.is_public
    rules.check_may_set_times(stage, before, after, clock.now(), because, public=public)
    for name, value in fields.items():
        setattr(call, name, value)
    call.save(update_fields=fields)
    if after.opening != before.opening:
        told = [moment.told if moment else "–" for moment in (before.opening, after.opening)]
        record(call, "opening_moved", scope=call.programme_id, by=by, before=told[0], after=told[1])
    if after.closing == before.closing:
        return None
    record(call, What.CLOSING, scope=call.programme_id, by=by, before=before.closing.told, after=after.closing.told)
    return _amend(call, stage, What.CLOSING, because, by)


@transaction.atomic
def set_rules(call: Call, requirements: rules.Requirements, *, seen: str, because: Words = NOTHING, by: Person) -> Call:
    """What each team must have, and how many teams there are places for."""
    call = _locked(call)
    before = call.requirements
    check_seen(seen, before.mark)
    if requirements == before:
        return call
    stage = stage_of(call)
    rules.check_may_set_rules(stage, before, requirements, because)
    eligibility = {**call.programme.eligibility, **requirements.eligibility}
    call.programme = programmes.edit(call.programme, by=by, eligibility=eligibility)
    call.teams_min, call.teams_max = requirements.teams_min, requirements.teams_max
    call.save(update_fields=["teams_min", "teams_max"])
    record(call, What.RULES, scope=call.programme_id, by=by, fields=requirements.differing(before))
    _amend(call, stage, What.RULES, because, by)
    return call


@transaction.atomic
def add_question(call: Call, *, because: Words = NOTHING, by: Person, **fields: Unpack[QuestionFields]) -> Question:
    """The last one; its answer is named for ever by its first words."""
    call = _locked(call)
    stage = stage_of(call)
    rules.check_may_add_question(stage, because, required=fields["required"])
    key = rules.key_of(fields["label"], call.questions.values_list("key", flat=True))
    question = Question.objects.create(call=call, number=call.questions.current().count() + 1, key=key, **fields)
    record(question, What.QUESTION_ADDED, scope=call.programme_id, by=by, key=key)
    _amend(call, stage, What.QUESTION_ADDED, because, by)
    return question


@transaction.atomic
def edit_question(
    question: Question, *, seen: str, because: Words = NOTHING, by: Person, **fields: Unpack[QuestionFields]
) -> Question:
    _edit(question, fields, what=What.QUESTION_EDITED, seen=seen, because=because, by=by)
    return question


@transaction.atomic
def move_question(question: Question, *, up: bool, by: Person) -> Question:
    call = _locked(question.call)
    if _move(question, list[Line](call.questions.current()), stage_of(call), up=up):
        record(question, "question_moved", scope=call.programme_id, by=by, key=question.key)
    return question


@transaction.atomic
def remove_question(question: Question, *, seen: str, because: Words = NOTHING, by: Person) -> None:
    """Before the call opens it is gone. Later it is asked no more, and what was answered stays with its writers."""
    call = _locked(question.call)
    stage = stage_of(call)
    _refresh(question, seen)
    rules.check_may_remove_question(stage, because)
    record(question, What.QUESTION_REMOVED, scope=call.programme_id, by=by, key=question.key)
    _amend(call, stage, What.QUESTION_REMOVED, because, by)
    _take_out(question, stage)
    _number(call.questions.current())


@transaction.atomic
def add_criterion(call: Call, *, because: Words = NOTHING, by: Person, **fields: Unpack[CriterionFields]) -> Criterion:
    call = _locked(call)
    stage = stage_of(call)
    rules.check_may_add_criterion(stage, because)
    criterion = Criterion.objects.create(call=call, number=call.criteria.current().count() + 1, **fields)
    record(criterion, What.CRITERION_ADDED, scope=call.programme_id, by=by)
    _amend(call, stage, What.CRITERION_ADDED, because, by)
    return criterion


@transaction.atomic
def edit_criterion(
    criterion: Criterion, *, seen: str, because: Words = NOTHING, by: Person, **fields: Unpack[CriterionFields]
) -> Criterion:
    _edit(criterion, fields, what=What.CRITERION_EDITED, seen=seen, because=because, by=by)
    return criterion


@transaction.atomic
def move_criterion(criterion: Criterion, *, up: bool, by: Person) -> Criterion:
    call = _locked(criterion.call)
    if _move(criterion, list[Line](call.criteria.current()), stage_of(call), up=up):
        record(criterion, "criterion_moved", scope=call.programme_id, by=by)
    return criterion


@transaction.atomic
def remove_criterion(criterion: Criterion, *, seen: str, because: Words = NOTHING, by: Person) -> None:
    call = _locked(criterion.call)
    stage = stage_of(call)
    _refresh(criterion, seen)
    rules.check_may_remove_criterion(stage, because)
    record(criterion, What.CRITERION_REMOVED, scope=call.programme_id, by=by)
    _amend(call, stage, What.CRITERION_REMOVED, because, by)
    _take_out(criterion, stage)
    _number(call.criteria.current())


def _edit(
    line: Question | Criterion,
    fields: Mapping[str, object],
    *,
    what: Amendment.What,
    seen: str,
    because: Words,
    by: Person,
) -> None:
    call = _locked(line.call)
    _refresh(line, seen)
    before, after = line.facts, plain(fields)
    changed = [name for name, value in after.items() if value != before[name]]
    if not changed:
        return
    stage = stage_of(call)
    rules.check_may_edit_line(stage, before, after, because)
    for name in changed:
        setattr(line, name, fields[name])
    line.save(update_fields=changed)
    record(line, what, scope=call.programme_id, by=by, number=line.number, fields=changed)
    if because:
        _amend(call, stage, what, because, by)


def _move(line: Line, lines: list[Line], stage: rules.Stage, *, up: bool) -> bool:
    """Changes places with its neighbour; the first one stays where it is when moved up."""
    rules.check_not_over(stage)
    numbers = [one.pk for one in lines]
    rules.check_current(is_current=line.pk in numbers)
    here = numbers.index(line.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(lines):
        return False
    lines[here], lines[there] = lines[there], lines[here]
    _number(lines)
    line.number = there + 1
    return True


def _number(lines: Iterable[Line]) -> None:
    for number, line in enumerate(lines, start=1):
        if line.number != number:
            line.number = number
            line.save(update_fields=["number"])


def _take_out(line: Line, stage: rules.Stage) -> None:
    if stage is rules.Stage.AHEAD:
        line.delete()
        return
    line.retired_at = clock.now()
    line.save(update_fields=["retired_at"])


def _refresh(line: Line, seen: str) -> None:
    """As it is now, under the lock of its call: somebody may have changed or removed it since it was looked at."""
    try:
        line.refresh_from_db()
    except ObjectDoesNotExist as error:
        raise rules.gone() from error
    rules.check_current(is_current=line.retired_at is None)
    check_seen(seen, line.mark)


def _amend(call: Call, stage: rules.Stage, what: Amendment.What, because: Words, by: Person) -> Amendment | None:
    if stage is rules.Stage.AHEAD:
        return None
    return Amendment.objects.create(call=call, what=what, because=because, by=by, at=clock.now())


def _locked(call: Call) -> Call:
    return Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call.pk)
