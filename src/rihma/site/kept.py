"""Pages that are the same for every stranger, drawn once for all who ask within the same second.

When a call is announced or about to close, hundreds open its page at once. Only what a view marked with
`same_for_strangers` is kept, only for readers who send no cookie, and never an answer that sets one.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings

from rihma.base.access import FOR_EVERYBODY, KEPT_SECONDS

type Message = MutableMapping[str, Any]
type Scope = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type App = Callable[[Scope, Receive, Send], Awaitable[None]]
type Key = tuple[str, bytes, str, bool]

# Then all are forgotten: somebody is only trying out addresses.
MOST_KEPT = 500
# With any of these the answer may be for this reader alone.
PERSONAL = {b"cookie", b"authorization", b"hx-request", b"range"}
LANGUAGES = tuple(f"/{code}/" for code, _name in settings.LANGUAGES)


@dataclass(frozen=True)
class Answer:
    messages: tuple[Message, ...]
    until: float


class Kept:
    def __init__(self, pages: App) -> None:
        self.pages = pages
        self.kept: dict[Key, Answer] = {}
        self.drawing: dict[Key, asyncio.Event] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = key_of(scope)
        if key is None:
            await self.pages(scope, receive, send)
            return
        # Whoever comes while a page that was kept before is drawn anew waits for that drawing.
        if key in self.drawing and key in self.kept:
            await self.drawing[key].wait()
        answer = self.kept.get(key)
        if answer is None or answer.until <= time.monotonic():
            await self._draw(key, scope, receive, send)
            return
        for message in answer.messages:
            await send(message)

    async def _draw(self, key: Key, scope: Scope, receive: Receive, send: Send) -> None:
        heard: list[Message] = []

        async def tell(message: Message) -> None:
            heard.append(message)
            await send(message)

        drawn = self.drawing[key] = asyncio.Event()
        began = time.monotonic()
        try:
            await self.pages(scope, receive, tell)
            if is_for_everybody(heard):
                if len(self.kept) >= MOST_KEPT:
                    self.kept.clear()
                self.kept[key] = Answer(tuple(map(_without_id, heard)), began + KEPT_SECONDS)
            else:
                self.kept.pop(key, None)
        finally:
            if self.drawing.get(key) is drawn:
                del self.drawing[key]
            drawn.set()


def key_of(scope: Scope) -> Key | None:
    """None where the answer may depend on more than the address. Pages have their language in it."""
    headers = dict(scope["headers"])
    if (
        scope["method"] != "GET"
        or scope["query_string"]
        or PERSONAL & headers.keys()
        or not scope["path"].startswith(LANGUAGES)
    ):
        return None
    return scope["scheme"], headers.get(b"host", b""), scope["path"], b"gzip" in headers.get(b"accept-encoding", b"")


def is_for_everybody(messages: list[Message]) -> bool:
    if not messages or messages[0].get("status") != HTTPStatus.OK or messages[-1].get("more_body"):
        return False
    headers = {name.lower(): value for name, value in messages[0]["headers"]}
    # A nonce in the policy is meant for one answer.
    alone = b"set-cookie" in headers or b"'nonce-" in headers.get(b"content-security-policy", b"")
    return not alone and headers.get(b"cache-control") == FOR_EVERYBODY.encode()


def _without_id(message: Message) -> Message:
    """The id of a request names one line of the log."""
    if "headers" not in message:
        return message
    headers = [(name, value) for name, value in message["headers"] if name.lower() != b"x-request-id"]
    return {**message, "headers": headers}
