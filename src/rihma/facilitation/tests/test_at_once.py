"""Two requests at the same instant, each in its own thread with its own connection."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection
from django.db.models import Sum

from rihma.base.refused import Refused
from rihma.canvases.models import Canvas
from rihma.facilitation import actions
from rihma.facilitation.models import Dots, Vote
from rihma.facilitation.tests.conftest import Put, Start
from tests.conftest import Cast

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 6


def refused_at_once(deeds: Sequence[Callable[[], object]]) -> list[str]:
    """The codes of those that were refused."""

    def run(deed: Callable[[], object]) -> str:
        try:
            deed()
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [code for code in pool.map(run, deeds) if code]


def test_nobody_overspends_by_pressing_everything_at_once(put: Put, start: Start, cast: Cast) -> None:
    items = [put(f"Item {n}") for n in range(AT_ONCE)]
    vote = start(budget=3, most=2)
    refused = refused_at_once([partial(actions.place_dot, vote, item.pk, by=cast["member"]) for item in items])
    assert refused == ["full"] * 3
    assert Dots.objects.aggregate(Sum("count"))["count__sum"] == 3


def test_one_item_takes_no_more_when_pressed_many_times_at_once(put: Put, start: Start, cast: Cast) -> None:
    item, vote = put(), start(budget=5, most=2)
    refused = refused_at_once([partial(actions.place_dot, vote, item.pk, by=cast["member"])] * AT_ONCE)
    assert refused == ["full"] * (AT_ONCE - 2)
    assert [dots.count for dots in Dots.objects.all()] == [2]


def test_two_who_start_a_vote_at_once_start_one(canvas: Canvas, cast: Cast) -> None:
    begin = partial(actions.start_vote, canvas, budget=3, most=1, results="at_once")
    refused = refused_at_once([partial(begin, by=cast[role]) for role in ("facilitator", "convener")])
    assert (refused, Vote.objects.count()) == (["stale"], 1)
