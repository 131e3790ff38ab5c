from collections.abc import Sequence
from uuid import UUID

from django.db import models, transaction

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.refused import Refused
from rihma.canvases import kinds, shown
from rihma.canvases.doers import key_of
from rihma.canvases.models import Canvas, Item
from rihma.canvases.rules import NO_LONGER_YOURS
from rihma.facilitation import rules
from rihma.facilitation.models import Dots, Focus, Timer, Vote
from rihma.facilitation.secrecy import voter_of
from rihma.guests.models import Guest
from rihma.history.actions import record
from rihma.realtime.news import tell_news

VOTES, TIMER, FOCUS = "votes", "timer", "focus"


@transaction.atomic
def start_vote(  # what a vote is, a name each
    canvas: Canvas, *, title: str = "", budget: int, most: int, results: str, zones: Sequence[str] = (), by: Person
) -> Vote:
    """From now on everybody who may write on the canvas may lay dots on it."""
    canvas = _locked(canvas, by)
    rules.check_may_start_vote(is_another_open=_is_open(canvas))
    rules.check_dots(budget, most)
    rules.check_zones(zones, _zones(canvas), "zones")
    vote = Vote.objects.create(
        canvas=canvas,
        title=rules.one_line(title),
        budget=budget,
        most=most,
        results=results,
        zones=list(zones),
        by=by,
        opened_at=clock.now(),
    )
    _record(vote, canvas, "vote_started", by, budget=budget)
    _tell(canvas.pk, VOTES)
    return vote


@transaction.atomic
def place_dot(vote: Vote, item: UUID, *, by: Person | Guest) -> None:
    """One dot more. Counted under the vote's lock, so that nobody lays more than they have, however fast."""
    vote = _locked_vote(vote, by)
    voter = voter_of(vote, by)
    mine = _take_back_gone(vote, voter)
    here = mine.get(item, 0)
    rules.check_may_place_dot(
        is_open=vote.is_open,
        votable=_is_votable(vote, Item.objects.filter(canvas=vote.canvas_id, pk=item).first()),
        left=vote.budget - sum(mine.values()),
        budget=vote.budget,
        here=here,
        most=vote.most,
    )
    Dots.objects.update_or_create(vote=vote, voter=voter, item_id=item, defaults={"count": here + 1})
    _tell_counts(vote, is_first=not mine)


@transaction.atomic
def take_dot(vote: Vote, item: UUID, *, by: Person | Guest) -> None:
    """One dot back."""
    vote = _locked_vote(vote, by)
    dots = vote.dots.filter(voter=voter_of(vote, by), item=item).first()
    rules.check_may_take_dot(is_open=vote.is_open, here=dots.count if dots else 0)
    if dots and dots.count > 1:
        dots.count -= 1
        dots.save(update_fields=["count"])
    elif dots:
        dots.delete()
    _tell_counts(vote, is_first=False)


@transaction.atomic
def close_vote(vote: Vote, *, by: Person) -> Vote:
    """Dots stay where they are, and everybody sees the results. Those on items that are gone count no more."""
    canvas, vote = _move(vote, Vote.State.CLOSED, by)
    gone = [item.pk for item in Item.objects.filter(canvas=canvas) if not _is_votable(vote, item)]
    vote.dots.filter(item__in=gone).delete()
    vote.closed_at = clock.now()
    vote.save(update_fields=["state", "closed_at"])
    _record(vote, canvas, "vote_closed", by, voters=vote.dots.values("voter").distinct().count())
    return vote


@transaction.atomic
def reopen_vote(vote: Vote, *, by: Person) -> Vote:
    """Everybody goes on with the dots they had."""
    canvas, vote = _move(vote, Vote.State.OPEN, by)
    vote.closed_at = None
    vote.save(update_fields=["state", "closed_at"])
    _record(vote, canvas, "vote_reopened", by)
    return vote


@transaction.atomic
def start_timer(canvas: Canvas, *, minutes: int, what_for: str = "", by: Person) -> Timer:
    canvas = _locked(canvas, by)
    now, before = clock.now(), Timer.objects.filter(canvas=canvas).first()
    rules.check_may_start_timer(minutes, before.ends_at if before else None, now)
    said = {"what_for": rules.one_line(what_for), "ends_at": now + minutes * rules.A_MINUTE, "by": by}
    timer, _new = Timer.objects.update_or_create(canvas=canvas, defaults=said)
    _record(timer, canvas, "timer_started", by, minutes=minutes)
    _tell(canvas.pk, TIMER)
    return timer


