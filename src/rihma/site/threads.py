"""Django as WSGI in a few threads.

A request goes to its thread whole, and what is answered comes back at once, or, where it is long, in large pieces. Each time
that something is handed over both sides wait for the interpreter, which under load takes longer than the work itself.
"""

import asyncio
import contextvars
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

from a2wsgi.wsgi import build_environ

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

type Message = MutableMapping[str, Any]
type Scope = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]

PIECE_BYTES = 256 * 1024


class Threads:
    """An ASGI application around a WSGI one. What it is given to read has to come whole, as from `read_body`."""

    def __init__(self, pages: "WSGIApplication", workers: int) -> None:
        self.pages = pages
        self.executor = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="pages")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = BytesIO((await receive()).get("body", b""))
        # The package types its own stand-in for a body, of which WSGI asks no more than of any file.
        environ = build_environ(cast("Any", scope), cast("Any", body))
        answer = Answer(asyncio.get_running_loop(), send)
        within = contextvars.copy_context()
        await answer.loop.run_in_executor(self.executor, within.run, answer.make, self.pages, environ)
        await answer.tell()


class Answer:
    def __init__(self, loop: asyncio.AbstractEventLoop, send: Send) -> None:
        self.loop = loop
        self.send = send
        self.head: Message | None = None
        self.pieces: list[bytes] = []
        self.ended = False

    def make(self, pages: "WSGIApplication", environ: Any) -> None:
        """In a thread. The last piece is left for `tell`; a piece before it is waited for until it has left."""
        answer = pages(environ, self._start)
        try:
            size = 0
            for piece in answer:
                if size + len(piece) > PIECE_BYTES and self.pieces:
                    asyncio.run_coroutine_threadsafe(self.tell(), self.loop).result()
                    size = 0
                self.pieces.append(piece)
                size += len(piece)
            self.ended = True
        finally:
            if hasattr(answer, "close"):
                answer.close()

    async def tell(self) -> None:
        if self.head:
            await self.send(self.head)
            self.head = None
        body, self.pieces = b"".join(self.pieces), []
        await self.send({"type": "http.response.body", "body": body, "more_body": not self.ended})

    def _start(
        self, status: str, headers: list[tuple[str, str]], _failure: object = None, /
    ) -> Callable[[bytes], object]:
        self.head = {
            "type": "http.response.start",
            "status": int(status.split(" ", 1)[0]),
            "headers": [
                (name.strip().lower().encode("latin1"), value.strip().encode("latin1")) for name, value in headers
            ],
        }
        return self.pieces.append
