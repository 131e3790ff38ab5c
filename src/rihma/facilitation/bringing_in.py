"""Votes that came with the data of a canvas: results that stand as they were counted, with nobody behind them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid5

import msgspec
from django.db import transaction

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.canvases import kinds
from rihma.canvases.doers import key_of
from rihma.canvases.models import Canvas
from rihma.facilitation import rules
from rihma.facilitation.actions import VOTES
from rihma.facilitation.models import Dots, Vote
from rihma.history.actions import record
from rihma.realtime.news import tell_news

MOST_VOTES = 100
# of a column in the database
MOST = 32_000
# Stands where the digest of a voter would, so that nobody is one.
NOBODY = "brought in"


class Result(msgspec.Struct):
    item: str
    dots: int


class Closed(msgspec.Struct):
    """A vote as a file tells of it."""

    id: str
    title: str = ""
    budget: int = 1
    most: int = 1
    zones: list[str] = []
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    voters: int = 0
    results: list[Result] = []


@transaction.atomic
def bring_in(canvas: Canvas, said: Sequence[Closed], came: Mapping[str, UUID], *, by: Person) -> int:
    """Closed, with the dots on what came along. Brought in twice it stands once."""
    votes = {uuid5(canvas.pk, one.id): one for one in said[:MOST_VOTES] if any(row.item in came for row in one.results)}
    known = set(Vote.objects.filter(pk__in=votes).values_list("pk", flat=True))
    made = [_vote(canvas, pk, one, by) for pk, one in votes.items() if pk not in known]
    Vote.objects.bulk_create(made)
    Dots.objects.bulk_create([dots for vote in made for dots in _dots(vote, votes[vote.pk], came)])
    if made:
        record(made[0], "votes_brought_in", scope=canvas.programme_id, thread=canvas.team_id, by=by, count=len(made))
        tell_news(key_of(canvas.pk), VOTES)
    return len(made)


def _vote(canvas: Canvas, pk: UUID, one: Closed, by: Person) -> Vote:
    kind, now = kinds.of(canvas), clock.now()
    budget = min(max(one.budget, 1), rules.MOST_DOTS)
    return Vote(
        pk=pk,
        canvas=canvas,
        title=rules.one_line(one.title),
        budget=budget,
        most=min(max(one.most, 1), budget),
        zones=[zone.key for zone in kind.zones if zone.key in one.zones] if kind else [],
        state=Vote.State.CLOSED,
        by=by,
        opened_at=_moment(one.opened_at, now),
        closed_at=_moment(one.closed_at, now),
        brought_in_voters=min(max(one.voters, 0), MOST),
    )


def _dots(vote: Vote, one: Closed, came: Mapping[str, UUID]) -> list[Dots]:
    counts = {came[row.item]: min(row.dots, MOST) for row in one.results if row.item in came and row.dots > 0}
    return [Dots(vote=vote, item_id=item, voter=NOBODY, count=count) for item, count in counts.items()]


def _moment(said: datetime | None, now: datetime) -> datetime:
    return min(said, now) if said and said.tzinfo else now
