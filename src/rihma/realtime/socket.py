"""The wire: a WebSocket (RFC 6455) as an asyncio protocol of its own, behind the seam that `connection` knows.

The handshake is the `websockets` package's. Frames are read here, because 25,000 small ones a second are too many
for a parser made of generators and for a queue and a task between each of them (docs/decisions/realtime-socket.md).
"""

import asyncio
import re
from typing import TYPE_CHECKING, Any, Protocol, cast

from websockets.datastructures import Headers
from websockets.frames import apply_mask  # type: ignore[attr-defined]  # the quick one where it was compiled
from websockets.http11 import Request, Response
from websockets.server import ServerProtocol

from rihma.realtime import frames

if TYPE_CHECKING:
    from uvicorn.server import ServerState

MORE, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
LONGEST_CONTROL = 125
# The second byte of a frame holds the size, or one of these where it follows in 2 or 8 bytes (RFC 6455, 5.2).
IN_TWO, IN_EIGHT = 126, 127
SHORTEST, LONGEST_HEAD = 6, 14
PROTOCOL_ERROR, TEXT_ONLY = 1002, 1003
SWITCHING = 101
# So short because three of these have to be over before a line that was cut has been dead for half a minute.
BEAT_SECONDS = 9
MISSED = 2
CLOSING_SECONDS = 2
# More than this waits to be sent: the reader lags, and nothing more is queued for them.
FULL = 1024 * 1024
PATH = re.compile(r"/ws/(?P<area>[a-z]+)/(?P<id>[0-9a-f-]{36})")


class Talk(Protocol):
    """What happens on one socket, whatever carries it."""

    def received(self, message: bytes) -> None: ...
    def filled(self) -> None: ...
    def resumed(self) -> None: ...
    def drain(self) -> None: ...
    def lost(self) -> None: ...


class Answers(Protocol):
    origins: list[str]

    def connect(self, key: str, wire: "Socket") -> Talk | None: ...


