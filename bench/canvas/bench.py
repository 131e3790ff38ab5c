"""What all parts share: how long to measure, whom, and what came of it."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bench.canvas import ours, peers
from bench.canvas.capacity import Pace
from bench.canvas.subject import Measured, Subject, measured
from bench.table import Goal, Report

MINE, HOCUSPOCUS, Y_WEBSOCKET = "rihma", peers.HOCUSPOCUS, peers.Y_WEBSOCKET
SIGNIFICANT = 3


@dataclass
class Bench:
    folder: Path
    report: Report = field(default_factory=lambda: Report("canvas"))
    is_quick: bool = os.environ.get("QUICK", "") not in ("", "0")

    @property
    def pace(self) -> Pace:
        rounds = int(os.environ.get("RIHMA_BENCH_ROUNDS", "1" if self.is_quick else "3"))
        seconds = float(os.environ.get("RIHMA_BENCH_SECONDS", "1.5" if self.is_quick else "2.5"))
        return Pace(0.7, seconds, rounds)

    def servers(self, *names: str) -> list[str]:
        """Those of these that were asked for."""
        wanted = os.environ.get("SERVERS", "").split(",")
        return [name for name in names if name in wanted or wanted == [""]]

    @cached_property
    def data(self) -> Path:
        """Our data as it was made; what is measured works on copies."""
        folder = self.folder / "seeded"
        ours.prepare(folder)
        return folder

    @contextmanager
    def serving(self, name: str) -> Iterator[Measured]:
        """One of the servers, fresh, with a generator beside it."""
        with ExitStack() as stack:
            subject: Subject
            if name == MINE:
                subject = stack.enter_context(ours.served(ours.copied(self.data, self.folder)))
            else:
                subject = stack.enter_context(peers.served(name, self.folder))
            yield stack.enter_context(measured(subject))

    def ratio(self, name: str, mine: float, theirs: float) -> float | None:
        if not theirs:
            return None
        found = self.report.ratios[name] = float(f"{mine / theirs:.{SIGNIFICANT}g}")
        return found

    def goal(self, name: str, mine: float, theirs: float, most: float) -> None:
        """Ours may be so much of theirs at most."""
        note = f"{mine:.3g} and {theirs:.3g}"
        self.report.goals.append(Goal(name, self.ratio(name, mine, theirs), most, "×", note=note))
