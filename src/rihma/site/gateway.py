"""One process, one port: static files, then Django as WSGI in a few threads. Its life is the worker's life, too."""

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.module_loading import import_string

from rihma.realtime import bus
from rihma.realtime.hub import Hub
from rihma.site.bodies import read_body
from rihma.site.kept import Kept
from rihma.site.patient import Patient
from rihma.site.static import static_files
from rihma.site.threads import Threads
from rihma.site.worker import WorkerThread

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

type Message = MutableMapping[str, Any]
type Scope = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type App = Callable[[Scope, Receive, Send], Awaitable[None]]

# A job at hand should not keep a server from stopping longer than this.
PATIENCE_SECONDS = 3


class Site:
    def __init__(self, pages: "WSGIApplication") -> None:
        self.pages = Threads(pages, settings.THREADS)
        self.static: App = static_files(Kept(self._page))
        self.worker = WorkerThread() if settings.WORKER else None
        ledgers = {area: import_string(path)() for area, path in settings.LIVE_LEDGERS.items()}
        self.hub = Hub(ledgers, settings.LIVE, bus.make(settings.BUS))
        self.answers = Patient(self.pages, self.hub.follower.waiting)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        match scope["type"]:
            case "http":
                await self.static(scope, receive, send)
            case "lifespan":
                await self._live(receive, send)
            case "websocket":
                await _no_such_socket(scope, send)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["rihma.arrived"] = time.perf_counter()
        # A thread is taken once the whole request is here, so that whoever sends slowly keeps nobody waiting.
        whole = await read_body(scope, receive, send)
        if whole:
            await self.answers(scope, whole, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        if self.worker:
            self.worker.start()
        self.hub.start()
        _leave_code_to_itself()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.hub.stop()
        self.pages.executor.shutdown(wait=False, cancel_futures=True)
        if self.worker:
            await asyncio.to_thread(self.worker.stop, PATIENCE_SECONDS)
        await send({"type": "lifespan.shutdown.complete"})


def _leave_code_to_itself() -> None:
    """What was loaded at the start never becomes garbage, so the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()


async def _no_such_socket(scope: Scope, send: Send) -> None:
    if "websocket.http.response" in scope.get("extensions", {}):
        await send({"type": "websocket.http.response.start", "status": 404, "headers": []})
        await send({"type": "websocket.http.response.body", "body": b""})
    else:
        await send({"type": "websocket.close"})