class Socket(asyncio.Protocol):
    """Made by uvicorn when a request asks for an upgrade; `answers` is given by the subclass that a server uses."""

    answers: Answers
    transport: asyncio.Transport

    def __init__(self, server_state: "ServerState", **_more: Any) -> None:
        self.loop = asyncio.get_running_loop()
        self.connections = server_state.connections
        self.handshake: ServerProtocol | None = ServerProtocol(origins=cast("Any", self.answers.origins))
        self.talk: Talk | None = None
        # the beginning of a frame that has not come whole
        self.buffer = bytearray()
        self.whole: bytearray | None = None
        self.missed = 0
        self.cookies: set[str] = set()
        self.closing = False
        # what follows in the stream can no longer be told apart
        self.is_lost = False
        self.is_full = False
        self.is_held = False
        # what goes along with the next that is sent, since each call to the system costs as much as twenty frames
        self.kept = b""
        self.timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.transport.set_write_buffer_limits(high=FULL, low=FULL // 4)
        self.connections.add(cast("Any", self))

    def data_received(self, data: bytes) -> None:
        if self.handshake:
            self._shake(self.handshake, data)
        elif not self.is_lost:
            if self.buffer:
                self.buffer += data
                del self.buffer[: self._read(self.buffer)]
            else:
                # Most frames come whole and alone, and need not be copied.
                done = self._read(data)
                if done < len(data):
                    self.buffer += data[done:]

    def connection_lost(self, _problem: Exception | None) -> None:
        self.closing = self.is_lost = True
        self.connections.discard(cast("Any", self))
        if self.timer:
            self.timer.cancel()
        talk, self.talk = self.talk, None
        if talk:
            talk.lost()

    def eof_received(self) -> None:
        """The other side sends no more: asyncio closes, and `connection_lost` follows."""

    def pause_writing(self) -> None:
        self.is_full = True
        if self.talk:
            self.talk.filled()

    def resume_writing(self) -> None:
        self.is_full = False
        if self.talk:
            self.talk.resumed()

    def shutdown(self) -> None:
        """The server stops."""
        if self.talk:
            self.talk.drain()
        else:
            self.transport.close()

    def send(self, frame: bytes) -> None:
        if not self.closing:
            if self.kept:
                frame, self.kept = self.kept + frame, b""
            self.transport.write(frame)

    def keep(self, frame: bytes) -> None:
        """To be sent before anything else, at the latest when `send_kept` is called."""
        self.kept += frame

    def send_kept(self) -> None:
        if self.kept:
            self.send(b"")

    def hold(self) -> None:
        """Whoever sends faster than they read, or than it can be written down, waits."""
        if not self.is_held and not self.transport.is_closing():
            self.is_held = True
            self.transport.pause_reading()

    def read_on(self) -> None:
        if self.is_held and not self.transport.is_closing():
            self.is_held = False
            self.transport.resume_reading()

    def shows(self, cookie: str, value: str) -> bool:
        return f"{cookie}={value}" in self.cookies

    def close(self, code: int, reason: str) -> None:
        if self.closing:
            return
        self.send_kept()
        self.closing = True
        body = code.to_bytes(2) + reason.encode()[:120]
        self.transport.write(bytes((0x80 | CLOSE, len(body))) + body)
        self._later(CLOSING_SECONDS, self.transport.abort)
        # Read on, since their answer to this ends it sooner.
        self.read_on()

    def _give_up(self, code: int, reason: str) -> None:
        self.close(code, reason)
        self.is_lost = True

    def _shake(self, handshake: ServerProtocol, data: bytes) -> None:
        handshake.receive_data(data)
        for event in handshake.events_received():
            if isinstance(event, Request):
                response = self._answer(handshake, event)
                handshake.send_response(response)
        self.transport.write(b"".join(handshake.data_to_send()))
        if self.talk:
            self.handshake = None
            self._beat()
        elif handshake.close_expected():
            self.transport.close()

    def _answer(self, handshake: ServerProtocol, request: Request) -> Response:
        found = PATH.fullmatch(request.path)
        self.cookies = {cookie for line in request.headers.get_all("Cookie") for cookie in line.split("; ")}
        response = handshake.accept(request)
        if response.status_code != SWITCHING:
            return response
        self.talk = self.answers.connect(f"{found['area']}:{found['id']}", self) if found else None
        return response if self.talk else Response(404, "Not Found", Headers({"Content-Length": "0"}))

    def _read(self, data: bytes | bytearray) -> int:
        """Every whole frame; answers where what is left begins. A client's frames are masked; nothing was agreed that uses reserved bits."""
        start, end = 0, len(data)
        while end - start >= SHORTEST and not self.is_lost:
            first, second = data[start], data[start + 1]
            size, head = second & 0x7F, start + 2
            if size == IN_TWO:
                size, head = int.from_bytes(data[head : head + 2]), head + 2
            elif size == IN_EIGHT:
                if end - start < LONGEST_HEAD:
                    break
                size, head = int.from_bytes(data[head : head + 8]), head + 8
            if first & 0x70 or not second & 0x80:
                self._give_up(PROTOCOL_ERROR, "protocol error")
                break
            if size > frames.LONGEST:
                self._give_up(frames.TOO_LARGE, "frame too large")
                break
            body = head + 4
            if end < body + size:
                break
            start = body + size
            self._frame(first, apply_mask(bytes(data[body:start]), bytes(data[head:body])))
        return end if self.is_lost else start

    def _frame(self, first: int, body: bytes) -> None:
        kind, last = first & 0x0F, first & 0x80
        if self.closing:
            if kind == CLOSE:
                self.transport.close()
        elif kind == TEXT and last and self.whole is None:
            if self.talk:
                self.talk.received(body)
        elif kind in {CLOSE, PING, PONG} and last and len(body) <= LONGEST_CONTROL:
            self._control(kind, body)
        elif kind == BINARY:
            self.close(TEXT_ONLY, "text only")
        elif kind in {TEXT, MORE} and (kind == TEXT) == (self.whole is None):
            self._part(body, last=bool(last))
        else:
            self._give_up(PROTOCOL_ERROR, "protocol error")

    def _part(self, body: bytes, *, last: bool) -> None:
        """A message in several frames."""
        if self.whole is None:
            self.whole = bytearray()
        self.whole += body
        if len(self.whole) > frames.LONGEST:
            self.close(frames.TOO_LARGE, "message too large")
        elif last:
            message, self.whole = bytes(self.whole), None
            if self.talk:
                self.talk.received(message)

    def _control(self, kind: int, body: bytes) -> None:
        if kind == CLOSE:
            self.closing = True
            self.transport.write(bytes((0x80 | CLOSE, min(len(body), 2))) + body[:2])
            self.transport.close()
        elif kind == PING:
            self.transport.write(bytes((0x80 | PONG, len(body))) + body)
        elif kind == PONG:
            # Nothing else counts, because what somebody sends may be all that gets through.
            self.missed = 0

    def _beat(self) -> None:
        if self.missed >= MISSED:
            self.transport.abort()
            return
        self.missed += 1
        self.transport.write(bytes((0x80 | PING, 0)))
        self._later(BEAT_SECONDS, self._beat)

    def _later(self, seconds: float, act: Any) -> None:
        if self.timer:
            self.timer.cancel()
        self.timer = self.loop.call_later(seconds, act)


def live_socket(answers: Answers) -> type[Socket]:
    """The class that uvicorn makes one of for each request to upgrade."""
    return type("LiveSocket", (Socket,), {"answers": answers})
