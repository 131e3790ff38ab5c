"""A socket that says whatever a test wants, right or wrong (RFC 6455)."""

import json
import os
import socket
import struct
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from websockets.frames import apply_mask  # type: ignore[attr-defined]  # the quick one where it was compiled

KEY = "dGhlIHNhbXBsZSBub25jZQ=="
GONE = 1006
PATIENCE = 60.0
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


class Raw:
    def __init__(self, port: int, path: str, headers: Mapping[str, str | None] = {}, *, receive: int = 0) -> None:
        """`status` is what the handshake was answered. A header that is None is left out."""
        sent = {
            "Host": f"127.0.0.1:{port}",
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": KEY,
            "Origin": f"http://127.0.0.1:{port}",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in sent.items() if value is not None)
        self.line = socket.socket()
        if receive:
            self.line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
        self.line.settimeout(10)
        self.line.connect(("127.0.0.1", port))
        self.line.sendall(f"GET {path} HTTP/1.1\r\n{lines}\r\n".encode("latin-1"))
        self.buffer = bytearray()
        self.head = self._until(b"\r\n\r\n")
        self.status = int(self.head.split(b" ", 2)[1])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, what: BaseException | None, at: TracebackType | None) -> None:
        self.line.close()

    def send(self, message: Any) -> None:
        self.put(text(message))

    def frame(self, kind: int, body: bytes = b"", *, last: bool = True, masked: bool = True, reserved: int = 0) -> None:
        self.put(frame(kind, body, last=last, masked=masked, reserved=reserved))

    def put(self, data: bytes) -> None:
        self.line.sendall(data)

    def next_frame(self) -> tuple[int, bytes]:
        first, second = self._take(2)
        size = second & 0x7F
        if size == 126:
            size = int.from_bytes(self._take(2))
        elif size == 127:
            size = int.from_bytes(self._take(8))
        return first & 0x0F, self._take(size)

    def next(self, *kinds: str) -> dict[str, Any]:
        """The next message, or the next of these kinds."""
        until = time.monotonic() + PATIENCE
        while True:
            # The server's pings alone must not keep anybody waiting for what never comes.
            if time.monotonic() > until:
                raise TimeoutError(f"no {kinds} came")
            kind, body = self.next_frame()
            if kind == CLOSE:
                raise Closed(*_code(body))
            if kind == PING:
                self.frame(PONG, body)
            if kind == TEXT:
                message: dict[str, Any] = json.loads(body)
                if not kinds or message["type"] in kinds:
                    return message

    def closed(self) -> int:
        """The code that it is closed with, whatever comes before."""
        try:
            while True:
                self.next()
        except Closed as closed:
            return closed.code

    def ends(self, within: float = 5) -> bool:
        """Whether nothing more comes."""
        self.line.settimeout(within)
        until = time.monotonic() + within
        try:
            while self.line.recv(65536):
                if time.monotonic() > until:
                    return False
        except TimeoutError:
            return False
        except OSError:
            return True
        return True

    def _until(self, mark: bytes) -> bytes:
        while mark not in self.buffer:
            self._more()
        end = self.buffer.index(mark) + len(mark)
        found = bytes(self.buffer[:end])
        del self.buffer[:end]
        return found

    def _take(self, size: int) -> bytes:
        while len(self.buffer) < size:
            self._more()
        found = bytes(self.buffer[:size])
        del self.buffer[:size]
        return found

    def _more(self) -> None:
        data = self.line.recv(65536)
        if not data:
            raise Closed(GONE, "gone")
        self.buffer += data


class Closed(Exception):
    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"{code} {reason}")
        self.code = code
        self.reason = reason


def _code(body: bytes) -> tuple[int, str]:
    return (int.from_bytes(body[:2]), body[2:].decode()) if body else (1005, "")


def frame(kind: int, body: bytes = b"", *, last: bool = True, masked: bool = True, reserved: int = 0) -> bytes:
    size, bit = len(body), 0x80 if masked else 0
    head = bytes(((0x80 if last else 0) | reserved | kind,))
    if size < 126:
        head += bytes((bit | size,))
    elif size < 65536:
        head += struct.pack(">BH", bit | 126, size)
    else:
        head += struct.pack(">BQ", bit | 127, size)
    if not masked:
        return head + body
    mask = os.urandom(4)
    return head + mask + apply_mask(body, mask)


def text(message: Any) -> bytes:
    return frame(TEXT, json.dumps(message).encode())
