"""What goes between the loop and the threads in which pages are made: a request whole, an answer in as few pieces as it can."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from rihma.site.threads import PIECE_BYTES, Threads

type Start = Callable[[str, list[tuple[str, str]]], object]


class Pages:
    """Answers with these pieces, and notes what it read and whether it was closed."""

    def __init__(self, *pieces: bytes, fails: bool = False) -> None:
        self.pieces = pieces
        self.fails = fails
        self.read = b""
        self.closed = False

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        self.read = environ["wsgi.input"].read()
        start("201 Made", [("X-Path", environ["PATH_INFO"])])
        return self

    def __iter__(self) -> Iterator[bytes]:
        yield from self.pieces
        if self.fails:
            raise ArithmeticError

    def close(self) -> None:
        self.closed = True


async def ask(pages: Any, body: bytes = b"", told: list[dict[str, Any]] | None = None) -> list[dict[str, Any]]:
    told = [] if told is None else told
    threads = Threads(pages, 1)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        told.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/fi/ä/",
        "query_string": b"",
        "http_version": "1.1",
        "headers": [],
    }
    try:
        await threads(scope, receive, send)
    finally:
        threads.executor.shutdown()
    return told


def test_body_goes_to_the_page_whole_and_the_answer_comes_back_in_one_piece() -> None:
    pages = Pages(b"one ", b"two")
    assert asyncio.run(ask(pages, b"a=1")) == [
        {"type": "http.response.start", "status": 201, "headers": [(b"x-path", "/fi/ä/".encode())]},
        {"type": "http.response.body", "body": b"one two", "more_body": False},
    ]
    assert (pages.read, pages.closed) == (b"a=1", True)


def test_long_answer_leaves_piece_by_piece_while_it_is_made() -> None:
    pieces = [bytes([number]) * (PIECE_BYTES - 1) for number in range(4)]
    told: list[dict[str, Any]] = []
    seen: list[int] = []

    class Watched(Pages):
        def __iter__(self) -> Iterator[bytes]:
            for piece in pieces:
                seen.append(len(told))
                yield piece

    asyncio.run(ask(Watched(), told=told))
    assert [message.get("body") for message in told] == [None, *pieces]
    assert [message.get("more_body") for message in told] == [None, True, True, True, False]
    # The first is held until there is a second: only then is it known that there are several.
    assert seen == [0, 0, 2, 3]


def test_answer_without_a_body_ends_too() -> None:
    told = asyncio.run(ask(Pages()))
    assert told[-1] == {"type": "http.response.body", "body": b"", "more_body": False}


def test_answer_that_fails_in_the_middle_does_not_look_whole() -> None:
    pages, told = Pages(b"half", fails=True), list[dict[str, Any]]()
    with pytest.raises(ArithmeticError):
        asyncio.run(ask(pages, told=told))
    assert pages.closed
    assert not any(message.get("more_body") is False for message in told)
