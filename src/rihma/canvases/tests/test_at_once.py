"""Two requests at the same instant, each in its own thread with its own connection."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import UUID, uuid4

import pytest
from django.db import connection

from rihma.canvases import actions, log
from rihma.canvases.desk import Applied
from rihma.canvases.models import Canvas, Item
from rihma.canvases.types import Payload, Proposed
from tests.conftest import Cast

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 6


def adding(client_id: str, item: UUID) -> Proposed:
    said: Payload = {"kind": "assumption", "zone": "able", "text": "At once", "lang": "en"}
    return Proposed(client_id, "add", item, said)


def at_once(deeds: list[Callable[[], list[Applied]]]) -> list[Applied]:
    def run(deed: Callable[[], list[Applied]]) -> list[Applied]:
        try:
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [applied for answer in pool.map(run, deeds) for applied in answer]


def test_page_sent_twice_at_the_same_instant_takes_effect_once(canvas: Canvas, cast: Cast) -> None:
    proposed = adding("page:1", uuid4())
    answers = at_once([lambda: actions.apply(canvas, [proposed], by=cast["member"])] * AT_ONCE)

    assert {answer.operation.seq for answer in answers if answer.operation} == {1}
    assert sorted(answer.again for answer in answers) == [False] + [True] * (AT_ONCE - 1)
    assert Item.objects.count() == 1


def test_operations_of_many_at_once_stand_in_one_order_without_gaps(canvas: Canvas, cast: Cast) -> None:
    sent = [[adding(f"d{device}:{n}", uuid4()) for n in range(3)] for device in range(AT_ONCE)]
    at_once([partial(actions.apply, canvas, batch, by=cast["member"]) for batch in sent])

    rows = list(canvas.operations.order_by("seq"))
    assert [row.seq for row in rows] == list(range(1, 3 * AT_ONCE + 1))
    assert log.replay(rows) == {item.pk: item.state for item in canvas.items.all()}
    canvas.refresh_from_db()
    assert canvas.head == 3 * AT_ONCE
