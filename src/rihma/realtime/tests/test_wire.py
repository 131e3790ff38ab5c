"""What the wire itself refuses (RFC 6455): the code is right, and those who did nothing wrong notice nothing."""

from collections.abc import Callable, Iterator

import pytest

from rihma.realtime.tests.conftest import Live, adding, operations
from rihma.realtime.tests.raw import BINARY, CLOSE, PING, PONG, TEXT, Raw, frame

pytestmark = [pytest.mark.django_db, pytest.mark.req("R9", "S11")]

LONGEST = 64 * 1024
HELLO = b'{"type":"ping","n":1}'

WRONG: dict[str, tuple[int, Callable[[], bytes]]] = {
    "no mask": (1002, lambda: frame(TEXT, HELLO, masked=False)),
    "reserved bits": (1002, lambda: frame(TEXT, HELLO, reserved=0x40)),
    "unknown kind": (1002, lambda: frame(3, HELLO)),
    "unknown control": (1002, lambda: frame(11, HELLO)),
    "unknown kind inside a message": (1002, lambda: frame(TEXT, HELLO[:5], last=False) + frame(3, HELLO[5:])),
    "goes on with nothing": (1002, lambda: frame(0, HELLO)),
    "begins twice": (1002, lambda: frame(TEXT, HELLO[:5], last=False) + frame(TEXT, HELLO)),
    "long ping": (1002, lambda: frame(PING, bytes(126))),
    "ping in parts": (1002, lambda: frame(PING, b"x", last=False)),
    "long close": (1002, lambda: frame(CLOSE, bytes(200))),
    "binary": (1003, lambda: frame(BINARY, HELLO)),
    "one byte too long": (4413, lambda: frame(TEXT, b" " * (LONGEST + 1))),
    "16 MiB": (4413, lambda: frame(TEXT, bytes(16))[:1] + b"\xff" + (16 * 1024**2).to_bytes(8) + bytes(65536)),
    "2^63 bytes": (4413, lambda: b"\x81\xff" + (2**63 - 1).to_bytes(8) + bytes(4)),
    "too long in parts": (
        4413,
        lambda: b"".join(frame(TEXT if n == 0 else 0, bytes(9000), last=False) for n in range(8)),
    ),
    "empty": (4400, lambda: frame(TEXT, b"")),
    "no JSON": (4400, lambda: frame(TEXT, b"hello")),
    "no UTF-8": (4400, lambda: frame(TEXT, b'{"type":"ping\xff"}')),
    "deep": (4400, lambda: frame(TEXT, b"[" * 60_000)),
    "deep inside": (4400, lambda: frame(TEXT, b'{"type":"presence","state":' + b"[" * 30_000 + b"]" * 30_000 + b"}")),
    "another type": (4400, lambda: frame(TEXT, b'{"type":"welcome"}')),
    "a list": (4400, lambda: frame(TEXT, b"[]")),
    "__proto__": (4400, lambda: frame(TEXT, b'{"__proto__":{"type":"ping"}}')),
}


@pytest.fixture(params=["before the hello", "while live"])
def raw(live: Live, request: pytest.FixtureRequest) -> Iterator[Raw]:
    with live.live() if request.param == "while live" else live.socket() as raw:
        yield raw


@pytest.mark.parametrize("name", WRONG)
def test_wrong_frame_closes_its_own_socket_only(raw: Raw, live: Live, name: str) -> None:
    code, sent = WRONG[name]
    with live.live(1) as honest:
        raw.put(sent())
        assert raw.closed() == code
        honest.send(operations(adding()))
        assert honest.next("ack")["seqs"] == [1]


def test_frame_of_just_64_kib_is_read(live: Live) -> None:
    with live.live() as raw:
        for size in (125, 126, 65535, LONGEST):
            raw.frame(TEXT, b'{"type":"ping","n":7}'.ljust(size))
            assert raw.next("pong") == {"type": "pong", "n": 7}


def test_message_in_ten_thousand_parts_is_one(live: Live) -> None:
    with live.live() as raw:
        parts = [b"", *(bytes((sign,)) for sign in b'{"type":"ping","n":7}'.ljust(10_000))]
        raw.put(b"".join(frame(TEXT if n == 0 else 0, part, last=False) for n, part in enumerate(parts)))
        raw.frame(PING, b"between")
        raw.frame(0, b"")
        assert raw.next("pong")["n"] == 7


def test_bytes_that_come_one_by_one_are_read(live: Live) -> None:
    with live.live() as raw:
        for sign in frame(TEXT, HELLO):
            raw.put(bytes((sign,)))
        assert raw.next("pong")["n"] == 1


def test_ping_of_the_wire_is_answered_with_its_words(live: Live) -> None:
    with live.live() as raw:
        raw.frame(PING, b"x" * 125)
        assert (PONG, b"x" * 125) in [raw.next_frame() for _ in range(3)]


def test_closing_is_answered_and_ends_at_once(live: Live) -> None:
    with live.live() as raw:
        raw.frame(CLOSE, (1000).to_bytes(2) + b"bye")
        assert raw.closed() == 1000
        assert raw.ends(1)


def test_our_own_closing_ends_at_once_when_it_is_answered(live: Live) -> None:
    with live.socket() as raw:
        raw.frame(TEXT, b"hello")
        assert raw.closed() == 4400
        raw.frame(CLOSE, (4400).to_bytes(2))
        assert raw.ends(1)


def test_whoever_does_not_answer_our_closing_is_cut_off(live: Live) -> None:
    with live.socket() as raw:
        raw.frame(TEXT, b"hello")
        assert raw.closed() == 4400
        assert raw.ends(3)
