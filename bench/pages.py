"""make bench B=pages: our pages beside pretalx's, and every page of ours against its goals.

The table is for people, the last line is one JSON object. RIHMA_BENCH_ROUNDS and RIHMA_BENCH_SECONDS shorten or
lengthen the load (5 rounds of 3 seconds, longer where pages are slow). All of it goes over loopback and ends by itself.
"""

import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from bench import every_page, lighthouse, load, ours, peer, race, weight
from bench.ours import Ours
from bench.postgres import postgres
from bench.server import Page, Server
from bench.table import Goal, Report

HOW_MANY = 100
THREADS = 4
STARTS = 3
LOOP = 1_000_000
ROUNDS = int(os.environ.get("RIHMA_BENCH_ROUNDS", "5"))
SECONDS = float(os.environ.get("RIHMA_BENCH_SECONDS", "3"))
KILO = 1000
# Says nothing to either server, but that the reader is not a stranger.
COOKIE = "reader=1"


def main() -> None:
    report = Report("pages")
    report.facts["machine"] = machine()
    print(f"{report.facts['machine']}\n")
    theirs = peer.prepare(HOW_MANY)
    report.facts["peer"] = theirs.versions
    with tempfile.TemporaryDirectory(prefix="rihma-bench-") as folder:
        mine = ours.prepare(Path(folder) / "sqlite", HOW_MANY, {})
        starts(mine, report)
        compare(mine, theirs, report)
        look_at_every_page(mine, report)
        with postgres() as address:
            other = ours.prepare(Path(folder) / "postgresql", HOW_MANY, {"DATABASE_URL": address})
            look_at_every_page(other, report)
    print(report.table())
    print(report.as_json())


def machine() -> str:
    busy = os.getloadavg()[0]
    cores = os.cpu_count() or 1
    warning = " – busy with something else: trust the ratios, not the times" if busy > cores / 2 else ""
    python = f"{platform.python_version()} ({LOOP:,} steps of a loop in {loop_ms():.0f} ms)"
    return f"{cores} cores, Python {python}, load by {load.tool()}, load average {busy:.1f} before{warning}"


def loop_ms() -> float:
    """How long plain Python takes here: a build without profile-guided optimisation takes twice as long as one with."""
    taken = []
    for _ in range(STARTS):
        began, total = time.thread_time(), 0
        for number in range(LOOP):
            total += number * number
        taken.append((time.thread_time() - began) * 1000)
    return min(taken)


def starts(mine: Ours, report: Report) -> None:
    with ours.served(mine, THREADS):
        pass  # collects the static files, as the first start after an update does
    taken = []
    for _ in range(STARTS):
        with ours.served(mine, THREADS) as server:
            taken.append(server.ready)
    report.goals.append(Goal("ready after rihma serve", round(statistics.median(taken), 2), 3.0, "s"))


def compare(mine: Ours, theirs: peer.Peer, report: Report) -> None:
    with ExitStack() as stack:
        us = stack.enter_context(ours.served(mine, THREADS))
        them = stack.enter_context(peer.served(theirs, THREADS))
        check_rows(us, mine.listed)
        check_rows(them, theirs.listed)
        results = race.race(
            [
                race.Lane("rihma", "call", us, mine.call),
                race.Lane("pretalx", "call", them, theirs.call),
                race.Lane("rihma", race.ANEW, us, Page(mine.call.path, COOKIE)),
                race.Lane("pretalx", race.ANEW, them, Page(theirs.call.path, COOKIE)),
                race.Lane("rihma", "list", us, mine.listed),
                race.Lane("pretalx", "list", them, theirs.listed),
            ],
            ROUNDS,
            SECONDS,
        )
        print(f"{race.told(results)}\n")
        report.ratios = race.ratios(results)
        report.goals += race.goals(results)
        report.goals.append(Goal("memory with worker, after the load", round(us.memory), 150, "MiB"))
        report.facts["memory of pretalx, MiB"] = round(them.memory)
        carry(us, mine, report)


def check_rows(server: Server, page: Page) -> None:
    """Both lists show all of their rows on one page, or the comparison is none."""
    _answer, body = server.get(page)
    shown = len({name for name in (f"Team number {number:03d}" for number in range(HOW_MANY)) if name.encode() in body})
    if shown != HOW_MANY:
        sys.exit(f"{page.path} shows {shown} rows of {HOW_MANY}")


def carry(us: Server, mine: Ours, report: Report) -> None:
    weights = weight.weigh(us, mine.call)
    files = f"{len(weights)} files, the page itself {weights[mine.call.path] / KILO:.1f} kB"
    report.goals.append(Goal("public call page, gz", round(sum(weights.values()) / KILO, 1), 100, "kB", note=files))
    for name, page in {"call": mine.call, "front page": Page("/en/")}.items():
        scores: Mapping[str, float | None]
        try:
            scores, note = lighthouse.scores(us, page), "Lighthouse, mobile"
        except lighthouse.Unavailable as problem:
            scores, note = {"performance": None, "accessibility": None}, str(problem)
        report.goals += [
            Goal(f"{category} of the {name}", score, 95, "", "least", note) for category, score in scores.items()
        ]


def look_at_every_page(mine: Ours, report: Report) -> None:
    surveyed = every_page.survey(mine)
    print(f"Slowest pages on {surveyed.database}\n{every_page.told(surveyed)}\n")
    report.goals += every_page.goals(surveyed)
    report.facts[f"pages on {surveyed.database}"] = len(surveyed.pages)


if __name__ == "__main__":
    main()
