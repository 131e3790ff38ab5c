from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status
from pydantic import WithJsonSchema

from rihma.accounts.api import person_auth
from rihma.accounts.http import PersonRequest
from rihma.accounts.models import Person
from rihma.canvases.access import Who, who_asks
from rihma.canvases.models import Canvas
from rihma.facilitation import actions, queries, rules
from rihma.facilitation.models import Focus, Timer, Vote
from rihma.guests.api import GuestAuth

router = Router(tags=["working together"], auth=[*person_auth("canvases"), GuestAuth()])


class VoteIn(Schema):
    """A new round. `most`: dots on one item. `zones`: keys, none for all."""

    title: str = Field("", max_length=rules.LONGEST_TITLE)
    budget: int
    most: int
    results: Vote.Results = Vote.Results.WHEN_CLOSED
    zones: list[str] = []


class ResultOut(Schema):
    rank: int
    item: UUID
    dots: int


class VoteOut(Schema):
    """`mine`: your own dots by item. `outcome` is null as long as it is not shown to anybody."""

    id: UUID
    title: str
    state: Annotated[Vote.State, WithJsonSchema({"type": "string", "enum": Vote.State.values})]
    budget: int
    most: int
    results: Vote.Results
    zones: list[str]
    voters: int
    left: int
    mine: dict[str, int]
    outcome: list[ResultOut] | None


class DotIn(Schema):
    item: UUID


class TimerIn(Schema):
    minutes: int
    what_for: str = Field("", max_length=rules.LONGEST_TITLE)


class TimerOut(Schema):
    what_for: str
    ends_at: datetime


class FocusIn(Schema):
    zone: str = Field(max_length=40)


class FocusOut(Schema):
    zone: str
    since: datetime


@router.get("/{canvas_id}/votes", response=list[VoteOut])
def votes(request: PersonRequest, canvas_id: UUID) -> list[dict[str, object]]:
    """The votes on a canvas, the open one first. Nothing says who voted for what."""
    canvas, who = _seen(request, canvas_id)
    return [_vote(vote, canvas, who) for vote in canvas.votes.counted().newest_first()]


@router.post("/{canvas_id}/votes", response=VoteOut)
def start_vote(request: PersonRequest, canvas_id: UUID, sent: VoteIn) -> dict[str, object]:
    canvas, person = _led(request, canvas_id)
    vote = actions.start_vote(canvas, **sent.model_dump(), by=person)
    return _answer(vote.pk, canvas, person)


@router.get("/{canvas_id}/votes/{vote_id}", response=VoteOut)
def vote(request: PersonRequest, canvas_id: UUID, vote_id: UUID) -> dict[str, object]:
    canvas, who = _seen(request, canvas_id)
    return _answer(vote_id, canvas, who)


@router.post("/{canvas_id}/votes/{vote_id}/close", response=VoteOut)
def close_vote(request: PersonRequest, canvas_id: UUID, vote_id: UUID) -> dict[str, object]:
    canvas, person = _led(request, canvas_id)
    actions.close_vote(get_object_or_404(canvas.votes, pk=vote_id), by=person)
    return _answer(vote_id, canvas, person)


@router.post("/{canvas_id}/votes/{vote_id}/reopen", response=VoteOut)
def reopen_vote(request: PersonRequest, canvas_id: UUID, vote_id: UUID) -> dict[str, object]:
    canvas, person = _led(request, canvas_id)
    actions.reopen_vote(get_object_or_404(canvas.votes, pk=vote_id), by=person)
    return _answer(vote_id, canvas, person)


@router.post("/{canvas_id}/votes/{vote_id}/place", response=VoteOut)
def place_dot(request: PersonRequest, canvas_id: UUID, vote_id: UUID, sent: DotIn) -> dict[str, object]:
    """One dot more of yours on this item."""
    canvas, who = _worked(request, canvas_id)
    actions.place_dot(get_object_or_404(canvas.votes, pk=vote_id), sent.item, by=who)
    return _answer(vote_id, canvas, who)


