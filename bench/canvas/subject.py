"""A server under measurement, whichever it is."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Protocol

import psutil

from bench.canvas.generator import CORE as LOAD_CORE
from bench.canvas.generator import Generator, Opened, Step, generating
from bench.server import Server

CORE = 0
# How many come in at a time where coming in is not what is measured.
FEW = 16


@dataclass(frozen=True)
class Shape:
    """So many rooms with so many windows open in each. The first `writing` of a room write."""

    rooms: int
    each: int
    writing: int = 0

    def __str__(self) -> str:
        return f"{self.rooms} × {self.each}"

    def writes(self, place: int) -> bool:
        return place < (self.writing or self.each)


class Subject(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def kind(self) -> str:
        """As the generator calls what it speaks."""

    @property
    def server(self) -> Server: ...

    def plan(self, shape: Shape) -> list[str]:
        """One line for each window, good for half a minute. Peers get documents that nobody has opened before."""

    def plan_on(self, places: list[Any], shape: Shape) -> list[str]: ...

    def place(self) -> Any:
        """A canvas or a document that no other part has written on."""

    @property
    def facts(self) -> Mapping[str, Any]:
        """What else is known of it."""


class Measured:
    """A server with a generator that talks to it."""

    def __init__(self, subject: Subject, generator: Generator) -> None:
        self.subject = subject
        self.generator = generator

    def open(self, shape: Shape, at_once: int = FEW) -> Opened:
        self.rest()
        opened = self.generator.open(self.subject.plan(shape), at_once)
        if opened.live < shape.rooms * shape.each:
            raise RuntimeError(f"{self.subject.name}: {opened} of {shape}")
        return opened

    def rest(self) -> None:
        """Nobody is there, and what they left behind is worked off."""
        self.generator.open([])
        self.subject.server.settle()

    def step(self, what: str, rate: float, warm: float, seconds: float) -> Step:
        began, before, busy = time.monotonic(), self.cpu(), self.others()
        found = self.generator.step(what, rate, warm, seconds)
        took, due = time.monotonic() - began, warm + seconds
        others = max(after - earlier for earlier, after in zip(busy, self.others(), strict=True)) / took
        # The server's is of the time in which something was due: what is left to do then counts, waiting does not.
        return replace(found, lasted=due, server=(self.cpu() - before) / due, others=max(0.0, others))

    def cpu(self) -> float:
        times = self.subject.server.process.cpu_times()
        return float(times.user + times.system)

    def others(self) -> list[float]:
        """Seconds that other programs have computed on the server's core and on the generator's."""
        cores = psutil.cpu_times(percpu=True)
        own = {CORE: self.subject.server.process, LOAD_CORE: psutil.Process(self.generator.process.pid)}
        return [cores[core].user + cores[core].nice - process.cpu_times().user for core, process in own.items()]


@contextmanager
def measured(subject: Subject) -> Iterator[Measured]:
    with generating(subject.kind, subject.server.port) as generator:
        yield Measured(subject, generator)
