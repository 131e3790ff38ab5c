from dataclasses import dataclass
from datetime import date, time

from django.db import transaction

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.seen import check_seen, mark_of
from rihma.base.words import Words
from rihma.calls import rules
from rihma.calls.actions.amending import NOTHING, amend, locked
from rihma.calls.models import Amendment, Call, Intake
from rihma.calls.queries import intakes_of, is_announced, is_answered, stage_of
from rihma.history.actions import record
from rihma.programmes.models import Programme

What = Amendment.What


@dataclass(frozen=True)
class Stages:
    """What an owner says of the two stages of a call."""

    closes_on: date
    closes_at: time
    ideas_most: int
    idea_is_read: bool = True


@transaction.atomic
def set_stages(
    call: Call, stages: Stages, *, seen: str | None = None, because: Words = NOTHING, by: Person
) -> Amendment | None:
    """From now on the call takes in ideas first, until then; its closing is that of the whole applications."""
    call = locked(call)
    if seen is not None:
        check_seen(seen, mark_of(staging(call)))
    listed, stage, was = intakes_of(call), stage_of(call), staging(call)
    idea = listed[0] if call.is_staged else None
    _check_still_runs(call)
    if idea is None:
        rules.check_may_have_stages(cut_offs=len(listed) > 1, answered=_any_sent(listed))
    after = rules.Moment(stages.closes_on, stages.closes_at, call.programme.zone)
    before = idea.closing if idea else None
    rules.check_idea_closing(before, after, (call.opens, call.closes), stage=stage, now=clock.now())
    changed = stages.ideas_most != call.ideas_most
    rules.check_ideas_most(announced=is_announced(idea), changed=changed)
    if vars(stages) == was:
        return None
    rules.check_reason(stage, because)
    _write(call, stages, listed[-1], idea)
    record(call, "stages_set", scope=call.programme_id, by=by, moment=after.told)
    return amend(call, stage, What.STAGES, because, by)


@transaction.atomic
def drop_stages(call: Call, *, seen: str, because: Words = NOTHING, by: Person) -> Amendment | None:
    """One stage again, until the closing; drafts of ideas go on as drafts of the whole application."""
    call = locked(call)
    check_seen(seen, mark_of(staging(call)))
    listed, stage = intakes_of(call), stage_of(call)
    if not call.is_staged:
        return None
    _check_still_runs(call)
    rules.check_may_have_stages(cut_offs=False, answered=_any_sent(listed))
    rules.check_reason(stage, because)
    listed[0].delete()
    Intake.objects.filter(pk=listed[-1].pk).update(number=1)
    call.ideas_most = None
    call.save(update_fields=["ideas_most"])
    record(call, "stages_dropped", scope=call.programme_id, by=by)
    return amend(call, stage, What.STAGES, because, by)


def staging(call: Call) -> dict[str, object]:
    """What a form of it is filled from."""
    idea = call.intakes.exclude(closes_on=None).first() if call.is_staged else None
    return {
        "closes_on": idea.closes_on if idea else None,
        "closes_at": idea.closes_at if idea else None,
        "ideas_most": call.ideas_most,
        "idea_is_read": call.idea_is_read,
    }


def _write(call: Call, stages: Stages, last: Intake, idea: Intake | None) -> None:
    call.ideas_most, call.idea_is_read = stages.ideas_most, stages.idea_is_read
    call.save(update_fields=["ideas_most", "idea_is_read"])
    if idea is None:
        Intake.objects.filter(pk=last.pk).update(number=2)
        Intake.objects.create(call=call, number=1, closes_on=stages.closes_on, closes_at=stages.closes_at)
        return
    Intake.objects.filter(pk=idea.pk).update(closes_on=stages.closes_on, closes_at=stages.closes_at)


def _any_sent(listed: list[Intake]) -> bool:
    return any(is_answered(one) or is_announced(one) for one in listed)


def _check_still_runs(call: Call) -> None:
    rules.check_still_runs(closed=call.programme.state == Programme.State.CLOSED)
