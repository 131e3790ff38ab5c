"""make bench B=applications: the list of a thousand, what finds a word in it, and lists and details beside pretalx.

PART=list or PART=peer does half of it. How long the server works is asked of the application itself, on SQLite and on
PostgreSQL; the peer is asked over loopback, turn by turn with ours. The last line is one JSON object.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from bench import peer, race
from bench.pages import ROUNDS, SECONDS, THREADS, machine
from bench.postgres import postgres
from bench.server import ROOT, Page, Server, free_port, serving, without_settings
from bench.table import Goal, Report, rows
from bench.words import ASKED, bearing

MANY = 1000
BOTH, JURORS = 500, 5
# Our owner's list shows a hundred at a time, and pretalx's organiser has chosen the same; what lies before a juror is one list.
A_PAGE = 100
# Five jurors hardly press at once, and sixteen pages of five hundred rows would keep pretalx busy for minutes.
AT_ONCE = (1,)
SHOWN_TO_ALL = re.compile(rb"Team number \d+")
MOST_LIST_MS, MOST_SEARCH_MS = 200.0, 100.0
NAMES = {
    "list": "first page of 1,000",
    "search": "search in 1,000, the whole page",
    "words": "search in 1,000, the words alone",
}


def main() -> None:
    report = Report("applications", facts={"machine": machine()})
    print(f"{report.facts['machine']}\n")
    parts = os.environ.get("PART", "list,peer").split(",")
    with tempfile.TemporaryDirectory(prefix="rihma-bench-") as folder:
        if "list" in parts:
            measure(report, Path(folder) / "sqlite", "SQLite", {})
            with postgres() as address:
                measure(report, Path(folder) / "postgresql", "PostgreSQL", {"DATABASE_URL": address})
        if "peer" in parts:
            compare(report, Path(folder) / "both")
    print(report.table())
    print(report.as_json())


def measure(report: Report, folder: Path, database: str, url: Mapping[str, str]) -> None:
    variables, told = made(folder, MANY, 0, url)
    file = folder / "asked.json"
    file.write_text(json.dumps({**told, "asked": ASKED}))
    found = json.loads(run(["bench.applications.asked", str(file)], variables))
    pages = found["pages"]
    print(
        f"On {database}\n"
        + rows(["what", "queries", "p50 ms", "p95 ms", "of that cpu ms", "kB"], [line(*one) for one in pages.items()])
        + "\n"
    )
    for name, most in {"list": MOST_LIST_MS, "search": MOST_SEARCH_MS, "words": MOST_SEARCH_MS}.items():
        note = f"p95 {pages[name]['p95']:.0f} ms"
        report.goals.append(Goal(f"{NAMES[name]}, {database}, p50", pages[name]["p50"], most, "ms", note=note))
    more = pages["list"]["queries"] - pages["few"]["queries"]
    report.goals += [
        Goal(f"queries of 1,000 more than of 100, {database}", more, 0, note=f"{pages['list']['queries']} in all"),
        Goal(
            f"found of {bearing(MANY)} with another form of the word, {database}",
            found["hits"],
            bearing(MANY),
            kind="least",
        ),
    ]


def line(name: str, page: Mapping[str, float]) -> list[str]:
    figures = [f"{page[key]:.1f}" for key in ("p50", "p95", "cpu")]
    return [name, str(page.get("queries", "")), *figures, str(page.get("kilobytes", ""))]


def made(folder: Path, how_many: int, jurors: int, url: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    print(f"Making {how_many} applications …", file=sys.stderr, flush=True)
    folder.mkdir(mode=0o700)
    variables = {**without_settings(), "RIHMA_DATA": str(folder), "RIHMA_LOG_LEVEL": "WARNING", **url}
    return variables, json.loads(run(["bench.applications.hand", str(how_many), str(jurors)], variables))


def run(words: list[str], variables: Mapping[str, str]) -> str:
    command = [sys.executable, "-m", *words]
    done = subprocess.run(command, env=variables, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(words)} failed:\n{done.stderr[-3000:]}")
    return done.stdout.strip().splitlines()[-1]


def compare(report: Report, folder: Path) -> None:
    theirs = peer.prepare(BOTH, JURORS)
    report.facts["peer"] = theirs.versions
    variables, told = made(folder, BOTH, JURORS, {})
    port = free_port()
    site = {
        "RIHMA_PORT": str(port),
        "RIHMA_BASE_URL": f"http://127.0.0.1:{port}",
        "RIHMA_THREADS": str(THREADS),
        "RIHMA_WORKER": "0",
    }
    ours = {
        "organiser's list": Page(told["list"], told["owner"]),
        "organiser's detail": Page(told["detail"], told["owner"]),
        "juror's list": Page(told["pile"], told["juror"]),
        "juror's detail": Page(told["waiting"], told["juror"]),
    }
    with ExitStack() as stack:
        command = [sys.executable, "-m", "rihma", "serve"]
        us = stack.enter_context(serving(command, {**variables, **site}, Page("/en/"), port, folder / "log"))
        them = stack.enter_context(peer.served(theirs, THREADS))
        lanes = []
        for name, page in ours.items():
            check(us, page, name)
            check(them, theirs.reviewing[name], name)
            lanes += [race.Lane("rihma", name, us, page), race.Lane("pretalx", name, them, theirs.reviewing[name])]
        results = race.race(lanes, ROUNDS, SECONDS, AT_ONCE)
    print(f"{race.told(results)}\n")
    report.ratios = race.ratios(results)
    report.goals += [goal for goal in race.goals(results) if "pages/s" in goal.name]


def check(server: Server, page: Page, name: str) -> None:
    """Both show the same: so many rows on a list, one application on its page."""
    wanted = {"organiser's list": A_PAGE, "juror's list": BOTH}.get(name, 1)
    answer, body = server.get(page)
    shown = len(set(SHOWN_TO_ALL.findall(body)))
    if answer.status != 200 or (shown < wanted if wanted == 1 else shown != wanted):
        sys.exit(f"{page.path} answers {answer.status} with {shown} applications of {wanted}")


if __name__ == "__main__":
    main()
