"""Whatever is sent is acknowledged, refused with a code, or ends its own socket with one. Others notice nothing."""

import copy
import json
import random
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from typing import Any

import pytest

from rihma.realtime.tests.conftest import Hand, Live, adding, operations, stretched
from rihma.realtime.tests.raw import CLOSE, PING, PONG, TEXT, Raw, frame
from rihma.site.tests.conftest import House, Serving

pytestmark = [pytest.mark.django_db, pytest.mark.req("R9", "S11", "S20")]

CODES = {1002, 1003, 4400, 4413}
A_BATCH = 50
NASTY: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 1e308, 2**53, 2**63, 2**64, -(2**70), 10**300),
    *("", " ", "x" * 5000, "\x00", "\ud800", "\u202e", "null", "__proto__", "constructor", "1' OR '1'='1", "🙂" * 900),
    *([], {}, [[]], [None] * 100, {"__proto__": {"polluted": 1}}, {"a": {"b": {"c": [{}] * 50}}}, {"": ""}),
)
BROKEN: tuple[Callable[[random.Random], bytes], ...] = (
    lambda chance: frame(TEXT, chance.randbytes(chance.randrange(300))),
    lambda chance: chance.randbytes(chance.randrange(6, 300)),
    lambda chance: frame(TEXT, b"[" * chance.randrange(1, 60_000)),
    lambda chance: frame(chance.randrange(16), b"x" * chance.randrange(200), last=chance.random() < 0.5),
    lambda chance: frame(TEXT, b"{}", reserved=chance.choice((0x10, 0x20, 0x40))),
    lambda chance: frame(TEXT, json.dumps({"type": chance.choice(NASTY)}).encode()),
    lambda chance: frame(TEXT, json.dumps(operations(adding())).encode()[: chance.randrange(1, 200)]),
)


@pytest.fixture(scope="module")
def serving(house: House) -> Iterator[Serving]:
    paces = {"RIHMA_LIVE_PER_SECOND": "100000", "RIHMA_LIVE_BURST": "100000"}
    with house.serving(RIHMA_WORKER="0", **paces) as serving:
        yield serving


def mutated(chance: random.Random, item: str) -> dict[str, Any]:
    """An operation with one or two things wrong with it, or with nothing."""
    operation: dict[str, Any] = copy.deepcopy(
        chance.choice(
            (
                adding(),
                {"id": f"x:{chance.random()}", "verb": "set", "item": item, "payload": {"text": "y"}, "base": 1},
                {
                    "id": f"x:{chance.random()}",
                    "verb": "move",
                    "item": item,
                    "payload": {"zone": "able", "order": "a1"},
                },
                {"id": f"x:{chance.random()}", "verb": "remove", "item": item},
                {"id": f"x:{chance.random()}", "verb": "restore", "item": item},
            )
        )
    )
    for _ in range(chance.randrange(3)):
        where = chance.choice((operation, operation.setdefault("payload", {})))
        if not isinstance(where, dict):
            continue
        name = chance.choice((*where, "fields", "settles", "kind", "lang", "extra", "__proto__"))
        if chance.random() < 0.2:
            where.pop(name, None)
        else:
            where[name] = copy.deepcopy(chance.choice(NASTY))
    return operation


def batch(chance: random.Random, item: str, count: int) -> bytes:
    """Many frames that may be refused, and sometimes one that ends it."""
    frames = []
    for _ in range(count):
        sent = [mutated(chance, item) for _ in range(chance.randrange(1, 3))]
        frames.append(frame(TEXT, json.dumps(operations(*sent)).encode("utf-8", "surrogatepass")))
    if chance.random() < 0.3:
        frames.append(chance.choice(BROKEN)(chance))
    return b"".join(frames)


def attack(live: Live, chance: random.Random, cases: int, at_once: int = A_BATCH) -> float:
    """How long an honest person waited for an acknowledgement at most."""
    slowest = 0.0
    with live.live(1) as honest:
        honest.send(operations(first := adding()))
        honest.next("ack")
        for _ in range(cases // at_once):
            with live.live() as raw:
                raw.put(batch(chance, first["item"], at_once))
                began = time.monotonic()
                # In a zone of their own, because the others fill theirs.
                honest.send(operations(sent := adding(zone="lawful")))
                assert honest.next("ack")["ids"] == [sent["id"]]
                slowest = max(slowest, time.monotonic() - began)
                # What looked like a closing frame was answered, and what came behind it is not read.
                with suppress(ConnectionError):
                    ending(raw)
    return slowest


def ending(raw: Raw) -> None:
    """Either it still answers, or it was closed with a code."""
    raw.frame(PING, b"still there?")
    while True:
        kind, body = raw.next_frame()
        if (kind, body) == (PONG, b"still there?"):
            return
        if kind == CLOSE:
            assert int.from_bytes(body[:2]) in CODES
            return
        if kind == TEXT:
            said = json.loads(body)
            assert said["type"] in {"ack", "refused", "operations", "presence", "items"}
            assert said.get("code") not in {"storage", "slow"}


def test_ten_thousand_wrong_frames_harm_nobody(serving: Serving, hand: Hand) -> None:
    assert attack(Live(serving, hand, 2), random.Random(1), 10_000, 250) < stretched(1)
    assert serving.process.poll() is None


@pytest.mark.long
def test_two_hundred_thousand_wrong_frames_harm_nobody(serving: Serving, hand: Hand) -> None:
    before = serving.resources.memory_info().rss
    for seed in range(40):
        assert attack(Live(serving, hand, 2), random.Random(seed), 5000, 250) < stretched(1), seed
    assert serving.resources.memory_info().rss - before < 60 * 1024**2


@pytest.mark.long
def test_wrong_operations_by_http_are_answered_below_500(serving: Serving, hand: Hand) -> None:
    live, chance = Live(serving, hand, 1), random.Random(7)
    headers = {"Authorization": f"Bearer {live.tokens[0]}", "Content-Type": "application/json"}
    with closing(serving.line()) as line:
        for _ in range(2000):
            one = mutated(chance, "6f9d4f8e-94a1-4f4e-8a51-7d0a8d1c3b10")
            said = one.pop("payload", None)
            body = {"operations": [{**one, **(said if isinstance(said, dict) else {})}]}
            line.request("POST", f"/api/v1/canvases/{live.id}/operations", json.dumps(body), headers)
            response = line.getresponse()
            response.read()
            assert response.status < 500, body
