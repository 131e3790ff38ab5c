"""Coming in: two hundred at once, and one after the other when the log has grown long."""

import statistics
import time
from contextlib import ExitStack

from bench.canvas.bench import HOCUSPOCUS, MINE, Bench
from bench.canvas.generator import MOST, Generator, Opened, generating
from bench.canvas.subject import FEW, Measured, Shape, Subject
from bench.table import Goal

CROWD = Shape(1, 200)
ITEMS, OPERATIONS = 500, 5000
FILLING_RATE = 1500.0
LIVE_SECONDS = 2.0
FIRST, LATER = 500, 50_000
LATER_WHEN_QUICK = 5000
TIMES = 21
TENTH_MORE = 1.1


def part(bench: Bench) -> None:
    found = {name: crowd(bench, name) for name in bench.servers(MINE, HOCUSPOCUS)}
    bench.report.facts["200 open 500 items at once, s"] = {name: one.all / 1000 for name, one in found.items()}
    if MINE in found:
        note = f"half of them after {found[MINE].p50 / 1000:.2f} s"
        if HOCUSPOCUS in found:
            bench.ratio("200 open at once ÷ hocuspocus", found[MINE].all, found[HOCUSPOCUS].all)
            note += f"; hocuspocus: {found[HOCUSPOCUS].all / 1000:.2f} s"
        value = None if found[MINE].live < CROWD.each else round(found[MINE].all / 1000, 2)
        bench.report.goals.append(
            Goal("200 open one canvas of 500 items, 5,000 operations", value, LIVE_SECONDS, "s", note=note)
        )
        long_log(bench)


def crowd(bench: Bench, name: str) -> Opened:
    with ExitStack() as stack:
        measured = stack.enter_context(bench.serving(name))
        subject = measured.subject
        # One window stays open, because a peer in memory forgets what nobody has open.
        holder = stack.enter_context(generating(subject.kind, subject.server.port))
        place = subject.place()
        holder.open(subject.plan_on([place], Shape(1, 1, 0)))
        measured.generator.open(subject.plan_on([place], Shape(1, ITEMS)), FEW)
        write(measured.generator, OPERATIONS)
        measured.rest()
        opened = measured.generator.open(subject.plan_on([place], CROWD), MOST)
    print(f"{CROWD.each} at once   {name:12} {opened}", flush=True)
    return opened


def write(generator: Generator, how_many: int) -> None:
    acked = 0
    while acked < how_many:
        acked += generator.step("operations", FILLING_RATE, 0, (how_many - acked) / FILLING_RATE).acked


def long_log(bench: Bench) -> None:
    later = LATER_WHEN_QUICK if bench.is_quick else LATER
    with bench.serving(MINE) as measured:
        place = measured.subject.place()
        taken = {}
        written = 0
        for length in (FIRST, later):
            measured.generator.open(measured.subject.plan_on([place], Shape(1, 50)), FEW)
            write(measured.generator, length - written)
            written = length
            taken[length] = one_by_one(measured, measured.subject, place)
            print(f"opening after {length:6} operations: {taken[length]:.1f} ms", flush=True)
    note = f"{taken[later]:.1f} and {taken[FIRST]:.1f} ms"
    title = f"opening after {later:,} operations ÷ after {FIRST}"
    ratio = bench.ratio(title, taken[later], taken[FIRST])
    bench.report.goals.append(Goal(title, ratio, TENTH_MORE, "×", note=note))


def one_by_one(measured: Measured, subject: Subject, place: object) -> float:
    """Each time nobody else is there, so that the server reads all of it from the database."""
    measured.rest()
    taken = []
    for _ in range(TIMES):
        taken.append(measured.generator.open(subject.plan_on([place], Shape(1, 1))).all)
        measured.generator.open([])
        time.sleep(0.05)
    return statistics.median(taken)