@router.post("/{canvas_id}/votes/{vote_id}/take", response=VoteOut)
def take_dot(request: PersonRequest, canvas_id: UUID, vote_id: UUID, sent: DotIn) -> dict[str, object]:
    """One dot of yours back from this item."""
    canvas, who = _worked(request, canvas_id)
    actions.take_dot(get_object_or_404(canvas.votes, pk=vote_id), sent.item, by=who)
    return _answer(vote_id, canvas, who)


@router.get("/{canvas_id}/timer", response=TimerOut | None)
def timer(request: PersonRequest, canvas_id: UUID) -> Timer | None:
    """The timer that runs or has just run out; null where there is none."""
    canvas, who = _seen(request, canvas_id)
    return queries.around(request, canvas, who).timer


@router.post("/{canvas_id}/timer", response=TimerOut)
def start_timer(request: PersonRequest, canvas_id: UUID, sent: TimerIn) -> Timer:
    canvas, person = _led(request, canvas_id)
    return actions.start_timer(canvas, minutes=sent.minutes, what_for=sent.what_for, by=person)


@router.post("/{canvas_id}/timer/extend", response=TimerOut)
def extend_timer(request: PersonRequest, canvas_id: UUID) -> Timer:
    canvas, person = _led(request, canvas_id)
    actions.extend_timer(canvas, by=person)
    return Timer.objects.get(canvas=canvas)


@router.delete("/{canvas_id}/timer", response={204: None})
def stop_timer(request: PersonRequest, canvas_id: UUID) -> Status[None]:
    canvas, person = _led(request, canvas_id)
    actions.stop_timer(canvas, by=person)
    return Status(204, None)


@router.get("/{canvas_id}/focus", response=FocusOut | None)
def focus(request: PersonRequest, canvas_id: UUID) -> Focus | None:
    """The zone that everybody is asked to look at; null where there is none."""
    canvas, who = _seen(request, canvas_id)
    return queries.around(request, canvas, who).focus


@router.put("/{canvas_id}/focus", response=FocusOut)
def set_focus(request: PersonRequest, canvas_id: UUID, sent: FocusIn) -> Focus:
    canvas, person = _led(request, canvas_id)
    return actions.focus(canvas, sent.zone, by=person)


@router.delete("/{canvas_id}/focus", response={204: None})
def end_focus(request: PersonRequest, canvas_id: UUID) -> Status[None]:
    canvas, person = _led(request, canvas_id)
    actions.end_focus(canvas, by=person)
    return Status(204, None)


def _seen(request: PersonRequest, canvas_id: UUID) -> tuple[Canvas, Who]:
    who = who_asks(request, canvas_id)
    return get_object_or_404(Canvas.objects.seen_by(who), pk=canvas_id), who or request.user


def _worked(request: PersonRequest, canvas_id: UUID) -> tuple[Canvas, Who]:
    who = who_asks(request, canvas_id)
    return get_object_or_404(Canvas.objects.worked_by(who), pk=canvas_id), who or request.user


def _led(request: PersonRequest, canvas_id: UUID) -> tuple[Canvas, Person]:
    """Guests take part, those with an account lead."""
    who = who_asks(request, canvas_id)
    person = who if isinstance(who, Person) else None
    return get_object_or_404(Canvas.objects.worked_by(person), pk=canvas_id), person or request.user


def _answer(vote_id: UUID, canvas: Canvas, who: Who) -> dict[str, object]:
    return _vote(get_object_or_404(Vote.objects.counted(), canvas=canvas, pk=vote_id), canvas, who)


def _vote(vote: Vote, canvas: Canvas, who: Who) -> dict[str, object]:
    standing = queries.standing(vote, canvas, who)
    names = ("id", "title", "state", "budget", "most", "results", "zones", "voters")
    outcome = [{"rank": row.rank, "item": row.item.pk, "dots": row.count} for row in standing.rows]
    return {name: getattr(vote, name) for name in names} | {
        "left": standing.left,
        "mine": {str(item): count for item, count in standing.mine.items()},
        "outcome": outcome if vote.shows_results else None,
    }
