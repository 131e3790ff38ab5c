"""A canvas on which people worked long ago, and time that passes until that is folded."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import serializers

from rihma.base import clock
from rihma.canvases import actions, trimming
from rihma.canvases.models import Canvas, Item, Operation, Stood
from rihma.canvases.types import Payload, Proposed, State
from tests.conftest import Cast
from tests.remembered import remembered

LONG_AGO = timedelta(days=500)
ITEMS = [UUID(int=n) for n in range(1, 5)]
STORY = "Maija has had diabetes since June"


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
@remembered
def old(canvas: Canvas, cast: Cast, now: datetime) -> Canvas:
    """A hundred and twenty changes of two people, all of them long ago; the fiftieth moment has a name."""
    with clock.at(now - LONG_AGO):
        for n in range(60):
            tell(canvas, cast, n)
        actions.take_snapshot(canvas, 50, name="Half way", by=cast["member"])
    canvas.refresh_from_db()
    assert canvas.head == 120
    return canvas


def tell(canvas: Canvas, cast: Cast, n: int) -> None:
    """Two changes of the same item: the convener adds and moves, the member writes and marks."""
    item, last = ITEMS[n % 4], Canvas.objects.get(pk=canvas.pk).head
    said: list[tuple[str, Payload]] = [
        ("move", {"zone": "wanted" if n % 3 else "able", "fields": {"importance": n % 100}})
    ]
    if n < 4:
        said = [("add", {"kind": "assumption", "zone": "wanted", "text": f"Item {n}", "lang": "en"})]
    change(canvas, cast["convener"], n, item, said, last)
    change(
        canvas,
        cast["member"],
        n,
        item,
        [("mark", {"tag": f"tag {n % 5}"}) if n % 2 else ("set", {"text": f"Said {n}"})],
        last,
    )


def change(canvas: Canvas, by: Any, n: int, item: UUID, said: list[tuple[str, Payload]], base: int) -> None:
    for applied in actions.apply(
        canvas, [Proposed(f"{by.pk.hex[:8]}:{n}", verb, item, payload, base) for verb, payload in said], by=by
    ):
        assert applied.refused is None


def standing(canvas: Canvas) -> dict[UUID, State]:
    return {item.pk: item.state for item in canvas.items.all()}


def folded(canvas: Canvas, now: datetime) -> Canvas:
    """Both turns, a day apart."""
    for later in (timedelta(), trimming.REST):
        trimming.trim(now + later)
    canvas.refresh_from_db()
    return canvas


def everywhere() -> str:
    return str(serializers.serialize("json", [*Item.objects.all(), *Operation.objects.all(), *Stood.objects.all()]))
