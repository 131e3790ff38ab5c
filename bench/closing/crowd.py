"""Everybody who writes: each types into one answer after another, the page saves it, and some send it before the clock."""

import asyncio
import json
import random
import re
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

# As often as a page saves what somebody types without a pause.
EVERY_SECONDS = 5.0
PATIENCE_SECONDS = 60.0
LENGTH = re.compile(rb"(?i)content-length: (\d+)")
CSRF = re.compile(rb"(?i)set-cookie: ((?:__Host-)?csrf=[^;]+)")


class Fields(HTMLParser):
    """What the form that saves itself would send, and where to."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.rules = ""
        self.pairs: list[tuple[str, str]] = []
        self.inside = False
        self.area: str | None = None
        self.select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.rules = said.get("data-after-save") or self.rules
        if tag == "form" and "data-autosave" in said:
            self.inside, self.action = True, said["data-autosave"] or ""
        if not self.inside:
            return
        name = said.get("name") or ""
        if tag == "textarea":
            self.area = name
            self.pairs.append((name, ""))
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in said:
            self.pairs.append((self.select, said.get("value") or ""))
        elif tag == "input" and name and said.get("type") not in ("submit", "file"):
            if said.get("type") not in ("checkbox", "radio") or "checked" in said:
                self.pairs.append((name, said.get("value") or "on" * (said.get("type") == "checkbox")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = None
        elif tag == "select":
            self.select = None
        elif tag == "form":
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            name, before = self.pairs.pop()
            self.pairs.append((name, before + data))


@dataclass
class Tally:
    saves: list[float] = field(default_factory=list)
    sends: list[float] = field(default_factory=list)
    rules: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    # application → field → the text that was answered as saved
    saved: dict[str, dict[str, str]] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)


class Line:
    """One connection that stays open, as a browser's does."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port, self.cookie = port, cookie
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes, bytes]:
        for again in (True, False):
            if self.writer is None:
                self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=2**20)
            assert self.reader is not None
            kind = "Content-Type: application/x-www-form-urlencoded\r\n" if body else ""
            head = (
                f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept-Language: en\r\n"
                f"Origin: http://127.0.0.1:{self.port}\r\nCookie: {self.cookie}\r\n{kind}Content-Length: {len(body)}\r\n\r\n"
            )
            try:
                self.writer.write(head.encode() + body)
                told = await self.reader.readuntil(b"\r\n\r\n")
            except (asyncio.IncompleteReadError, ConnectionError):
                # The server closes what was idle for some seconds; a browser opens another.
                self.close()
                if not again:
                    raise
                continue
            length = LENGTH.search(told)
            answer = await self.reader.readexactly(int(length[1])) if length else b""
            return int(told.split(b" ", 2)[1]), told, answer
        raise ConnectionError(path)

    def close(self) -> None:
        if self.writer:
            self.writer.close()
        self.reader = self.writer = None


