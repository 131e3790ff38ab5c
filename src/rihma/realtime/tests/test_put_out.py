"""Whoever is sent out hears first what became of what they sent."""

from itertools import count
from typing import Any, cast

import msgspec
import pytest

from rihma.realtime import frames
from rihma.realtime.connection import Connection
from rihma.realtime.hub import Hub
from rihma.realtime.ledger import Outcome
from rihma.realtime.room import Room
from rihma.realtime.settings import Settings
from rihma.realtime.socket import Socket
from rihma.realtime.tests.conftest import adding, operations
from rihma.realtime.tests.test_forget import Clockwork


class Bell:
    def cancel(self) -> None: ...


class Hall:
    """A hub whose writer takes everything and answers nothing yet."""

    settings = Settings([])
    numbers = count(1)

    def __init__(self) -> None:
        self.loop = Clockwork()
        self.loop.call_later = lambda *_: Bell()  # type: ignore[method-assign,return-value,assignment]

    def submit(self, *_: object) -> None: ...


class Ear:
    """A wire that keeps what is said on it, by its type, and how it was closed."""

    is_full = False

    def __init__(self) -> None:
        self.heard: list[Any] = []

    def send(self, frame: bytes) -> None:
        self.heard.append(msgspec.json.decode(frame[frame.index(b"{") :])["type"])

    keep = send

    def close(self, code: int, _reason: str) -> None:
        self.heard.append(code)

    def hold(self) -> None: ...

    def read_on(self) -> None: ...


@pytest.fixture
def seat() -> tuple[Connection, Ear]:
    ear, hub = Ear(), cast("Hub", Hall())
    connection = Connection(hub, "canvases:x", cast("Socket", ear), 1)
    room = Room(hub, "canvases:x", 0)
    connection.go_live(room)
    room.join(connection)
    ear.heard.clear()
    return connection, ear


def test_refusal_comes_before_the_close(seat: tuple[Connection, Ear]) -> None:
    connection, ear = seat
    connection.received(msgspec.json.encode(operations(adding())))
    connection.put_out(frames.NOT_YOURS, "you may no longer see this")
    assert ear.heard == []
    connection.settled([Outcome("a:1", refusal=frames.Refusal("a:1", "forbidden", "no"))])
    assert ear.heard == ["refused", frames.NOT_YOURS]


def test_rows_that_come_meanwhile_are_not_told(seat: tuple[Connection, Ear]) -> None:
    connection, ear = seat
    connection.received(msgspec.json.encode(operations(adding())))
    room = connection.room
    connection.put_out(frames.NOT_YOURS, "you may no longer see this")
    assert room
    room.take([(1, b"{}")])
    assert ear.heard == []


def test_whoever_sent_nothing_is_out_at_once(seat: tuple[Connection, Ear]) -> None:
    connection, ear = seat
    connection.put_out(frames.NOT_YOURS, "you may no longer see this")
    assert ear.heard == [frames.NOT_YOURS]
