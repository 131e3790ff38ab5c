"""Ours and the peer under the same load, turn by turn, so that what else the machine does hits both alike."""

import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.load import Load, load
from bench.server import Page, Server
from bench.table import Goal, rows

CONNECTIONS = (1, 16)
# The call page for a reader who sends a cookie: drawn for every request. Told beside the goals, since both servers are
# compared as strangers find them.
ANEW = "call drawn anew"
WARM_UP_SECONDS = 1.0
SIGNIFICANT = 3
SAMPLES = 3
FEWEST_A_CONNECTION = 2
MOST_SECONDS = 30


@dataclass(frozen=True)
class Lane:
    """One page of one server."""

    name: str
    page: str
    server: Server
    at: Page


@dataclass(frozen=True)
class Result:
    """Medians over the rounds."""

    pages_a_second: float
    p50: float
    p99: float


type Results = Mapping[tuple[str, str, int], Result]


def race(lanes: list[Lane], rounds: int, seconds: float, at_once: Sequence[int] = CONNECTIONS) -> Results:
    """(who, page, connections) → medians. Every round visits each lane once, in turn forwards and backwards."""
    runs: dict[tuple[str, str, int], list[Load]] = defaultdict(list)
    for lane in lanes:
        load(lane.server.port, lane.at, max(at_once), WARM_UP_SECONDS)
        lane.server.settle()
    lasts = {lane: how_long(lane) for lane in lanes}
    for turn in range(rounds):
        print(f"Round {turn + 1} of {rounds} …", file=sys.stderr, flush=True)
        for connections in at_once:
            for lane in lanes if turn % 2 == 0 else reversed(lanes):
                enough = min(MOST_SECONDS, FEWEST_A_CONNECTION * connections * lasts[lane])
                run = load(lane.server.port, lane.at, connections, max(seconds, enough))
                lane.server.settle()
                runs[lane.name, lane.page, connections].append(run)
    return {
        key: Result(
            statistics.median(run.pages_a_second for run in found),
            statistics.median(run.p50 for run in found),
            statistics.median(run.p99 for run in found),
        )
        for key, found in runs.items()
    }


def how_long(lane: Lane) -> float:
    """Seconds a page takes alone: a run has to hold enough of the slowest ones, too."""
    taken = []
    for _ in range(SAMPLES):
        began = time.perf_counter()
        lane.server.get(lane.at)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def ratios(results: Results) -> dict[str, float]:
    found = {}
    for page, connections in sorted({(page, connections) for _who, page, connections in results}):
        ours, peer = results["rihma", page, connections], results["pretalx", page, connections]
        found[f"{page} pages/s at {connections}"] = round(ours.pages_a_second / peer.pages_a_second, SIGNIFICANT)
        found[f"{page} p99 at {connections}"] = round(ours.p99 / peer.p99, SIGNIFICANT)
    return found


def goals(results: Results) -> list[Goal]:
    """At least twice the pages, and the slowest no slower."""
    return [
        Goal(f"{name}, ours ÷ pretalx", value, 2.0, "×", "least")
        if "pages/s" in name
        else Goal(f"{name}, ours ÷ pretalx", value, 1.0, "×", "most")
        for name, value in ratios(results).items()
        if not name.startswith(ANEW)
    ]


def told(results: Results) -> str:
    lines = [
        [page, str(connections), who, f"{one.pages_a_second:.1f}", f"{one.p50:.1f}", f"{one.p99:.1f}"]
        for (who, page, connections), one in sorted(results.items(), key=lambda pair: (pair[0][1:], pair[0][0]))
    ]
    return rows(["page", "connections", "server", "pages/s", "p50 ms", "p99 ms"], lines)
