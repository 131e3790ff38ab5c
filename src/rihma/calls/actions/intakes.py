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


@transaction.atomic
def add_cut_off(
    call: Call, *, closes_on: date, closes_at: time, because: Words = NOTHING, by: Person
) -> Amendment | None:
    """One more; after the last one it prolongs the call, and what has arrived still counts for what was the last."""
    call = locked(call)
    new = rules.Moment(closes_on, closes_at, call.programme.zone)
    rules.check_may_have_cut_offs(staged=call.is_staged)
    listed = intakes_of(call)
    after = next((one for one in listed if one.closes > new.instant), None)
    rules.check_still_runs(closed=call.programme.state == Programme.State.CLOSED)
    rules.check_may_add_cut_off(
        new,
        [one.closing for one in listed],
        opens=call.opens,
        answered=after is not None and _is_used(after),
        now=clock.now(),
    )
    stage = stage_of(call)
    if after is None:
        last, number = listed[-1], len(listed) + 1
        Intake.objects.filter(pk=last.pk).update(closes_on=call.closes_on, closes_at=call.closes_at)
        call.closes_on, call.closes_at = closes_on, closes_at
        call.save(update_fields=["closes_on", "closes_at"])
        Intake.objects.create(call=call, number=number)
    else:
        number = after.number
        for one in reversed(listed[number - 1 :]):
            Intake.objects.filter(pk=one.pk).update(number=one.number + 1)
        Intake.objects.create(call=call, number=number, closes_on=closes_on, closes_at=closes_at)
    record(call, "cut_off_added", scope=call.programme_id, by=by, moment=new.told)
    return amend(call, stage, What.CUT_OFF, because, by)


@transaction.atomic
def move_cut_off(
    intake: Intake, *, seen: str, closes_on: date, closes_at: time, because: Words = NOTHING, by: Person
) -> Amendment | None:
    """Another moment for one before the last; the last moves with the closing of the call (`set_times`)."""
    call, intake, listed = _found(intake)
    before, after = intake.closing, rules.Moment(closes_on, closes_at, call.programme.zone)
    check_seen(seen, mark(intake))
    if after == before:
        return None
    stage, place = stage_of(call), intake.number - 1
    earliest = listed[place - 1].closes if place else call.opens
    around = earliest, listed[place + 1].closes
    rules.check_still_runs(closed=call.programme.state == Programme.State.CLOSED)
    rules.check_may_move_cut_off(before, after, around, stage=stage, now=clock.now(), because=because)
    intake.closes_on, intake.closes_at = closes_on, closes_at
    intake.save(update_fields=["closes_on", "closes_at"])
    record(call, "cut_off_moved", scope=call.programme_id, by=by, before=before.told, after=after.told)
    return amend(call, stage, What.CUT_OFF, because, by)


@transaction.atomic
def remove_cut_off(intake: Intake, *, seen: str, because: Words = NOTHING, by: Person) -> Amendment | None:
    """Whoever writes for it writes for the next one; without the last one the call closes at the one before."""
    call, intake, listed = _found(intake)
    check_seen(seen, mark(intake))
    before = listed[intake.number - 2] if intake.is_last and len(listed) > 1 else None
    stage = stage_of(call)
    rules.check_still_runs(closed=call.programme.state == Programme.State.CLOSED)
    rules.check_may_remove_cut_off(
        intake.closes,
        only=len(listed) == 1,
        answered=_is_used(intake),
        closes_then=before.closes if before else None,
        stage=stage,
        now=clock.now(),
        because=because,
    )
    told = intake.closing.told
    intake.delete()
    if before and before.closes_on and before.closes_at is not None:
        call.closes_on, call.closes_at = before.closes_on, before.closes_at
        call.save(update_fields=["closes_on", "closes_at"])
        Intake.objects.filter(pk=before.pk).update(closes_on=None, closes_at=None)
    for one in listed[intake.number :]:
        Intake.objects.filter(pk=one.pk).update(number=one.number - 1)
    record(call, "cut_off_removed", scope=call.programme_id, by=by, moment=told)
    return amend(call, stage, What.CUT_OFF, because, by)


@transaction.atomic
def count_places(
    call: Call, *, places_each: bool, may_try_again: bool, seats_together: bool = False, seen: str, by: Person
) -> Call:
    """Whether each cut-off has places and seats of its own, and whether those not chosen are told to send anew."""
    call = locked(call)
    check_seen(seen, mark_of(counting(call)))
    after = {"places_each": places_each, "seats_together": seats_together, "may_try_again": may_try_again}
    if counting(call) != after:
        call.places_each, call.may_try_again, call.seats_together = places_each, may_try_again, seats_together
        call.save(update_fields=after)
        record(call, "places_counted", scope=call.programme_id, by=by)
    return call


def counting(call: Call) -> dict[str, object]:
    """What a form of it is filled from."""
    return {name: getattr(call, name) for name in ("places_each", "seats_together", "may_try_again")}


def mark(intake: Intake) -> str:
    return mark_of({"closes": intake.closing.told})


def _is_used(intake: Intake) -> bool:
    return is_answered(intake) or is_announced(intake)


def _found(intake: Intake) -> tuple[Call, Intake, list[Intake]]:
    """Looked up anew under the lock of its call, because numbers and moments may have changed meanwhile."""
    call = locked(intake.call)
    listed = intakes_of(call)
    return call, next(one for one in listed if one.pk == intake.pk), listed
