"""A request is taken in whole before a thread is spent on it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from rihma.site import bodies

type Message = dict[str, Any]


def taken(parts: list[Message], length: str | None = None, path: str = "/fi/") -> tuple[bytes | None, list[Message]]:
    """What the application would read, and what was answered instead."""
    answers: list[Message] = []
    waiting = list(parts)

    async def receive() -> Message:
        if not waiting:
            await asyncio.Event().wait()
        return waiting.pop(0)

    async def send(message: Any) -> None:
        answers.append(message)

    async def read() -> bytes | None:
        headers = [(b"content-length", length.encode())] if length is not None else [(b"transfer-encoding", b"chunked")]
        scope = {"headers": headers, "path": path}
        whole: Callable[[], Awaitable[Any]] | None = await bodies.read_body(scope, receive, send)
        return (await whole())["body"] if whole else None

    return asyncio.run(read()), answers


def part(body: bytes, *, more: bool) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def test_parts_arrive_as_one() -> None:
    assert taken([part(b"a=1", more=True), part(b"&b=2", more=False)]) == (b"a=1&b=2", [])


def test_request_without_a_body_waits_for_none() -> None:
    assert taken([], length="0") == (b"", [])


@pytest.mark.req("S21")
def test_request_that_says_it_is_too_large_is_not_read() -> None:
    body, answers = taken([], length=str(bodies.MOST_BYTES + 1))
    assert (body, answers[0]["status"]) == (None, 413)


@pytest.mark.req("S21")
def test_request_that_grows_too_large_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "MOST_BYTES", 10)
    body, answers = taken([part(b"123456", more=True), part(b"123456", more=True)])
    assert (body, answers[0]["status"]) == (None, 413)


@pytest.mark.req("S21")
def test_sender_who_stops_halfway_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "PATIENCE_SECONDS", 0.05)
    body, answers = taken([part(b"1", more=True)])
    assert (body, answers[0]["status"]) == (None, 408)


def test_sender_who_goes_away_gets_no_answer() -> None:
    assert taken([part(b"1", more=True), {"type": "http.disconnect"}]) == (None, [])


@pytest.mark.parametrize("path", ["/api/v1/canvases/{}/files", "/fi/canvases/{}/files/attach/"])
def test_only_where_photos_are_sent_to_more_is_read(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setattr(bodies, "MOST_BYTES", 3)
    sent = [part(b"123456", more=False)]
    assert taken(sent, path=path.format("6b1e1c1e-0000-4000-8000-00000000000a"))[0] == b"123456"
    for elsewhere in (path.format("x"), path.format("6b1e1c1e-0000-4000-8000-00000000000a") + "more", "/fi/"):
        assert taken(sent, path=elsewhere)[0] is None
    body, answers = taken([], length=str(bodies.MOST_BYTES_OF_UPLOADS + 1), path=path.format("0" * 36))
    assert (body, answers[0]["status"]) == (None, 413)