@transaction.atomic
def extend_timer(canvas: Canvas, *, by: Person) -> None:
    """A minute more."""
    canvas = _locked(canvas, by)
    timer = Timer.objects.filter(canvas=canvas).first()
    ends_at = rules.check_may_extend_timer(timer.ends_at if timer else None, clock.now())
    Timer.objects.filter(canvas=canvas).update(ends_at=ends_at)
    _record(Timer(canvas=canvas), canvas, "timer_extended", by)
    _tell(canvas.pk, TIMER)


@transaction.atomic
def stop_timer(canvas: Canvas, *, by: Person) -> None:
    """It is gone from every page. Stopped by two at once, it is stopped once."""
    canvas = _locked(canvas, by)
    timer = Timer.objects.filter(canvas=canvas).first()
    if timer:
        _record(timer, canvas, "timer_stopped", by)
        timer.delete()
        _tell(canvas.pk, TIMER)


@transaction.atomic
def focus(canvas: Canvas, zone: str, *, by: Person) -> Focus:
    """Every open page goes to this zone, unless its reader stays where they are."""
    canvas = _locked(canvas, by)
    rules.check_zones([zone], _zones(canvas), "zone")
    said = {"zone": zone, "by": by, "since": clock.now()}
    focus, _new = Focus.objects.update_or_create(canvas=canvas, defaults=said)
    _record(focus, canvas, "focused", by, zone=zone)
    _tell(canvas.pk, FOCUS)
    return focus


@transaction.atomic
def end_focus(canvas: Canvas, *, by: Person) -> None:
    canvas = _locked(canvas, by)
    focus = Focus.objects.filter(canvas=canvas).first()
    if focus:
        _record(focus, canvas, "focus_ended", by)
        focus.delete()
        _tell(canvas.pk, FOCUS)


def _locked(canvas: Canvas, by: Person) -> Canvas:
    """Rights are read under the lock: somebody who has just left the team leads nothing more."""
    locked = Canvas.objects.worked_by(by).select_for_update().filter(pk=canvas.pk).first()
    if locked is None:
        raise Refused("forbidden", NO_LONGER_YOURS)
    return locked


def _locked_vote(vote: Vote, by: Person | Guest) -> Vote:
    """Under the vote's own lock, so that a room that votes does not hold up those who write."""
    vote = Vote.objects.select_for_update().get(pk=vote.pk)
    if not Canvas.objects.worked_by(by).filter(pk=vote.canvas_id).exists():
        raise Refused("forbidden", NO_LONGER_YOURS)
    return vote


def _move(vote: Vote, to: Vote.State, by: Person) -> tuple[Canvas, Vote]:
    canvas = _locked(vote.canvas, by)
    vote = Vote.objects.select_for_update().get(pk=vote.pk)
    rules.check_may_move_vote(vote.state, to, is_another_open=_is_open(canvas), is_brought_in=vote.is_brought_in)
    vote.state = to
    _tell(canvas.pk, VOTES)
    return canvas, vote


def _is_open(canvas: Canvas) -> bool:
    return Vote.objects.open().filter(canvas=canvas).exists()


def _zones(canvas: Canvas) -> list[str]:
    kind = kinds.of(canvas)
    return [zone.key for zone in kind.zones] if kind else []


def _is_votable(vote: Vote, item: Item | None) -> bool:
    if item is None:
        return False
    kind = kinds.of(vote.canvas)
    if kind:
        shown.in_words_of_today(kind, item)
    return rules.is_votable(item.zone, vote.zones, is_gone=item.removed or item.hidden)


def _take_back_gone(vote: Vote, voter: str) -> dict[UUID, int]:
    """How many dots the voter has where; those on items that take none any more come back first."""
    mine = {row.item_id: row for row in vote.dots.filter(voter=voter).select_related("item")}
    gone = [row.pk for row in mine.values() if not _is_votable(vote, row.item)]
    vote.dots.filter(pk__in=gone).delete()
    return {item: row.count for item, row in mine.items() if row.pk not in gone}


def _tell_counts(vote: Vote, *, is_first: bool) -> None:
    """Where results are hidden, others see only that one more has voted: a room need not ask for each dot."""
    if vote.shows_results or is_first:
        _tell(vote.canvas_id, VOTES)


def _tell(canvas: UUID, topic: str) -> None:
    tell_news(key_of(canvas), topic)


def _record(thing: models.Model, canvas: Canvas, verb: str, by: Person, **data: object) -> None:
    record(thing, verb, scope=canvas.programme_id, thread=canvas.team_id, by=by, **data)
