"""All rooms of one server process: who comes in, what is written, who is told.

Everything here runs in the loop; what asks the database goes to threads and comes back. One thread writes, so that
what arrives while a transaction runs goes into the next one together.
"""

import asyncio
import logging
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import count
from typing import Any

from msgspec import Raw

from rihma.realtime import clerk, frames, hints
from rihma.realtime.bus import Bus
from rihma.realtime.connection import Connection
from rihma.realtime.door import Door
from rihma.realtime.follow import Follower
from rihma.realtime.ledger import Doer, Ledger, Outcome, Sent, Snapshot, area_of
from rihma.realtime.pace import Load
from rihma.realtime.room import Room
from rihma.realtime.sessions import BY_BEARER
from rihma.realtime.settings import Settings
from rihma.realtime.watch import Watch

logger = logging.getLogger(__name__)

BATCH = 1024
# Once more than this many operations come in a second, they are gathered: a transaction costs what some fifty of them do.
BUSY = 400
READERS = 2
# A thread that draws a page gives way to the loop after this time. In the five milliseconds that are usual a change would
# wait at each of the dozen steps between one screen and the next.
SWITCH_SECONDS = 0.0005


class Hub:
    def __init__(self, ledgers: Mapping[str, Ledger], settings: Settings, bus: Bus) -> None:
        self.ledgers = ledgers
        self.settings = settings
        self.bus = bus
        self.origins = settings.origins
        self.rooms: dict[str, Room] = {}
        self.connections: dict[int, Connection] = {}
        self.numbers = count(1)
        self.pending: list[tuple[Connection, Raw]] = []
        self.load = Load(BUSY)
        self.watch = Watch(self)
        self.door = Door(self)
        self.is_writing = False
        self.snapshots: dict[str, asyncio.Task[Snapshot]] = {}
        self.tasks: set[asyncio.Task[Any]] = set()
        self.follower = Follower(self)
        self.writer = ThreadPoolExecutor(1, "realtime-writer", initializer=clerk.ready)
        self.readers = ThreadPoolExecutor(READERS, "realtime-reader", initializer=clerk.ready)

    def start(self) -> None:
        self.loop = asyncio.get_running_loop()
        sys.setswitchinterval(SWITCH_SECONDS)
        hints.listen(self.follower.hint)
        hints.listen(self.bus.send)
        self.bus.start(self.follower.hint)
        self.run(self.watch.forever())

    def stop(self) -> None:
        hints.forget(self.follower.hint)
        hints.forget(self.bus.send)
        self.bus.stop()
        for task in self.tasks:
            task.cancel()
        self.writer.shutdown(wait=False)
        self.readers.shutdown(wait=False)

    def connect(self, key: str, wire: Any) -> Connection | None:
        """A socket for this key, or None when there is no such place."""
        if area_of(key) not in self.ledgers:
            return None
        connection = Connection(self, key, wire, next(self.numbers))
        if len(self.connections) >= self.settings.most:
            self.loop.call_soon(connection.close, frames.TOO_MANY, "the server is full")
        self.connections[connection.at] = connection
        return connection

    def greet(self, connection: Connection, hello: frames.Hello) -> None:
        self.run(self._greet_or_close(connection, hello))

    async def _greet_or_close(self, connection: Connection, hello: frames.Hello) -> None:
        try:
            await self._greet(connection, hello)
        except Exception:
            connection.close(frames.TRY_LATER, "not just now: try again")
            raise

    def left(self, connection: Connection) -> None:
        self.connections.pop(connection.at, None)
        if connection.room:
            self._leave_behind(connection.room)

    def _leave_behind(self, room: Room) -> None:
        if not room.members and self.rooms.get(room.key) is room:
            del self.rooms[room.key]
            self.snapshots.pop(room.key, None)

    async def _greet(self, connection: Connection, hello: frames.Hello) -> None:
        key = connection.key
        found, admission = await self.door.ask(key, hello.ticket) or (None, None)
        if hello.v != frames.VERSION:
            connection.close(frames.MALFORMED, f"this server speaks version {frames.VERSION}")
        elif not found or not admission or not self._is_theirs(connection, found):
            connection.close(frames.NO_TICKET, "this ticket opens nothing: ask for a new one")
        elif self._too_many(key, found):
            connection.close(frames.TOO_MANY, "too many windows are open")
        elif connection.at in self.connections:
            connection.doer, connection.admission = found, admission
            await self._let_in(connection, hello)

    def _is_theirs(self, connection: Connection, doer: Doer) -> bool:
        """A ticket that a signed-in browser was given opens nothing elsewhere."""
        name = doer.session
        return not name or name.startswith(BY_BEARER) or connection.wire.shows(self.settings.session_cookie, name)

    def _too_many(self, key: str, doer: Doer) -> bool:
        here = Counter(other.doer.id for other in self.connections.values() if other.key == key)
        return here[doer.id] >= self.settings.most_each

    async def _let_in(self, connection: Connection, hello: frames.Hello) -> None:
        room, snapshot = await self._room(connection.key)
        after = hello.after if hello.after is not None and hello.after >= 0 else None
        rows = None if after is None else await self.follower.rows_from(room, after)
        if self.rooms.setdefault(room.key, room) is not room:
            # Everybody else left meanwhile, and somebody new came into a room of their own.
            await self._let_in(connection, hello)
            return
        if connection.at not in self.connections:
            self._leave_behind(room)
            return
        connection.say(self._welcome(connection, room))
        if rows is None:
            connection.wire.send(frames.text_frame(frames.encode(frames.Items(snapshot.head, Raw(snapshot.items)))))
            connection.sent = snapshot.head
        else:
            last = after or 0
            connection.sent = last + len(rows)
            connection.wire.send(frames.text_frame(frames.operations(connection.sent, rows)))
        connection.go_live(room)
        room.join(connection)
        room.catch_up(connection)

    def _welcome(self, connection: Connection, room: Room) -> frames.Welcome:
        doer, admission, limits = connection.doer, connection.admission, self.settings
        return frames.Welcome(
            v=frames.VERSION,
            head=room.head,
            role=admission.role,
            status=admission.status,
            limits=frames.Limits(frames.LONGEST, 32, int(limits.per_second), frames.LONGEST_PRESENCE),
            you=frames.You(doer.id, doer.name, doer.guest, connection.veil),
            time=clerk.now(),
        )

    async def _room(self, key: str) -> tuple[Room, Snapshot]:
        """The room, and everything on the thing from a moment ago: read once for all who come at the same time."""
        task = self.snapshots.get(key)
        room = self.rooms.get(key)
        if task is None or (room and task.done() and room.rows_after(task.result().head) is None):
            task = self.snapshots[key] = self.run(self.read(self.ledger(key).snapshot, key))
        try:
            snapshot = await asyncio.shield(task)
        except Exception:
            self.snapshots.pop(key, None)
            raise
        room = self.rooms.get(key)
        if room is None:
            room = self.rooms[key] = Room(self, key, snapshot.head)
        return room, snapshot

    def forget_old(self) -> None:
        for room in self.rooms.values():
            room.age()
            task = self.snapshots.get(room.key)
            # Nobody can be led on from it to what is there now.
            if task and _has_come(task) and room.rows_after(task.result().head) is None:
                del self.snapshots[room.key]

    def submit(self, connection: Connection, operations: list[Raw]) -> None:
        self.pending += [(connection, operation) for operation in operations]
        if not self.is_writing:
            self.is_writing = True
            self._write_soon()

    def _write_soon(self) -> None:
        """At the end of this turn, so that what others have just sent goes along; under load not before some came."""
        wait = self.load.wait(self.loop.time())
        if wait:
            self.loop.call_later(wait, self._write)
        else:
            self.loop.call_soon(self._write)

    def _write(self) -> None:
        batch, self.pending = self.pending[:BATCH], self.pending[BATCH:]
        self.load.began(len(batch), self.loop.time())
        area = area_of(batch[0][0].key)
        later = [one for one in batch if not one[0].key.startswith(area)]
        batch = [one for one in batch if one[0].key.startswith(area)] if later else batch
        self.pending = later + self.pending if later else self.pending
        self.writer.submit(self._have_written, self.ledgers[area], batch)

    def _have_written(self, ledger: Ledger, batch: list[tuple[Connection, Raw]]) -> None:
        """In the writer's thread; it answers without a future, whose way back costs as much as a small transaction."""
        outcomes = clerk.write(ledger, [_sent(connection, operation) for connection, operation in batch])
        # The loop is closed where a server stops without waiting: nobody is there to be told.
        with suppress(RuntimeError):
            self.loop.call_soon_threadsafe(self._written, batch, outcomes)

    def _written(self, batch: list[tuple[Connection, Raw]], outcomes: list[Outcome]) -> None:
        unsaved = {of: one.refusal for (of, _), one in zip(batch, outcomes, strict=True) if _is_unsaved(one)}
        if unsaved:
            # What waits behind it may speak of it, so that comes after it once more.
            behind = [one for one in self.pending if one[0] in unsaved]
            self.pending = [one for one in self.pending if one[0] not in unsaved]
            batch = batch + behind
            outcomes = outcomes + [clerk.refused_again(unsaved[of], operation) for of, operation in behind]
        # The next first, so that nothing that goes wrong with these ends the writing.
        if self.pending:
            self._write_soon()
        else:
            self.is_writing = False
        self._settle(batch, outcomes)

    def _settle(self, batch: list[tuple[Connection, Raw]], outcomes: list[Outcome]) -> None:
        each: dict[Connection, list[Outcome]] = {}
        rows: dict[str, list[tuple[int, bytes]]] = {}
        for (connection, _), outcome in zip(batch, outcomes, strict=True):
            each.setdefault(connection, []).append(outcome)
            if outcome.row:
                rows.setdefault(connection.key, []).append((outcome.seq, outcome.row))
        for connection, own in each.items():
            connection.settled(own)
        for key, new in rows.items():
            self._publish(key, new)
        for connection in each:
            connection.wire.send_kept()

    def _publish(self, key: str, rows: list[tuple[int, bytes]]) -> None:
        head = rows[-1][0]
        self.bus.send(key, head)
        self.follower.waiting.came(key, head)
        room = self.rooms.get(key)
        if room and not room.take(rows):
            self.follower.fill(room, head)

    def refuse(self, operation: Raw, code: str, wait: float) -> frames.Refusal:
        return frames.Refusal(clerk.id_of(operation), code, clerk.WORDS[code], retry_after=round(wait, 2))

    def ledger(self, key: str) -> Ledger:
        return self.ledgers[area_of(key)]

    async def read[**P, T](self, act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.loop.run_in_executor(self.readers, lambda: clerk.fresh(act, *args, **kwargs))

    def run[T](self, work: "Any") -> "asyncio.Task[Any]":
        task = self.loop.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: "asyncio.Task[Any]") -> None:
        self.tasks.discard(task)
        if not task.cancelled() and task.exception():
            logger.error("A task of the live part failed", exc_info=task.exception())


def _has_come(task: "asyncio.Task[Snapshot]") -> bool:
    return task.done() and not task.cancelled() and not task.exception()


def _is_unsaved(outcome: Outcome) -> bool:
    return outcome.refusal is not None and outcome.refusal.code == frames.STORAGE


def _sent(connection: Connection, operation: Raw) -> Sent:
    return Sent(connection.key, connection.doer.id, operation, connection.doer.session)
