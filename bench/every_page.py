"""Asks `bench.survey` about every page on one database, and holds its answers against the goals."""

import json
import subprocess
import sys
from dataclasses import dataclass

from bench.ours import Ours
from bench.server import ROOT
from bench.table import Goal, rows

MOST_QUERIES = 15
SLOWEST_MS = {"sqlite": 25.0, "postgresql": 40.0}
SHOWN = 10


@dataclass(frozen=True)
class Surveyed:
    database: str
    pages: list[dict[str, object]]

    def slowest(self, by: str = "milliseconds") -> list[dict[str, object]]:
        return sorted(self.pages, key=lambda page: -float(str(page[by])))


def survey(ours: Ours) -> Surveyed:
    print("Asking for every page …", file=sys.stderr, flush=True)
    file = ours.folder / "survey.json"
    file.write_text(json.dumps({"starts": ours.starts, "cookies": ours.cookies}))
    environment = {**ours.variables(8000), "RIHMA_LOG_LEVEL": "WARNING"}
    command = [sys.executable, "-m", "bench.survey", str(file)]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"bench.survey failed:\n{done.stderr[-3000:]}")
    told = json.loads(done.stdout.strip().splitlines()[-1])
    return Surveyed(told["database"], told["pages"])


def goals(surveyed: Surveyed) -> list[Goal]:
    name, slowest, busiest = surveyed.database, surveyed.slowest()[0], surveyed.slowest("queries")[0]
    over = sum(float(str(page["milliseconds"])) > SLOWEST_MS[name] for page in surveyed.pages)
    note = f"{slowest['kind']} as {slowest['who']}; {over} of {len(surveyed.pages)} pages over"
    return [
        Goal(f"slowest page on {name}, p50", float(str(slowest["milliseconds"])), SLOWEST_MS[name], "ms", note=note),
        Goal(
            f"most queries on {name}",
            float(str(busiest["queries"])),
            MOST_QUERIES,
            note=f"{busiest['kind']} as {busiest['who']}",
        ),
    ]


def told(surveyed: Surveyed) -> str:
    lines = [
        [str(page[name]) for name in ("kind", "who", "queries", "milliseconds", "cpu", "kilobytes")]
        for page in surveyed.slowest()[:SHOWN]
    ]
    return rows(["page", "who", "queries", "p50 ms", "of that cpu ms", "kB"], lines)
