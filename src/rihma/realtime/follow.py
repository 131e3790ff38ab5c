"""Keeps rooms and readers up with the log, where what they lack is not in memory: written elsewhere, or long ago."""

from typing import TYPE_CHECKING

from rihma.realtime import frames
from rihma.realtime.news import ANEW, MARK
from rihma.realtime.wait import Waiting

if TYPE_CHECKING:
    from rihma.realtime.connection import Connection
    from rihma.realtime.hub import Hub
    from rihma.realtime.room import Room

PAGE = 500


class Follower:
    def __init__(self, hub: "Hub") -> None:
        self.hub = hub
        self.waiting = Waiting()
        # which rooms are being read from the log, and how far they should come
        self.wanted: dict[str, int] = {}

    def hint(self, key: str, head: int) -> None:
        """Somebody wrote, perhaps on another server. May be called in any thread, and may be wrong or late."""
        self.hub.loop.call_soon_threadsafe(self.hinted, key, head)

    def hinted(self, key: str, head: int) -> None:
        key, _, topic = key.partition(MARK)
        if topic:
            self.news(key, topic)
            return
        self.waiting.came(key, head)
        room = self.hub.rooms.get(key)
        if room and head > room.head:
            self.fill(room, head)

    def news(self, key: str, topic: str) -> None:
        room = self.hub.rooms.get(key)
        if room and topic == ANEW:
            room.forget()
        if room:
            room.tell(topic)

    def fill(self, room: "Room", head: int) -> None:
        """Read what is missing here; once at a time."""
        if room.key in self.wanted:
            self.wanted[room.key] = max(self.wanted[room.key], head)
        else:
            self.wanted[room.key] = head
            self.hub.run(self._fill(room))

    async def _fill(self, room: "Room") -> None:
        comes = True
        try:
            while comes and room.head < self.wanted[room.key]:
                rows = await self.rows(room, room.head)
                comes = bool(rows) and room.take(rows)
        finally:
            del self.wanted[room.key]

    def read_on(self, room: "Room", member: "Connection") -> None:
        """One reader is further behind than the room remembers."""
        if not member.reading:
            member.reading = True
            self.hub.run(self._read_on(room, member))

    async def _read_on(self, room: "Room", member: "Connection") -> None:
        try:
            rows = await self.rows(room, member.sent)
        finally:
            member.reading = False
        if rows and member.at in self.hub.connections:
            member.sent = rows[-1][0]
            member.wire.send(frames.text_frame(frames.operations(member.sent, [row for _, row in rows])))
            # Only as fast as they read, so that no memory fills: the rest comes once this has gone.
            if not member.wire.is_full:
                room.catch_up(member)

    async def rows_from(self, room: "Room", after: int) -> list[bytes] | None:
        """For somebody who comes back; None when they had better start from everything."""
        if after > room.head:
            # Because another server has told them more than this one knows yet.
            room.take(await self.rows(room, room.head))
        rows = room.rows_after(after) if after <= room.head else None
        if rows is None and 0 <= room.head - after <= PAGE:
            found = await self.rows(room, after)
            # Where the log begins later than that, only everything is enough.
            rows = [row for _, row in found] if found and found[0][0] == after + 1 else None
        return rows

    async def rows(self, room: "Room", after: int) -> list[tuple[int, bytes]]:
        return await self.hub.read(self.hub.ledger(room.key).rows, room.key, after, PAGE)
