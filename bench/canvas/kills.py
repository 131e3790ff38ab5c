"""What was acknowledged and then lost when the server was killed (kill -9) in the midst of work."""

import os
import random
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bench.canvas import ours, peers
from bench.canvas.bench import MINE, Bench
from bench.canvas.generator import generating
from bench.canvas.peers import WITH_SQLITE
from bench.canvas.subject import Shape, Subject
from bench.table import Goal

SHAPE = Shape(1, 10)
RATE = 400.0
LONG = 60.0
OURS_AFTER = (0.3, 1.5)
# Its store is written at rest or every ten seconds, so that all of an early kill is lost; here some are late.
PEER_AFTER = (3.0, 16.0)
LANES = (0, 1)
PEER_SHARE = 25


@dataclass
class Count:
    trials: int = 0
    acked: int = 0
    lost: int = 0
    twice: int = 0

    def __str__(self) -> str:
        return f"{self.lost:,} of {self.acked:,} acknowledged lost, {self.twice} there twice, {self.trials} kills"


def part(bench: Bench) -> None:
    trials = int(os.environ.get("RIHMA_BENCH_KILLS", "6" if bench.is_quick else "200"))
    found: dict[str, Count] = {}
    if bench.servers(MINE):
        found[MINE] = ours_killed(bench, trials)
    if bench.servers(WITH_SQLITE) and peers.has_sqlite():
        found[WITH_SQLITE] = peer_killed(bench, max(2, trials // PEER_SHARE))
    for name, count in found.items():
        print(f"{name:18} {count}", flush=True)
    bench.report.facts["kill -9"] = {name: str(count) for name, count in found.items()}
    if MINE in found:
        title = f"acknowledged operations lost over {found[MINE].trials} kill -9"
        note = f"of {found[MINE].acked:,}; {WITH_SQLITE}: {found.get(WITH_SQLITE, 'not measured')}"
        bench.report.goals.append(Goal(title, found[MINE].lost + found[MINE].twice, 0, "", note=note))


def ours_killed(bench: Bench, trials: int) -> Count:
    """On both cores at once, each with data of its own, which the next trial begins with."""
    total, data = Count(), bench.data

    def lane(core: int) -> Count:
        count, folder = Count(), ours.copied(data, bench.folder)
        for _ in range(trials // len(LANES) + (core < trials % len(LANES))):
            with ours.served(folder, core, quietly=True) as server:
                acked = killed(server, folder, core, random.uniform(*OURS_AFTER))  # noqa: S311 - no secret
            tell(count, acked, rows_of(folder))
        return count

    with ThreadPoolExecutor(len(LANES)) as pool:
        for count in pool.map(lane, LANES):
            total.trials += count.trials
            total.acked += count.acked
            total.lost += count.lost
            total.twice += count.twice
    return total


def peer_killed(bench: Bench, trials: int) -> Count:
    count = Count()
    for trial in range(trials):
        folder = bench.folder / f"killed-{trial}"
        with peers.served(WITH_SQLITE, folder) as server:
            acked = killed(server, folder, 0, random.uniform(*PEER_AFTER))  # noqa: S311 - no secret
        tell(count, acked, marks_of(folder / "documents.sqlite", acked))
    return count


def killed(subject: Subject, folder: Path, core: int, after: float) -> list[str]:
    """The marks of what was acknowledged before the end."""
    kept = folder / "acked"
    with generating(subject.kind, subject.server.port, 1 - core) as generator:
        generator.open(subject.plan_on([subject.place()], SHAPE))
        generator.keep(kept)
        generator.say(f"step operations {RATE} 0 {LONG}")
        time.sleep(after)
        subject.server.process.kill()
        time.sleep(0.1)
    # The last line may be half written, since the generator was ended, too.
    return [mark for mark in kept.read_text().splitlines() if len(mark) == MARK]


MARK = 16


def tell(count: Count, acked: list[str], kept: list[str]) -> None:
    there = set(kept)
    count.trials += 1
    count.acked += len(acked)
    count.lost += sum(mark not in there for mark in acked)
    count.twice += len(kept) - len(there)


def rows_of(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "rihma.sqlite3")) as database:
        found = database.execute("SELECT client_id FROM canvases_operation WHERE client_id LIKE 'load%'").fetchall()
    return [client_id.partition("~")[2] for (client_id,) in found]


def marks_of(file: Path, acked: list[str]) -> list[str]:
    """Yjs keeps texts as they are, so that a mark can be looked for in the stored document."""
    with closing(sqlite3.connect(file)) as database:
        stored = b"".join(data for (data,) in database.execute("SELECT data FROM documents").fetchall())
    return [mark for mark in acked if f"@{mark}".encode() in stored]
