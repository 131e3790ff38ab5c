import errno
import json
import socket
import time
from collections.abc import Callable
from contextlib import ExitStack
from http.client import HTTPException
from random import SystemRandom
from types import TracebackType
from typing import Any, Self
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen
from uuid import uuid4

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from rihma.client.messages import Item, Refused, item_of, step

VERSION = 1
# How many operations may be on their way; the server says the same in its welcome.
IN_FLIGHT = 32
RESEND_SECONDS = 5.0
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 15.0
# Sooner, because where nothing gets through at all nobody is burdened by it.
UNREACHED_PAUSE = 1.5
REACH_SECONDS = 5.0
# Between two signs that the line lives; it is given up after three, so that one that was cut is noticed in half a minute.
BEAT_SECONDS = 9.0
# What a line that breaks looks like, at whatever moment it does.
BROKEN = (WebSocketException, HTTPException, OSError)
UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.ETIMEDOUT}
# Answers to the wish for a ticket that would be the same every time.
NEVER = {401, 403, 404}


class Unreached(OSError):
    """Nothing came through, neither there nor back."""


class Canvas:
    """One open canvas. Not for use by several threads at once."""

    def __init__(self, base_url: str, canvas_id: str, token: str) -> None:
        self.base_url = base_url.rstrip("/")
        # how the server knows itself, where it is reached by another address
        self.origin = ""
        self.id = canvas_id
        self.token = token
        self.device = uuid4().hex
        self.count = 0
        self.head: int | None = None
        self.role = ""
        self.items: dict[str, Item] = {}
        # what the server has not confirmed, oldest first, by id
        self.queue: dict[str, dict[str, Any]] = {}
        self.acked: dict[str, int] = {}
        self.people: dict[int, dict[str, Any]] = {}
        self._sent: set[str] = set()
        # nothing is sent before that
        self._later = 0.0
        self._welcomed = 0
        self._socket: ClientConnection | None = None
        self._open_lines = ExitStack()

    @classmethod
    def join(cls, base_url: str, canvas_id: str, token: str) -> Self:
        canvas = cls(base_url, canvas_id, token)
        canvas.open()
        return canvas

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, what: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def open(self) -> None:
        """Also again: what was missed comes, what was not confirmed goes once more."""
        self.close()
        answer = self._ticket()
        url = self.base_url.replace("http", "ws", 1) + answer["path"]
        line = connect(
            url,
            origin=Origin(self.origin or self.base_url),
            compression=None,
            max_size=None,
            close_timeout=1,
            ping_interval=BEAT_SECONDS,
            ping_timeout=2 * BEAT_SECONDS,
        )
        self._socket = self._open_lines.enter_context(line)
        self._sent.clear()
        self._later = 0.0
        hello = {"type": "hello", "v": VERSION, "ticket": answer["ticket"], "queued": len(self.queue)}
        self._say(hello if self.head is None else hello | {"after": self.head})
        self.wait(lambda: self.role != "" and self.head is not None and self.head >= self._welcomed)
        self._send_queue()

    def close(self) -> None:
        self._socket = None
        self._open_lines.close()
        self.role = ""

    def add(self, kind: str, zone: str, text: str, **payload: Any) -> str:
        """The new item's id."""
        item = str(uuid4())
        self.send("add", item, {"kind": kind, "zone": zone, "text": text, **payload})
        return item

    def set_text(self, item: str, text: str) -> str:
        return self.send("set", item, {"text": text}, base=self.head or 0)

    def send(self, verb: str, item: str, payload: dict[str, Any], base: int | None = None) -> str:
        """Queue one operation and send it; its id. Saved once `flush` returns."""
        self.count += 1
        operation: dict[str, Any] = {
            "id": f"{self.device}:{self.count}",
            "verb": verb,
            "item": item,
            "payload": payload,
            "base": base,
        }
        self.queue[operation["id"]] = operation
        self._send_queue()
        return str(operation["id"])

    def flush(self, timeout: float = 30.0) -> None:
        """Wait until everything is saved. A broken connection is opened again until `timeout`."""
        until = time.monotonic() + timeout
        while self.queue:
            try:
                self.wait(lambda: not self.queue, timeout=min(RESEND_SECONDS, until - time.monotonic()))
            except BROKEN:
                if time.monotonic() >= until:
                    raise
                self._again(until)

    def wait(self, done: Callable[[], bool], timeout: float = 30.0) -> None:
        """Take in what comes until `done`."""
        until = time.monotonic() + timeout
        while not done():
            if self._socket is None:
                raise OSError("the canvas is not open")
            now = time.monotonic()
            if 0 < self._later <= now:
                self._later = 0.0
                self._send_queue()
            soonest = min(until, self._later or until)
            try:
                message = self._socket.recv(timeout=max(0.0, soonest - now))
            except TimeoutError:
                if time.monotonic() >= until:
                    raise
            else:
                self._take(json.loads(message))

    def _again(self, until: float) -> None:
        longest = SHORTEST_PAUSE
        while True:
            # At random, so that those who lost the same server do not all come back at the same moment.
            longest = min(2 * longest, LONGEST_PAUSE)
            pause = SystemRandom().uniform(SHORTEST_PAUSE, longest)
            time.sleep(max(0.0, min(pause, until - time.monotonic())))
            try:
                self._reach()
                self.open()
            except BROKEN as problem:
                if isinstance(problem, Unreached):
                    longest = UNREACHED_PAUSE / 2
                if time.monotonic() >= until or (isinstance(problem, HTTPError) and problem.code in NEVER):
                    raise
            else:
                return

    def _reach(self) -> None:
        """Says sooner than the wish for a ticket would that nothing gets through."""
        there = urlsplit(self.base_url)
        port = there.port or (443 if there.scheme == "https" else 80)
        try:
            socket.create_connection((there.hostname or "", port), REACH_SECONDS).close()
        except OSError as problem:
            if isinstance(problem, TimeoutError) or problem.errno in UNREACHABLE:
                raise Unreached from problem
            raise

    def _take(self, message: dict[str, Any]) -> None:
        take = getattr(self, f"_take_{message['type']}", None)
        if take:
            take(message)

    def _take_welcome(self, message: dict[str, Any]) -> None:
        self.role = message["role"]
        self._welcomed = message["head"]

    def _take_items(self, message: dict[str, Any]) -> None:
        self.head = message["head"]
        self.items = {item["id"]: item_of(item) for item in message["items"]}

    def _take_operations(self, message: dict[str, Any]) -> None:
        for row in message["operations"]:
            if row["seq"] > (self.head or 0):
                step(self.items, row)
        self.head = max(self.head or 0, message["head"])

    def _take_ack(self, message: dict[str, Any]) -> None:
        for pk, seq in zip(message["ids"], message["seqs"], strict=True):
            self.acked[pk] = seq
            self.queue.pop(pk, None)
        self._send_queue()

    def _take_presence(self, message: dict[str, Any]) -> None:
        self.people |= {one["at"]: one for one in message["people"]}
        for gone in message["gone"]:
            self.people.pop(gone, None)

    def _take_changed(self, message: dict[str, Any]) -> None:
        self.role = message["role"]

    def _take_refused(self, message: dict[str, Any]) -> None:
        """What may be tried again stays queued."""
        if "retry_after" in message:
            # What was sent behind it is refused likewise, so that all of it goes in its order once that is over.
            self._sent.discard(message["id"])
            self._later = max(self._later, time.monotonic() + message["retry_after"])
            return
        self.queue.pop(message["id"], None)
        raise Refused(message["id"], message["code"], message["message"])

    def _send_queue(self) -> None:
        if self._socket is None or time.monotonic() < self._later:
            return
        room = IN_FLIGHT - len(self._sent & self.queue.keys())
        ready = [operation for pk, operation in self.queue.items() if pk not in self._sent][: max(0, room)]
        if ready:
            self._sent |= {operation["id"] for operation in ready}
            self._say({"type": "operations", "operations": ready})

    def _say(self, message: dict[str, Any]) -> None:
        if self._socket:
            self._socket.send(json.dumps(message))

    def _ticket(self) -> dict[str, Any]:
        url = f"{self.base_url}/api/v1/canvases/{self.id}/ticket"
        headers = {"Authorization": f"Bearer {self.token}"}
        with urlopen(Request(url, method="POST", headers=headers), timeout=30) as answer:  # noqa: S310  # http only
            found: dict[str, Any] = json.load(answer)
        return found
