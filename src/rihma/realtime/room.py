"""Everybody on this server who has one key open: what they are told, gathered, encoded once for all."""

from collections import deque
from typing import TYPE_CHECKING

from msgspec import Raw

from rihma.realtime import frames

if TYPE_CHECKING:
    from rihma.realtime.connection import Connection
    from rihma.realtime.hub import Hub

# After a frame of rows for everybody so long a pause for each of them: a quiet room hears of a change at once, and a
# large one does not take the whole server. Under load the writer's gathering makes frames fewer still.
PAUSE_SECONDS = 0.000_015
PRESENCE_SECONDS = 0.050
# Rows kept encoded, so that a reader who was away for a moment costs no query: for so long, and so many.
REMEMBERED_SECONDS = 5
REMEMBERED = 2048
# How a row says that older rows have lost their words, for now or for good.
SILENCING = (b'"verb":"hide"', b'"verb":"erase"')


class Room:
    # There may be hundreds, and what memory each takes is a goal (bench/canvas).
    __slots__ = (
        "came",
        "flushed",
        "gone",
        "head",
        "heads",
        "hub",
        "is_flushing",
        "is_showing",
        "key",
        "members",
        "next_flush",
        "rows",
        "seen",
        "topics",
    )

    def __init__(self, hub: "Hub", key: str, head: int) -> None:
        self.hub = hub
        self.key = key
        self.head = head
        self.members: dict[int, Connection] = {}
        self.rows: deque[tuple[int, bytes]] = deque(maxlen=REMEMBERED)
        self.flushed = head
        self.next_flush = 0.0
        self.is_flushing = False
        self.seen: dict[int, Raw] = {}
        # whoever is to be named, because they came or because names are told in another way from now on
        self.came: set[int] = set()
        self.gone: list[int] = []
        self.is_showing = False
        self.topics: set[str] = set()
        # how far it had come in each of the last seconds
        self.heads: list[int] = []

    def take(self, rows: list[tuple[int, bytes]]) -> bool:
        """What was committed, in order. False: something before it is missing here and must be read first."""
        new = [row for row in rows if row[0] > self.head]
        if new and new[0][0] != self.head + 1:
            return False
        if new:
            if any(verb in row for _, row in new for verb in SILENCING):
                self.forget()
            self.rows.extend(new)
            self.head = new[-1][0]
            self._flush_soon()
        return True

    def forget(self) -> None:
        """Nobody is given from memory what was told before: words were hidden or erased, or names are kept back."""
        self.rows.clear()
        self.hub.snapshots.pop(self.key, None)

    def age(self) -> None:
        """A second has gone by."""
        self.heads.append(self.head)
        if len(self.heads) > REMEMBERED_SECONDS:
            old = self.heads.pop(0)
            while self.rows and self.rows[0][0] <= old:
                self.rows.popleft()

    def rows_after(self, seq: int) -> list[bytes] | None:
        """None when they are no longer remembered."""
        if seq >= self.head:
            return []
        if not self.rows or self.rows[0][0] > seq + 1:
            # too long ago, or forgotten
            return None
        return [self.rows[place][1] for place in range(seq - self.head, 0)]

    def _flush_soon(self) -> None:
        if self.is_flushing:
            return
        wait = self.next_flush - self.hub.loop.time()
        if wait > 0:
            self.is_flushing = True
            self.hub.loop.call_later(wait, self._flush)
        else:
            # In this very turn, so that whoever wrote gets it together with the acknowledgement.
            self._flush()

    def _flush(self) -> None:
        self.is_flushing = False
        rows = self.rows_after(self.flushed)
        since, self.flushed = self.flushed, self.head
        self.next_flush = self.hub.loop.time() + PAUSE_SECONDS * len(self.members)
        frame = b"" if rows is None else frames.text_frame(frames.operations(self.head, rows))
        for member in self.members.values():
            if member.wire.is_full or member.lagging:
                member.lag()
            elif member.sent == since and frame:
                member.sent = self.head
                member.wire.send(frame)
            elif member.sent < self.head:
                self.catch_up(member)

    def catch_up(self, member: "Connection") -> None:
        """What this one reader has not seen, from memory or from the log."""
        rows = self.rows_after(member.sent)
        if rows is None:
            self.hub.follower.read_on(self, member)
        elif rows:
            member.sent = self.head
            member.wire.send(frames.text_frame(frames.operations(self.head, rows)))

    def join(self, member: "Connection") -> None:
        self.members[member.at] = member
        everybody = list(self.members.values())
        doing = [self._doing(other) for other in everybody if other.admission.nameless and other.presence]
        # In no order that would tell whose it is.
        member.say(frames.People([*map(self._somebody, everybody), *sorted(doing, key=_number)], []))
        self.came.add(member.at)
        self._show_soon()

    def leave(self, member: "Connection") -> None:
        if self.members.pop(member.at, None):
            self.seen.pop(member.at, None)
            self.came.discard(member.at)
            self.gone += [member.at, member.veil] if member.admission.nameless else [member.at]
            self._show_soon()

    def turn(self, member: "Connection") -> None:
        """From now on it is told, or told no longer, who does what."""
        self.gone += [] if member.admission.nameless else [member.veil]
        self.came.add(member.at)
        if member.presence and member.admission.nameless:
            self.seen[member.at] = member.presence
        self._show_soon()

    def show(self, member: "Connection", state: Raw) -> None:
        """The latest counts; what came before it and was not yet told is forgotten."""
        member.presence = state
        self.seen[member.at] = state
        self._show_soon()

    def tell(self, topic: str) -> None:
        self.topics.add(topic)
        self._show_soon()

    def _show_soon(self) -> None:
        if not self.is_showing:
            self.is_showing = True
            self.hub.loop.call_later(PRESENCE_SECONDS, self._show)

    def _show(self) -> None:
        self.is_showing = False
        if self.topics:
            news = frames.text_frame(frames.encode(frames.News(sorted(self.topics))))
            self.topics = set()
            for member in self.members.values():
                if not member.wire.is_full:
                    member.wire.send(news)
        people = self._news_of_people()
        if not people and not self.gone:
            return
        frame = frames.text_frame(frames.encode(frames.People(people, self.gone)))
        self.seen, self.came, self.gone = {}, set(), []
        for member in self.members.values():
            # A reader who is behind gets no presence at all: it is the first thing to go.
            if not (member.lagging or member.wire.is_full):
                member.wire.send(frame)

    def _news_of_people(self) -> list[frames.Somebody]:
        acted = [self.members[at] for at in self.seen if at in self.members]
        named = [self.members[at] for at in self.came if at in self.members]
        named += [member for member in acted if not member.admission.nameless and member.at not in self.came]
        doing = [self._doing(member) for member in acted if member.admission.nameless]
        return [*map(self._somebody, named), *sorted(doing, key=_number)]

    @staticmethod
    def _somebody(member: "Connection") -> frames.Somebody:
        state = None if member.admission.nameless else member.presence
        return frames.Somebody(member.at, member.doer.id, member.doer.name, member.doer.guest, state)

    @staticmethod
    def _doing(member: "Connection") -> frames.Somebody:
        """What somebody does, whoever it is."""
        return frames.Somebody(member.veil, "", "", state=member.presence)


def _number(one: frames.Somebody) -> int:
    return one.at
