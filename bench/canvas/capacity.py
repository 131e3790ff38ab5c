"""How many operations a second a server sustains: everything arrives everywhere, within 100 ms for 99 of 100."""

import statistics
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.canvas.generator import DISTURBING, Step
from bench.canvas.peers import HOCUSPOCUS as PEER
from bench.canvas.peers import WITH_SQLITE, Y_WEBSOCKET
from bench.canvas.subject import Measured, Shape
from bench.table import Goal

if TYPE_CHECKING:
    from bench.canvas.bench import Bench

MINE = "rihma"
# Told beside the others, so measured in the first round only.
ONCE = (Y_WEBSOCKET, WITH_SQLITE)
SHAPES = (Shape(1, 50), Shape(1, 200), Shape(100, 5))
WANTED = 3.0
P99_MS = 100.0
FIRST_RATE, LOWEST_RATE = 1000.0, 60.0
HIGHEST_RATE = 120_000.0
# The search ends when what held and what did not are this close.
CLOSE, CLOSE_ENOUGH = 1.1, 1.25
TRIES, TRIES_WHEN_DISTURBED = 2, 4
NUDGE = 1.12
NUDGES = 3


@dataclass(frozen=True)
class Pace:
    warm: float
    seconds: float
    rounds: int


class Capacity:
    """What was found in each round; the median counts."""

    def __init__(self) -> None:
        self.rates: list[float] = []
        self.best: Step | None = None
        self.is_least = False
        self.others: list[float] = []

    @property
    def rate(self) -> float:
        return statistics.median(self.rates)

    @property
    def told(self) -> str:
        rounds = " / ".join(f"{rate:,.0f}" for rate in self.rates)
        others = statistics.mean(self.others)
        disturbed = f", while others used {others:.0%} of a core" if others > DISTURBING else ""
        return f"{'≥ ' if self.is_least else ''}{self.rate:,.0f}/s ({rounds}){disturbed}"


def part(bench: "Bench") -> None:
    """Servers take turns within a round, so that what else the machine does hits all alike."""
    names = bench.servers(MINE, PEER, Y_WEBSOCKET, WITH_SQLITE)
    with ExitStack() as stack:
        servers = [stack.enter_context(bench.serving(name)) for name in names]
        for shape in SHAPES:
            found = race(servers, shape, bench.pace)
            tell(bench, shape, found)


def race(servers: list[Measured], shape: Shape, pace: Pace) -> dict[str, Capacity]:
    found: dict[str, Capacity] = {}
    for turn in range(pace.rounds):
        for measured in servers:
            name = measured.subject.name
            if turn and name in ONCE:
                continue
            search = Search(measured, shape, pace)
            one = found.setdefault(name, Capacity())
            one.rates.append(search.again(one.rates[-1]) if one.rates and one.rates[-1] else search.from_nothing())
            one.best, one.is_least = search.best, search.is_bound
            one.others += search.others
            measured.rest()
    return found


def tell(bench: "Bench", shape: Shape, found: dict[str, Capacity]) -> None:
    for name, one in found.items():
        each = f", {one.best.each_us:.0f} µs of the server each" if one.best else ""
        print(f"{shape!s:8} {name:18} {one.told}{each}", flush=True)
    bench.report.facts[f"operations/s at {shape}"] = {name: round(one.rate) for name, one in found.items()}
    if MINE in found:
        mine = found[MINE].told
        for name in found.keys() - {MINE}:
            ratio = bench.ratio(f"operations/s at {shape} ÷ {name}", found[MINE].rate, found[name].rate)
            best, theirs = found[MINE].best, found[name].best
            if best and theirs:
                bench.ratio(f"server time an operation at {shape} ÷ {name}", best.each_us, theirs.each_us)
            if name == PEER:
                title = f"operations/s at {shape}, ours ÷ {name}"
                note = f"{mine} and {found[name].told}"
                bench.report.goals.append(Goal(title, ratio, WANTED, "×", "least", note))


class Search:
    def __init__(self, measured: Measured, shape: Shape, pace: Pace) -> None:
        self.measured = measured
        self.shape = shape
        self.pace = pace
        self.close = CLOSE_ENOUGH if measured.subject.name in ONCE else CLOSE
        self.best: Step | None = None
        self.others: list[float] = []
        # the generator was the one that could not follow
        self.is_bound = False

    def from_nothing(self) -> float:
        good, rate = 0.0, FIRST_RATE
        while not self.holds(rate):
            rate /= 2
            if rate < LOWEST_RATE:
                return 0.0
        if rate < FIRST_RATE:
            return self.between(rate, rate * 2)
        while rate <= HIGHEST_RATE:
            good, rate = rate, rate * 2
            if not self.holds(rate):
                return self.between(good, rate)
        return good

    def between(self, good: float, bad: float) -> float:
        while bad > good * self.close:
            middle = (good * bad) ** 0.5
            good, bad = (middle, bad) if self.holds(middle) else (good, middle)
        return good

    def again(self, last: float) -> float:
        """From where it ended before, a few steps up or down."""
        good, rate = 0.0, last
        for _ in range(NUDGES):
            if self.holds(rate):
                good = rate
                rate *= NUDGE
            elif good:
                break
            else:
                rate /= NUDGE
        return good or rate

    def holds(self, rate: float) -> bool:
        """Tried again where it did not, and several times where other programs took a core meanwhile."""
        for number in range(TRIES_WHEN_DISTURBED):
            step = self.tried(rate)
            if step.holds(P99_MS):
                self.best = step
                return True
            if number + 1 >= TRIES and not step.is_disturbed:
                break
        self.is_bound = step.is_bound_by_generator
        return False

    def tried(self, rate: float) -> Step:
        self.measured.open(self.shape)
        step = self.measured.step("operations", rate, self.pace.warm, self.pace.seconds)
        self.others.append(step.others)
        print(told(self.measured.subject.name, self.shape, rate, step), file=sys.stderr, flush=True)
        return step


def told(name: str, shape: Shape, rate: float, step: Step) -> str:
    return (
        f"{name:17} {shape!s:8} {rate:8.0f}/s {'holds' if step.holds(P99_MS) else 'NO   '} p50 {step.p50:7.1f}"
        f" p99 {step.p99:7.1f} ack {step.ack_p99:7.1f} ms  arrived {step.delivered / max(1, step.expected):6.1%}"
        f" refused {step.refused} closed {step.closed} share {step.least_share:.2f}  cpu server {step.server:4.0%}"
        f" ({step.each_us:.0f} µs each) load {step.cpu:4.0%} others {step.others:4.0%} late {step.late_p99:.1f}"
    )
