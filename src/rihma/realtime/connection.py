"""One open socket: what may come when, and what it is answered."""

import asyncio
import secrets
from enum import Enum
from typing import TYPE_CHECKING

import msgspec

from rihma.realtime import frames
from rihma.realtime.ledger import Admission, Doer, Outcome
from rihma.realtime.pace import Pace

if TYPE_CHECKING:
    from rihma.realtime.hub import Hub
    from rihma.realtime.room import Room
    from rihma.realtime.socket import Socket

HELLO_SECONDS = 5
# What one sender may have on its way to the disk. Beyond it nothing more is read from them until it is there.
IN_FLIGHT = 256
# More than anybody may have on its way must not come at once either.
MOST_AT_ONCE = IN_FLIGHT


class State(Enum):
    OPENED = "opened"
    GREETED = "greeted"
    LIVE = "live"
    DRAINING = "draining"


class Connection:
    def __init__(self, hub: "Hub", key: str, wire: "Socket", at: int) -> None:
        self.hub = hub
        self.key = key
        self.wire = wire
        self.at = at
        # Under this number it is told what they do where names are not: below zero, so that it is nobody's own.
        self.veil = -1 - secrets.randbelow(2**52)
        self.state = State.OPENED
        self.pace = Pace(hub.settings.per_second, hub.settings.burst, hub.loop.time())
        self.in_flight = 0
        # Until then nothing of theirs is written, so that what could not be comes first when it is sent again.
        self.unsaved_until = 0.0
        self.room: Room | None = None
        self.doer = Doer("", "")
        self.admission = Admission("reader", "")
        # the last number that was sent to this reader
        self.sent = 0
        self.lagging = False
        self.reading = False
        self.presence: msgspec.Raw | None = None
        # how it ends once what was sent is answered
        self.ending = frames.RESTARTING, "the server restarts"
        self.timer = self._wait_for_hello()

    def received(self, message: bytes) -> None:
        try:
            frame = frames.read(message)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            self.close(frames.MALFORMED, "not a message of this protocol")
            return
        match frame:
            case frames.Operations() if self.state is State.LIVE:
                self._take(frame)
            case frames.Presence() if self.state is State.LIVE and self.room:
                self._show(frame)
            case frames.Ping() if self.state is not State.OPENED:
                self.say(frames.Pong(frame.n))
            case frames.Hello() if self.state is State.OPENED:
                self.state = State.GREETED
                self.hub.greet(self, frame)
            case frames.Operations() | frames.Presence() if self.state is State.DRAINING:
                # They cannot have heard yet that this ends. Unconfirmed, it stays with them and comes again.
                pass
            case _:
                self.close(frames.MALFORMED, f"not while {self.state.value}")

    def go_live(self, room: "Room") -> None:
        if not self.lagging:
            self.timer.cancel()
        self.room = room
        self.state = State.LIVE

    def say(self, message: msgspec.Struct) -> None:
        self.wire.send(frames.text_frame(frames.encode(message)))

    def keep(self, message: msgspec.Struct) -> None:
        """Said before anything else, together with it."""
        self.wire.keep(frames.text_frame(frames.encode(message)))

    def close(self, code: int, reason: str) -> None:
        self.timer.cancel()
        self.wire.close(code, reason)

    def settled(self, outcomes: list[Outcome]) -> None:
        """What was sent is on disk, or refused. It is said with the rows that follow, or by `send_kept`."""
        self.in_flight -= len(outcomes)
        done = [outcome for outcome in outcomes if outcome.refusal is None]
        if done:
            self.keep(frames.Ack([outcome.id for outcome in done], [outcome.seq for outcome in done]))
        if len(done) < len(outcomes):
            for outcome in outcomes:
                if outcome.refusal:
                    self.keep(outcome.refusal)
                    self._note_unsaved(outcome.refusal)
        if self.in_flight < IN_FLIGHT and not self.wire.is_full:
            self.wire.read_on()
        if self.state is State.DRAINING and not self.in_flight:
            self.close(*self.ending)

    def _note_unsaved(self, refusal: frames.Refusal) -> None:
        if refusal.code == frames.STORAGE and refusal.retry_after:
            self.unsaved_until = max(self.unsaved_until, self.hub.loop.time() + refusal.retry_after)

    def put_out(self, code: int, reason: str) -> None:
        """They hear no more of the others; what they have sent already is answered first."""
        self.ending = code, reason
        if self.room:
            self.room.leave(self)
        if self.state is State.LIVE and self.in_flight:
            self.state = State.DRAINING
        elif self.state is not State.DRAINING or not self.in_flight:
            self.close(code, reason)

    def lag(self) -> None:
        """Nothing more is queued for this reader; once they have read, the rest comes from the log."""
        if not self.lagging:
            self.lagging = True
            self.timer.cancel()
            self.timer = self.hub.loop.call_later(self.hub.settings.patience, self.close, frames.TOO_SLOW, "too slow")

    def filled(self) -> None:
        self.wire.hold()
        self.lag()

    def resumed(self) -> None:
        if self.in_flight < IN_FLIGHT:
            self.wire.read_on()
        self.timer.cancel()
        self.lagging = False
        if self.room:
            self.room.catch_up(self)
        else:
            self.timer = self._wait_for_hello()

    def drain(self) -> None:
        if self.state is State.LIVE and self.in_flight:
            self.state = State.DRAINING
            self.say(frames.Draining(self.hub.settings.retry_after))
        else:
            self.close(*self.ending)

    def lost(self) -> None:
        self.timer.cancel()
        if self.room:
            self.room.leave(self)
        self.hub.left(self)

    def _wait_for_hello(self) -> asyncio.TimerHandle:
        return self.hub.loop.call_later(HELLO_SECONDS, self.close, frames.TOO_SLOW, "no hello")

    def _take(self, frame: frames.Operations) -> None:
        count = len(frame.operations)
        if count > MOST_AT_ONCE:
            self.close(frames.MALFORMED, f"more than {MOST_AT_ONCE} operations at once")
            return
        now = self.hub.loop.time()
        unsaved = self.unsaved_until - now
        wait = unsaved if unsaved > 0 else self.pace.take(count, now)
        if wait > 0:
            for operation in frame.operations:
                self.say(self.hub.refuse(operation, frames.STORAGE if unsaved > 0 else frames.SLOW, wait))
            return
        self.in_flight += count
        if self.in_flight >= IN_FLIGHT:
            self.wire.hold()
        self.hub.submit(self, frame.operations)

    def _show(self, frame: frames.Presence) -> None:
        if len(frame.state) > frames.LONGEST_PRESENCE:
            self.close(frames.TOO_LARGE, "presence too large")
        elif self.room:
            self.room.show(self, frame.state)
