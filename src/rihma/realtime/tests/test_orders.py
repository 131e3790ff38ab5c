"""Any frames in any order: each socket goes on or is closed with a code of the document, and nobody else notices."""

import json
import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from rihma.realtime.tests.conftest import Hand, Live, adding, operations
from rihma.realtime.tests.raw import BINARY, CLOSE, PING, PONG, TEXT, Raw, frame
from rihma.site.tests.conftest import Serving

pytestmark = [pytest.mark.django_db, pytest.mark.req("S11")]

MIB = 1024**2
CODES = {1002, 1003, 4400, 4401, 4403, 4408, 4413, 4429}
FRAMES: dict[str, Callable[[str], bytes]] = {
    "hello": lambda ticket: said({"type": "hello", "v": 1, "ticket": ticket}),
    "hello of another version": lambda ticket: said({"type": "hello", "v": 2, "ticket": ticket}),
    "hello with a made-up ticket": lambda _ticket: said({"type": "hello", "v": 1, "ticket": "x" * 43}),
    "hello from before": lambda ticket: said({"type": "hello", "v": 1, "ticket": ticket, "after": 10**9, "queued": 3}),
    "operations": lambda _ticket: said(operations(adding())),
    "no operations": lambda _ticket: said(operations()),
    "presence": lambda _ticket: said({"type": "presence", "state": {"at": 1}}),
    "ping": lambda _ticket: said({"type": "ping", "n": 1}),
    "what only a server says": lambda _ticket: said({"type": "ack", "ids": [], "seqs": []}),
    "nothing": lambda _ticket: frame(TEXT, b""),
    "bytes": lambda _ticket: frame(BINARY, b"{}"),
    "compressed": lambda _ticket: frame(TEXT, b"{}", reserved=0x40),
    "ping of the wire": lambda _ticket: frame(PING, b"x"),
    "answer that nobody waits for": lambda _ticket: frame(PONG, b"x"),
}
# More of what is right than of what ends it at once, so that the orders go deep.
LIKELY = [*FRAMES, *["hello", "operations", "presence", "ping", "ping of the wire"] * 4]


def said(message: Any) -> bytes:
    return frame(TEXT, json.dumps(message).encode())


def try_orders(serving: Serving, live: Live, count: int) -> None:
    before = serving.resources.memory_info().rss
    with live.live(1) as honest:
        for seed in range(count):
            chance = random.Random(seed)
            order = [chance.choice(LIKELY) for _ in range(chance.randrange(1, 12))]
            with live.socket() as raw:
                try_one(raw, [FRAMES[name](live.ticket()) if "hello" in name else FRAMES[name]("") for name in order])
            honest.send({"type": "ping", "n": seed})
            assert honest.next("pong")["n"] == seed, order
        honest.send(operations(sent := adding(zone="lawful")))
        assert honest.next("ack")["ids"] == [sent["id"]]
    assert serving.resources.memory_info().rss - before <= 10 * MIB


def try_one(raw: Raw, order: list[bytes]) -> None:
    with suppress(ConnectionError):
        raw.put(b"".join(order))
        raw.frame(PING, b"still there?")
    with suppress(ConnectionError):
        while (answer := raw.next_frame()) != (PONG, b"still there?"):
            if answer[0] == CLOSE:
                assert int.from_bytes(answer[1][:2]) in CODES
                return


def test_fifty_orders_of_frames_end_with_a_code_or_go_on(serving: Serving, hand: Hand) -> None:
    try_orders(serving, Live(serving, hand, 2), 50)


@pytest.mark.long
def test_thousand_orders_of_frames_end_with_a_code_or_go_on(serving: Serving, hand: Hand) -> None:
    try_orders(serving, Live(serving, hand, 2), 1000)


def test_flood_of_pings_costs_nobody_else_anything(serving: Serving, live: Live) -> None:
    before = serving.resources.memory_info().rss
    with live.live() as raw, live.live(1) as honest:
        for _ in range(20):
            raw.put(frame(PING, b"x" * 125) * 500 + said({"type": "ping", "n": 1}) * 100)
            honest.send(operations(sent := adding()))
            assert honest.next("ack")["ids"] == [sent["id"]]
            for _ in range(100):
                raw.next("pong")
    assert serving.resources.memory_info().rss - before <= 10 * MIB
