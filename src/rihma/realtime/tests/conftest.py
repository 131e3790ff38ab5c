"""A running server with canvases on it, a stage hand in its database, and sockets that say anything."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoDbBlocker

from rihma.client import Canvas
from rihma.realtime.tests.raw import Raw
from rihma.site.tests.conftest import House, Serving, built

ZONES = ("wanted", "able", "worth", "lawful")


class Hand:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        # those who ask in threads get each their own answer
        self.turn = threading.Lock()

    def do(self, what: str, **how: Any) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        with self.turn:
            self.process.stdin.write(json.dumps({"do": what, **how}) + "\n")
            self.process.stdin.flush()
            return json.loads(self.process.stdout.readline())


class Live:
    """One canvas on a running server."""

    def __init__(self, serving: Serving, hand: Hand, people: int) -> None:
        self.serving = serving
        self.hand = hand
        scene = hand.do("canvas", people=people)
        self.id: str = scene["id"]
        self.people: list[str] = scene["people"]
        self.tokens: list[str] = scene["tokens"]

    @property
    def path(self) -> str:
        return f"/ws/canvases/{self.id}"

    @property
    def port(self) -> int:
        return self.serving.port

    def socket(self, **headers: str | None) -> Raw:
        return Raw(self.port, self.path, headers)

    def ticket(self, who: int = 0, session: str = "") -> str:
        found: str = self.hand.do("ticket", canvas=self.id, person=self.people[who], session=session)
        return found

    def joined(self, who: int = 0, *, session: str = "", **hello: Any) -> Raw:
        """A socket that has been let in; its next message is what comes after the welcome."""
        raw = self.socket(Cookie=f"session={session}" if session else None)
        raw.send({"type": "hello", "v": 1, "ticket": self.ticket(who, session), **hello})
        raw.next("welcome")
        return raw

    def live(self, who: int = 0, **hello: Any) -> Raw:
        """One that has caught up, too."""
        raw = self.joined(who, **hello)
        raw.next("items", "operations")
        return raw

    def by_token(self, who: int = 0) -> Raw:
        """Let in with a ticket that a program was given."""
        raw = self.socket()
        raw.send({"type": "hello", "v": 1, "ticket": self.client_of(who)._ticket()["ticket"]})
        raw.next("items")
        return raw

    def client_of(self, who: int = 0, port: int = 0) -> Canvas:
        return Canvas(f"http://127.0.0.1:{port or self.port}", self.id, self.tokens[who])

    def client(self, who: int = 0, port: int = 0) -> Canvas:
        canvas = self.client_of(who, port)
        canvas.open()
        return canvas

    def do(self, what: str, **how: Any) -> Any:
        return self.hand.do(what, canvas=self.id, **how)

    def acked_as(self) -> set[tuple[str, int]]:
        return {(row["id"], row["seq"]) for row in self.do("log")}


def adding(text: str = "honest work", *, pk: str = "", item: str = "", **payload: Any) -> dict[str, Any]:
    """One operation that anybody may send."""
    said = {"kind": "assumption", "zone": "wanted", "text": text, "lang": "en", **payload}
    return {"id": pk or f"{uuid4()}:1", "verb": "add", "item": item or str(uuid4()), "payload": said, "base": None}


def operations(*sent: Any) -> dict[str, Any]:
    return {"type": "operations", "operations": list(sent)}


def wait(seconds: float) -> None:
    """For as long as what is tried has to last; never for something to be ready."""
    threading.Event().wait(max(0.0, seconds))


def stretched(seconds: float) -> float:
    """A bound is meant for cores that nobody else uses: where more wants to run than there are, it is as much longer."""
    return seconds * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


@contextmanager
def hand_in(house: House) -> Iterator[Hand]:
    with subprocess.Popen(
        [sys.executable, "-m", "rihma.realtime.tests.hand"],
        env={**house.variables, "PYTHONPATH": ":".join(sys.path)},
        cwd=house.data,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Hand(process)
        finally:
            process.kill()


@pytest.fixture(scope="package")
def house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    """One for all files here: each test has a canvas of its own."""
    with built(django_db_blocker) as house:
        yield house


@pytest.fixture(scope="package")
def hand(house: House) -> Iterator[Hand]:
    with hand_in(house) as hand:
        yield hand


@pytest.fixture(scope="package")
def serving(house: House) -> Iterator[Serving]:
    with house.serving(RIHMA_LIVE_PATIENCE="1", RIHMA_LIVE_WINDOWS="3", RIHMA_WORKER="0") as serving:
        yield serving


@pytest.fixture
def live(serving: Serving, hand: Hand) -> Live:
    return Live(serving, hand, 2)
