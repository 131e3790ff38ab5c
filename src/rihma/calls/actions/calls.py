from typing import Unpack

from django.db import transaction

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.seen import check_seen
from rihma.base.words import Words
from rihma.calls import rules
from rihma.calls.actions.amending import NOTHING, amend, locked
from rihma.calls.models import Amendment, Call, Intake
from rihma.calls.queries import intakes_of, is_announced, stage_of
from rihma.calls.types import Texts, TimeFields
from rihma.history.actions import record
from rihma.programmes import actions as programmes
from rihma.programmes.models import Programme

What = Amendment.What


@transaction.atomic
def create(programme: Programme, *, by: Person, **fields: object) -> Call:
    """The call of a programme that was made in pages; one made from a file brings its own."""
    rules.check_none_yet(has_call=Call.objects.filter(programme=programme).exists())
    call = Call(programme=programme, **fields)
    rules.check_times(call.times)
    rules.check_places(call.teams_min, call.teams_max)
    call.save()
    Intake.objects.create(call=call)
    record(call, "drafted", scope=programme.pk, by=by)
    return call


@transaction.atomic
def edit(call: Call, *, seen: str, by: Person, **texts: Unpack[Texts]) -> Call:
    """The texts around the questions; what people plan by has verbs of its own."""
    call = locked(call)
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
    call = locked(call)
    before = call.times
    check_seen(seen, before.mark)
    after = rules.times_of(**fields, zone=call.programme.zone)
    if after == before:
        return None
    rules.check_still_runs(closed=call.programme.state == Programme.State.CLOSED)
    rules.check_not_announced(announced=is_announced(call.last_intake))
    cut_offs = [one.closing for one in intakes_of(call)[:-1]]
    rules.check_after_cut_offs(after.closing, cut_offs, staged=call.is_staged)
    rules.check_before_cut_offs(after.opens, cut_offs, staged=call.is_staged)
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
    return amend(call, stage, What.CLOSING, because, by)


@transaction.atomic
def set_rules(call: Call, requirements: rules.Requirements, *, seen: str, because: Words = NOTHING, by: Person) -> Call:
    """What each team must have, and how many teams there are places for."""
    call = locked(call)
    before = call.requirements
    check_seen(seen, before.mark)
    if requirements == before:
        return call
    stage = stage_of(call)
    questions = dict(call.questions.current().values_list("key", "kind"))
    rules.check_may_set_rules(stage, before, requirements, because, questions)
    eligibility = {**call.programme.eligibility, **requirements.eligibility}
    call.programme = programmes.edit(call.programme, by=by, eligibility=eligibility, own_rules=requirements.own_rows)
    call.teams_min, call.teams_max = requirements.teams_min, requirements.teams_max
    call.save(update_fields=["teams_min", "teams_max"])
    record(call, What.RULES, scope=call.programme_id, by=by, fields=requirements.differing(before))
    if because:
        amend(call, stage, What.RULES, because, by)
    return call
