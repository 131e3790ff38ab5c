"""Hints over NATS, for sites that have one anyway: a loop in a thread of its own."""

import asyncio
import logging
import threading
from contextlib import closing
from uuid import uuid4

import nats
from nats.aio.client import Client
from nats.aio.msg import Msg

from rihma.realtime.bus import CHANNEL, FIRST_PAUSE, LONGEST_PAUSE, Bus, Hints, Outbox, Take, decode, encode

logger = logging.getLogger(__name__)

PING_SECONDS = 5
UNANSWERED = 2


class NatsBus(Bus):
    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.own = str(uuid4())
        self.loop: asyncio.AbstractEventLoop | None = None
        self.bell = asyncio.Event()
        self.outbox = Outbox(self._ring)
        self.stopping = False
        self.thread = threading.Thread(target=self._run, name="realtime-bus", daemon=True)

    def start(self, take: Take) -> None:
        self.take = take
        self.loop = asyncio.new_event_loop()
        self.thread.start()

    def send(self, key: str, head: int) -> None:
        self.outbox.put(key, head)

    def stop(self) -> None:
        self.stopping = True
        self._ring()

    def _ring(self) -> None:
        if self.loop and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.bell.set)

    def _run(self) -> None:
        if self.loop:
            with closing(self.loop) as loop:
                loop.run_until_complete(self._live())

    async def _live(self) -> None:
        pause = FIRST_PAUSE
        while not self.stopping:
            try:
                line = await self._open()
                pause = FIRST_PAUSE
                await self._carry(line)
            except (OSError, TimeoutError, nats.errors.Error) as problem:
                logger.warning("Hints of other servers do not come just now: %s", problem)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)

    async def _open(self) -> Client:
        line = await nats.connect(
            self.url,
            # Ours is the one place that tries again, because it never gives up.
            allow_reconnect=False,
            ping_interval=PING_SECONDS,
            max_outstanding_pings=UNANSWERED,
            connect_timeout=LONGEST_PAUSE,
            closed_cb=self._closed,
            error_cb=self._failed,
        )
        await line.subscribe(CHANNEL, cb=self._hear)
        return line

    async def _carry(self, line: Client) -> None:
        while line.is_connected and not self.stopping:
            await self.bell.wait()
            self.bell.clear()
            heads = dict(self.outbox.take())
            if heads and line.is_connected:
                await line.publish(CHANNEL, encode(Hints(self.own, heads)))
        await line.close()

    async def _hear(self, message: Msg) -> None:
        hints = decode(message.data)
        if hints.by != self.own:
            for key, head in hints.heads.items():
                self.take(key, head)

    async def _closed(self) -> None:
        self.bell.set()

    async def _failed(self, problem: Exception) -> None:
        logger.warning("The bus says: %s", problem)
