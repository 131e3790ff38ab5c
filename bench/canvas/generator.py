"""The load generator (load/*.c): made with the machine's C compiler once, told by lines what to do."""

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from bench.server import made_once

SOURCES = Path(__file__).parent / "load"
CORE = 1
# Senders do not hear of themselves on every server, so that shares differ a little within a room.
ALMOST_ALL = 0.7
FULLY_BUSY = 0.93
DISTURBING = 0.1
# as load.h says
MOST = 4096
FLAGS = ("-O2", "-Wall", "-Wextra", "-Werror", "-D_GNU_SOURCE")


@dataclass(frozen=True)
class Opened:
    live: int
    closed: int
    p50: float
    all: float


@dataclass(frozen=True)
class Step:
    """What came of one rate. Times in ms, from when each thing was due; `cpu` is the generator's own share of a core."""

    sent: int
    measured: int
    expected: int
    delivered: int
    acked: int
    refused: int
    closed: int
    p50: float
    p99: float
    ack_p50: float
    ack_p99: float
    late_p99: float
    least_share: float
    cpu: float
    took: float
    # how long something was due, in seconds
    lasted: float = 0.0
    # how much of a core the server used
    server: float = 0.0
    # how much of the busier core other programs used meanwhile
    others: float = 0.0

    @property
    def each_us(self) -> float:
        """What one of them cost the server: holds, too, where others take time from it."""
        return self.server * self.lasted / max(1, self.sent) * 1e6

    @property
    def slowest(self) -> float:
        return max(self.p99, self.ack_p99)

    @property
    def whole(self) -> bool:
        """Everything arrived, everywhere."""
        arrived = self.delivered >= self.expected and self.least_share > ALMOST_ALL
        return arrived and not self.refused and not self.closed

    def holds(self, p99: float) -> bool:
        return self.whole and self.slowest <= p99

    @property
    def is_disturbed(self) -> bool:
        return self.others > DISTURBING

    @property
    def is_bound_by_generator(self) -> bool:
        return self.cpu > FULLY_BUSY


class Generator:
    def __init__(self, process: "subprocess.Popen[str]", folder: Path) -> None:
        self.process = process
        self.folder = folder

    def open(self, lines: Sequence[str], at_once: int = MOST) -> Opened:
        """These sockets instead of those that were open; so many are on their way in at a time."""
        plan = self.folder / "plan"
        plan.write_text("".join(f"{line}\n" for line in lines))
        return Opened(**self.told(f"open {at_once} {plan}"))

    def step(self, what: str, rate: float, warm: float, seconds: float) -> Step:
        return Step(**self.told(f"step {what} {rate:.3f} {warm:.3f} {seconds:.3f}"))

    def keep(self, path: Path) -> None:
        self.told(f"keep {path}")

    def told(self, command: str) -> dict[str, Any]:
        self.say(command)
        return self.heard()

    def say(self, command: str) -> None:
        pipe(self.process.stdin).write(f"{command}\n")
        pipe(self.process.stdin).flush()

    def heard(self) -> dict[str, Any]:
        line = pipe(self.process.stdout).readline()
        if not line:
            sys.exit(f"the load generator ended with {self.process.wait()}")
        found: dict[str, Any] = json.loads(line)
        return found


def pipe(end: IO[str] | None) -> IO[str]:
    if end is None:
        raise OSError("no pipe")
    return end


@contextmanager
def generating(kind: str, port: int, core: int = CORE) -> Iterator[Generator]:
    command = pinned([str(compiled()), kind, str(port)], core)
    with (
        tempfile.TemporaryDirectory(prefix="rihma-bench-load-") as folder,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process,
    ):
        try:
            yield Generator(process, Path(folder))
        finally:
            process.kill()


def pinned(command: list[str], core: int) -> list[str]:
    return ["taskset", "-c", str(core), *command]


def compiled() -> Path:
    sources = sorted(SOURCES.glob("*.[ch]"))
    digest = hashlib.sha256("\n".join([*FLAGS, *(each.read_text() for each in sources)]).encode()).hexdigest()[:12]
    return made_once(f"canvas-generator-{digest}", compile_to) / "load"


def compile_to(home: Path) -> None:
    written = [str(each) for each in sorted(SOURCES.glob("*.c"))]
    subprocess.run(["cc", *FLAGS, "-o", str(home / "load"), *written], check=True)
