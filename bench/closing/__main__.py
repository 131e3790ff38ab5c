"""make bench B=closing: 500 people save every 5 s on one call, and 200 of them send in the last minute before it closes.

One process on SQLite and two on PostgreSQL, and how it grows from 50 to 500. RIHMA_BENCH_SECONDS shortens the last
minute,
RIHMA_BENCH_PEOPLE says how many write.
"""

import asyncio
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from bench.closing.crowd import Tally, crowd
from bench.pages import machine
from bench.postgres import postgres
from bench.server import ROOT, Page, Server, free_port, serving, without_settings
from bench.table import Goal, Report, rows

PEOPLE = tuple(int(number) for number in os.environ.get("RIHMA_BENCH_PEOPLE", "50,200,500").split(","))
SENDERS = 0.4
MOST_SAVE_MS = 300.0
MAILS_SECONDS = 120.0
BEFORE = 10.0


def main() -> None:
    report = Report("closing")
    report.facts["machine"] = machine()
    lines = []
    last = float(os.environ.get("RIHMA_BENCH_SECONDS", "60"))
    chosen = os.environ.get("SERVERS", "sqlite,postgresql").split(",")
    for people in PEOPLE:
        for database, processes in (("sqlite", 1), ("postgresql", 2)):
            if database in chosen:
                lines.append(measure(report, database, processes, people, last))
    print(rows(["people", "database", "saves/s", "save p50 ms", "p95", "p99", "send p95 ms", "rules p95 ms", "CPU ms a save"], lines))
    print(f"\n{report.table()}")
    print(report.as_json())


def measure(report: Report, database: str, processes: int, people: int, last: float) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="rihma-bench-") as folder, ExitStack() as stack:
        url = {"DATABASE_URL": stack.enter_context(postgres())} if database == "postgresql" else {}
        mail = stack.enter_context(post_office())
        variables = {**without_settings(), "RIHMA_DATA": folder, "RIHMA_LOG_LEVEL": "WARNING", **url, **mail}
        print(f"{people} people on {database} …", file=sys.stderr, flush=True)
        told = hand(variables, "drafts", str(people))
        seconds = last + BEFORE
        servers = [stack.enter_context(served(variables, Path(folder), first=not at)) for at in range(processes)]
        closes = datetime.now(UTC) + timedelta(seconds=seconds + people / 5 + 30)
        hand(variables, "close", closes.isoformat())
        senders = round(people * SENDERS)
        ports, before = [server.port for server in servers], list[float]()
        writing = crowd(
            told["drafts"],
            ports,
            seconds=seconds,
            senders=senders,
            last=last,
            ready=lambda: before.append(cpu(servers)),
        )
        tally = asyncio.run(writing)
        busy = cpu(servers) - before[0]
        found = looked_up(variables, tally, senders)
    # All that the servers did meanwhile, which is also to receive what is sent and to mail the receipts.
    each = 1000 * busy / max(1, len(tally.saves))
    return [*judge(report, f"{people} on {database}", tally, found, seconds), f"{each:.1f}"]


def cpu(servers: Sequence[Server]) -> float:
    """Seconds."""
    times = [server.process.cpu_times() for server in servers]
    return sum(one.user + one.system for one in times)


def looked_up(variables: Mapping[str, str], tally: Tally, senders: int) -> dict[str, Any]:
    """Once all mails have left, or have had long enough to."""
    until = time.monotonic() + MAILS_SECONDS
    while True:
        found = hand(variables, "check", said=json.dumps({"saved": tally.saved}))
        if found["sent"] >= senders or time.monotonic() > until:
            return found
        time.sleep(1)


def judge(report: Report, name: str, tally: Tally, found: dict[str, Any], seconds: float) -> list[str]:
    saves, sends, checked = (sorted(1000 * one for one in times) for times in (tally.saves, tally.sends, tally.rules))
    unsent = len(tally.sent) - found["sent"]
    wrong = len(tally.errors) + len(found["lost"]) + len(set(tally.sent) ^ set(found["receipts"])) + len(found["late"])
    wrong += len(found["receipts"]) - found["numbers"]
    for error in [*tally.errors[:5], *found["lost"][:5], *found["late"][:5]]:
        print(f"  {error}", file=sys.stderr)
    report.goals += [
        Goal(f"save p95, {name}", at(saves, 0.95), MOST_SAVE_MS, "ms", note=f"{len(saves)} saves"),
        Goal(f"errors, lost fields, wrong receipts, {name}", wrong, 0),
        Goal(f"receipts not mailed, {name}", unsent, 0, note=f"{found['sent']} mailed"),
    ]
    figures = [len(saves) / seconds, statistics.median(saves), at(saves, 0.95), at(saves, 0.99), at(sends, 0.95)]
    figures.append(at(checked, 0.95))
    return [*name.split(" on "), *(f"{figure:.0f}" for figure in figures)]


def at(times: list[float], share: float) -> float:
    return times[min(len(times) - 1, math.ceil(share * len(times)) - 1)] if times else math.nan


def hand(variables: Mapping[str, str], *words: str, said: str = "") -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.closing.hand", *words]
    done = subprocess.run(command, env=variables, cwd=ROOT, input=said, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    lines = done.stdout.strip().splitlines()
    found: dict[str, Any] = json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {}
    return found


@contextmanager
def served(variables: Mapping[str, str], folder: Path, *, first: bool) -> Iterator[Server]:
    """One server; the first of them sends the mail, too."""
    port = free_port()
    site = {
        "RIHMA_PORT": str(port),
        "RIHMA_BASE_URL": f"http://127.0.0.1:{port}",
        "RIHMA_WORKER": "1" if first else "0",
    }
    command = [sys.executable, "-m", "rihma", "serve"]
    with serving(command, {**variables, **site}, Page("/en/"), port, folder / f"log-{port}") as server:
        yield server


@contextmanager
def post_office() -> Iterator[dict[str, str]]:
    """A mail server that takes everything."""
    port = free_port()
    office = Controller(Sink(), hostname="127.0.0.1", port=port)
    office.start()  # type: ignore[no-untyped-call]  # the package annotates most of it
    try:
        yield {"RIHMA_SMTP_URL": f"smtp://127.0.0.1:{port}", "RIHMA_MAIL_FROM": "rihma@bench.example"}
    finally:
        office.stop()  # type: ignore[no-untyped-call]  # likewise


if __name__ == "__main__":
    main()
