"""Holds back answers that say there is nothing new, and asks for them once more when there is.

Nobody waits in a thread: the page is drawn, says in a header what it would wait for, and lets its thread go. When that
has come, or the time is over, the same request is answered anew, so rights are looked at twice and by the view alone.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from rihma.realtime.wait import WAIT, Waiting

type Message = MutableMapping[str, Any]
type Scope = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type App = Callable[[Scope, Receive, Send], Awaitable[None]]

HEADER = WAIT.lower().encode()


class Patient:
    def __init__(self, pages: App, waiting: Waiting) -> None:
        self.pages = pages
        self.waiting = waiting

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "GET" or b"wait=" not in scope["query_string"]:
            await self.pages(scope, receive, send)
            return
        asked = b""

        async def first(message: Message) -> None:
            nonlocal asked
            if message["type"] == "http.response.start":
                asked = dict(message["headers"]).get(HEADER, b"")
            if not asked:
                await send(message)

        await self.pages(scope, receive, first)
        if asked and await self._wait(asked.decode(), receive):
            await self.pages(scope, _nothing_more, _without_header(send))

    async def _wait(self, asked: str, receive: Receive) -> bool:
        """False when the one who asked is gone."""
        seconds, head, key = asked.split()
        news = asyncio.ensure_future(self.waiting.until_behind(int(head), key, float(seconds)))
        gone = asyncio.ensure_future(_gone(receive))
        try:
            await asyncio.wait({news, gone}, return_when=asyncio.FIRST_COMPLETED)
            return not gone.done()
        finally:
            news.cancel()
            gone.cancel()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _nothing_more() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


def _without_header(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [(name, value) for name, value in message["headers"] if name != HEADER]
        await send(message)

    return sent
