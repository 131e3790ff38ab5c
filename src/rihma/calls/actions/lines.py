"""What sections, questions and criteria have in common when they change."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ObjectDoesNotExist

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.seen import check_seen
from rihma.base.words import Words
from rihma.calls import rules
from rihma.calls.actions.amending import amend, locked
from rihma.calls.models import Amendment, Call, Criterion, Line, Question, Section, plain
from rihma.calls.queries import criteria_stage_of, question_stage_of, stage_of
from rihma.history.actions import record


def edit_line(
    line: Question | Criterion | Section,
    fields: Mapping[str, object],
    *,
    what: Amendment.What,
    seen: str,
    because: Words,
    by: Person,
) -> None:
    call = locked(line.call)
    refresh(line, seen)
    before, given = line.facts, plain(fields)
    changed = [name for name, value in given.items() if value != before[name]]
    if not changed:
        return
    after = {**before, **given}
    stage = _stage_of(line, call, before, after)
    rules.check_may_edit_line(stage, before, after, because)
    for name in changed:
        setattr(line, name, fields[name])
    line.save(update_fields=changed)
    record(line, what, scope=call.programme_id, by=by, number=line.number, fields=changed)
    if because:
        amend(call, stage, what, because, by)


def _stage_of(
    line: Question | Criterion | Section, call: Call, before: Mapping[str, object], after: Mapping[str, object]
) -> rules.Stage:
    if isinstance(line, Question):
        return question_stage_of(call, str(before["asked_in"]), str(after["asked_in"]))
    return criteria_stage_of(call) if isinstance(line, Criterion) else stage_of(call)


def move_line(line: Line, lines: list[Line], stage: rules.Stage, *, up: bool) -> bool:
    """Changes places with its neighbour; the first one stays where it is when moved up."""
    rules.check_not_over(stage)
    numbers = [one.pk for one in lines]
    rules.check_current(is_current=line.pk in numbers)
    here = numbers.index(line.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(lines):
        return False
    lines[here], lines[there] = lines[there], lines[here]
    number_lines(lines)
    line.number = there + 1
    return True


def number_lines(lines: Iterable[Line]) -> None:
    for number, line in enumerate(lines, start=1):
        if line.number != number:
            line.number = number
            line.save(update_fields=["number"])


def take_out(line: Line, stage: rules.Stage) -> None:
    if stage is rules.Stage.AHEAD:
        line.delete()
        return
    line.retired_at = clock.now()
    line.save(update_fields=["retired_at"])


def refresh(line: Line, seen: str) -> None:
    """As it is now, under the lock of its call: somebody may have changed or removed it since it was looked at."""
    try:
        line.refresh_from_db()
    except ObjectDoesNotExist as error:
        raise rules.gone() from error
    rules.check_current(is_current=line.retired_at is None)
    check_seen(seen, line.mark)
