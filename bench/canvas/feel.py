"""What people notice at an ordinary load: when others' changes and pointers show, when theirs are kept, what it costs."""

import statistics
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

from bench.canvas.bench import HOCUSPOCUS, MINE, Y_WEBSOCKET, Bench
from bench.canvas.generator import Step
from bench.canvas.subject import Measured, Shape
from bench.table import Goal

EDITS = ((Shape(1, 50), 250.0), (Shape(1, 200), 200.0))
ACKS = (Shape(1, 50), 2000.0)
POINTERS = (Shape(1, 200), 2000.0)
PAUSE_BEFORE = 1.5


@dataclass(frozen=True)
class Felt:
    """Medians over the rounds."""

    p50: float
    p99: float
    ack_p99: float
    cpu: float
    arrived: float
    others: float

    def __str__(self) -> str:
        return (
            f"p50 {self.p50:.1f} p99 {self.p99:.1f} ack p99 {self.ack_p99:.1f} ms, {self.cpu:.0%} of a core,"
            f" {self.arrived:.0%} arrived; others used {self.others:.0%} of a core"
        )


def part(bench: Bench) -> None:
    names = bench.servers(MINE, HOCUSPOCUS, Y_WEBSOCKET)
    with ExitStack() as stack:
        servers = [stack.enter_context(bench.serving(name)) for name in names]
        for shape, rate in EDITS:
            found = race(bench, servers, "operations", shape, rate)
            edits(bench, f"{shape}, {rate:.0f}/s", found)
        shape, rate = ACKS
        acks(bench, race(bench, servers[:2], "operations", shape, rate))
        shape, rate = POINTERS
        pointers(bench, race(bench, servers, "pointers", shape, rate))


def race(bench: Bench, servers: list[Measured], what: str, shape: Shape, rate: float) -> dict[str, Felt]:
    """In turn, round after round, so that what else the machine does hits all alike."""
    steps: dict[str, list[Step]] = {}
    for _ in range(bench.pace.rounds):
        for measured in servers:
            measured.open(shape)
            step = measured.step(what, rate, PAUSE_BEFORE, bench.pace.seconds * 2)
            steps.setdefault(measured.subject.name, []).append(step)
            measured.rest()
    found = {name: felt(some) for name, some in steps.items()}
    for name, one in found.items():
        print(f"{shape!s:8} {rate:5.0f} {what}/s  {name:12} {one}", flush=True)
    return found


def felt(steps: list[Step]) -> Felt:
    def median(of: Callable[[Step], float]) -> float:
        return statistics.median(of(step) for step in steps)

    return Felt(
        median(lambda step: step.p50),
        median(lambda step: step.p99),
        median(lambda step: step.ack_p99),
        median(lambda step: step.server),
        median(lambda step: step.delivered / max(1, step.expected)),
        median(lambda step: step.others),
    )


def edits(bench: Bench, title: str, found: dict[str, Felt]) -> None:
    bench.report.facts[f"edits, {title}"] = {name: str(one) for name, one in found.items()}
    if MINE in found and HOCUSPOCUS in found:
        mine, peer = found[MINE], found[HOCUSPOCUS]
        bench.goal(f"edit to other screen p99 at {title}, ours ÷ hocuspocus", mine.p99, peer.p99, 0.5)
        bench.goal(f"server CPU at {title}, ours ÷ hocuspocus", mine.cpu, peer.cpu, 0.8)


def acks(bench: Bench, found: dict[str, Felt]) -> None:
    if MINE in found:
        peer = found.get(HOCUSPOCUS)
        note = f"hocuspocus, which keeps nothing: {peer.ack_p99:.1f} ms" if peer else ""
        value = round(found[MINE].ack_p99, 1)
        bench.report.goals.append(
            Goal("acknowledged after fsync p99 at 2,000 operations/s", value, 25, "ms", note=note)
        )


def pointers(bench: Bench, found: dict[str, Felt]) -> None:
    bench.report.facts["200 pointers at 10/s"] = {name: str(one) for name, one in found.items()}
    if MINE not in found:
        return
    age = round(found[MINE].p99, 1)
    note = "where two came within 50 ms, the later is shown"
    bench.report.goals.append(Goal("age of a pointer when shown, 200 at 10/s, p99", age, 150, "ms", note=note))
    if HOCUSPOCUS in found:
        bench.goal("server CPU for 200 pointers, ours ÷ hocuspocus", found[MINE].cpu, found[HOCUSPOCUS].cpu, 0.5)