@dataclass
class Writer:
    pk: str
    line: Line
    tally: Tally
    luck: random.Random
    fields: Fields = field(default_factory=Fields)
    # whether a save has been answered: from then on only what is new is sent
    settled: bool = False

    async def open(self) -> None:
        status, head, page = await self.line.ask("GET", f"/en/applications/{self.pk}/")
        if status != HTTPStatus.OK:
            sys.exit(f"the draft's page answers {status}")
        cookie = CSRF.search(head)
        if cookie:
            self.line.cookie += f"; {cookie[1].decode()}"
        self.fields.feed(page.decode())
        self.fields.pairs = [pair for pair in self.fields.pairs if pair[0] != "page"] + [("page", self.pk)]

    async def write(self, starts: float, until: float) -> None:
        """Open-loop: each save is due at its time, and its age counts from then."""
        names = [name for name, value in self.fields.pairs if name.startswith("question_") and value]
        due = starts + self.luck.random() * EVERY_SECONDS
        turn = 0
        while due < until and self.pk not in self.tally.sent:
            await until_then(due)
            turn += 1
            name, text = self.luck.choice(names), f"Letters come too late, said {self.pk[:8]} for the {turn}. time."
            self.fields.pairs = [(key, text if key == name else value) for key, value in self.fields.pairs]
            await self._save(due, name, text)
            due += EVERY_SECONDS

    def _unsaved(self, name: str) -> list[tuple[str, str]]:
        """As the page sends it: all the first time, then what has changed, each field with its mark."""
        marks = {value.rsplit(":", 1)[0] for key, value in self.fields.pairs if key == "seen"}
        pairs = self.fields.pairs
        if self.settled:
            pairs = [
                (key, value)
                for key, value in pairs
                if (key == name or key.split(".")[0] not in marks) and (key != "seen" or value.startswith(f"{name}:"))
            ]
        return [*pairs, ("parts", "unsaved")]

    def _settle(self, told: dict[str, Any]) -> None:
        self.settled = True
        marks = {"seen": told["marks"]}
        self.fields.pairs = [
            (key, str(told["version"]) if key == "version" else _remarked(value, marks.get(key, {})))
            for key, value in self.fields.pairs
        ]

    async def _save(self, due: float, name: str, text: str) -> None:
        body = urlencode([*self._unsaved(name), ("at", name)]).encode()
        status, _head, answer = await self.line.ask("POST", self.fields.action, body)
        if status != HTTPStatus.OK:
            if self.pk not in self.tally.sent:
                self.tally.errors.append(f"save answers {status} {answer[:200]!r}")
            return
        self.tally.saves.append(time.perf_counter() - due)
        self.tally.saved.setdefault(self.pk, {})[name] = text
        told = json.loads(answer)
        self._settle(told)
        # As the page does: only when the save says that the box beside the form may say something else.
        if self.fields.rules and told.get("box", True):
            began = time.perf_counter()
            status, _head, _answer = await self.line.ask("GET", self.fields.rules)
            self.tally.rules.append(time.perf_counter() - began)
            if status != HTTPStatus.OK:
                self.tally.errors.append(f"rules answer {status}")

    async def send(self, due: float) -> None:
        await until_then(due)
        token = next(value for name, value in self.fields.pairs if name == "csrfmiddlewaretoken")
        # On another connection: the page where it is sent is another one.
        line = Line(self.line.port, self.line.cookie)
        body = urlencode({"csrfmiddlewaretoken": token}).encode()
        status, _head, answer = await line.ask("POST", f"/en/applications/{self.pk}/submit/", body)
        line.close()
        if status != HTTPStatus.FOUND:
            self.tally.errors.append(f"sending answers {status} {answer[:200]!r}")
            return
        self.tally.sends.append(time.perf_counter() - due)
        self.tally.sent.append(self.pk)


def _remarked(value: str, marks: Mapping[str, str]) -> str:
    name, _colon, mark = value.rpartition(":")
    return f"{name}:{marks.get(name, mark)}" if marks else value


async def until_then(due: float) -> None:
    await asyncio.sleep(max(0.0, due - time.perf_counter()))


async def crowd(
    drafts: list[dict[str, str]],
    ports: list[int],
    *,
    seconds: float,
    senders: int,
    last: float,
    ready: Callable[[], None],
) -> Tally:
    """All write for so many seconds; so many of them send within the `last` of these. `ready` is called before."""
    tally, luck = Tally(), random.Random(1)
    writers = [
        Writer(one["id"], Line(ports[at % len(ports)], one["cookie"]), tally, random.Random(at))
        for at, one in enumerate(drafts)
    ]
    for at in range(0, len(writers), 20):
        await asyncio.gather(*(writer.open() for writer in writers[at : at + 20]))
    ready()
    starts = time.perf_counter() + 0.5
    ends = starts + seconds
    sending = [writer.send(ends - luck.random() * last) for writer in luck.sample(writers, senders)]
    async with asyncio.timeout(seconds + PATIENCE_SECONDS):
        await asyncio.gather(*(writer.write(starts, ends) for writer in writers), *sending)
    for writer in writers:
        writer.line.close()
    return tally
