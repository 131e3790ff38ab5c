"""What is sent again, because its sender never heard that it was taken, is answered with its old number."""

from typing import Any
from uuid import uuid4

import pytest

from rihma.realtime.tests.conftest import Hand, Live, adding, operations
from rihma.site.tests.conftest import House, Serving

pytestmark = [pytest.mark.django_db, pytest.mark.req("R1")]


def test_server_that_was_started_since_answers_each_kind_of_operation_again(
    house: House, hand: Hand, serving: Serving
) -> None:
    live = Live(serving, hand, 1)
    added = adding()
    item = added["item"]
    sent: list[dict[str, Any]] = [
        added,
        {"verb": "set", "payload": {"text": "changed"}, "base": 1},
        {"verb": "move", "payload": {"zone": "able"}},
        {"verb": "mark", "payload": {"tag": "late"}},
        {"verb": "remove", "payload": {}},
        {"verb": "restore", "payload": {}},
    ]
    sent = [{"id": f"{uuid4()}:1", "item": item, "base": None, **one} for one in sent]
    with live.live() as raw:
        raw.send(operations(*sent))
        assert seqs_of(raw, len(sent)) == [1, 2, 3, 4, 5, 6]
    with house.serving(RIHMA_WORKER="0") as later:
        live.serving = later
        with live.live() as raw:
            raw.send(operations(*sent))
            assert seqs_of(raw, len(sent)) == [1, 2, 3, 4, 5, 6]
    assert live.do("head") == 6


def test_canvas_that_was_frozen_since_answers_it_again(live: Live, house: House) -> None:
    with live.live() as raw:
        raw.send(operations(sent := adding()))
        assert seqs_of(raw, 1) == [1]
    live.do("freeze")
    with house.serving(RIHMA_WORKER="0") as later:
        live.serving = later
        with live.live() as raw:
            raw.send(operations(sent, adding("too late")))
            assert [raw.next("ack")["seqs"], raw.next("refused")["code"]] == [[1], "closed"]


def seqs_of(raw: Any, count: int) -> list[int]:
    found: list[int] = []
    while len(found) < count:
        found += raw.next("ack")["seqs"]
    return found
