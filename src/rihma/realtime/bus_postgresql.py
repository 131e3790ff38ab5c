"""Hints over LISTEN and NOTIFY: one connection and one thread a server, which come back by themselves."""

import logging
import socket
import threading
from contextlib import suppress
from itertools import batched
from selectors import EVENT_READ, DefaultSelector
from typing import Any
from uuid import uuid4

import psycopg
from django.db import connection
from psycopg import sql

from rihma.realtime.bus import CHANNEL, FIRST_PAUSE, LONGEST_PAUSE, Bus, Hints, Outbox, Take, decode, encode

logger = logging.getLogger(__name__)

# A notice must hold less than 8,000 bytes.
AT_ONCE = 64
# A connection that says nothing is tried after this, so that one that is dead is noticed.
QUIET_SECONDS = 10
# The other side is gone when this much time passes without a word from it.
KEEP = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3, "connect_timeout": 5}


class PostgresBus(Bus):
    def __init__(self, url: str = "") -> None:
        super().__init__(url)
        self.own = str(uuid4())
        self.bell: socket.socket | None = None
        self.outbox = Outbox(self._ring)
        self.stopping = threading.Event()
        self.parameters = {**connection.get_connection_params(), **KEEP}

    def start(self, take: Take) -> None:
        self.take = take
        self.bell, ear = socket.socketpair()
        self.bell.setblocking(False)
        self.thread = threading.Thread(target=self._live, args=(self.bell, ear), name="realtime-bus", daemon=True)
        self.thread.start()

    def send(self, key: str, head: int) -> None:
        self.outbox.put(key, head)

    def stop(self) -> None:
        self.stopping.set()
        self._ring()

    def _ring(self) -> None:
        if self.bell:
            # When it cannot take any more, it rings already; once it is closed, nobody listens.
            with suppress(OSError):
                self.bell.send(b".")

    def _live(self, bell: socket.socket, ear: socket.socket) -> None:
        with bell, ear:
            self._go_on(ear)

    def _go_on(self, ear: socket.socket) -> None:
        pause = FIRST_PAUSE
        while not self.stopping.is_set():
            try:
                with psycopg.connect(**self.parameters, autocommit=True) as line:
                    pause = FIRST_PAUSE
                    self._carry(line, ear)
            except psycopg.Error as problem:
                logger.warning("Hints of other servers do not come just now: %s", problem)
                self.stopping.wait(pause)
                pause = min(2 * pause, LONGEST_PAUSE)

    def _carry(self, line: "psycopg.Connection[Any]", ear: socket.socket) -> None:
        line.add_notify_handler(lambda notice: self._hear(notice.payload))
        # A hint need not be on any disk, so that nobody waits for one.
        line.execute("SET synchronous_commit TO off")
        line.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
        # Not `select`, which takes no file number over 1023, and a server holds thousands of sockets.
        with DefaultSelector() as selector:
            selector.register(line, EVENT_READ)
            selector.register(ear, EVENT_READ)
            while not self.stopping.is_set():
                ready = {key.fileobj for key, _ in selector.select(QUIET_SECONDS)}
                if ear in ready:
                    ear.recv(4096)
                    self._tell(line)
                if line in ready or not ready:
                    # Any statement would do: whatever has come is handed over on the way.
                    line.execute("SELECT 1")

    def _tell(self, line: "psycopg.Connection[Any]") -> None:
        for some in batched(self.outbox.take().items(), AT_ONCE):
            said = encode(Hints(self.own, dict(some))).decode()
            line.execute("SELECT pg_notify(%s, %s)", [CHANNEL, said])

    def _hear(self, said: str) -> None:
        hints = decode(said)
        if hints.by != self.own:
            for key, head in hints.heads.items():
                self.take(key, head)
