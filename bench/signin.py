"""make bench B=signin: what time tells of an address (S7), and what a hanging mail server costs a page (R23).

Both are ratios of medians from one run: 1 is the goal. The table is for people, the last line is one JSON object.
"""

import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

from bench.server import ROOT, Page, Server, free_port, serving, without_settings
from bench.table import Goal, Report

ASKED = 60
ROUNDS = 5
PAGES = 40
SIGN_IN = Page("/en/account/sign-in/", "reader=1")
KNOWN, NEW = "known", "new"


def main() -> None:
    report = Report("signin")
    with tempfile.TemporaryDirectory(prefix="rihma-bench-") as folder:
        variables = {**without_settings(), "RIHMA_DATA": f"{folder}/hangs", "RIHMA_LOG_LEVEL": "WARNING"}
        told = json.loads(run("-m", "bench.signin", "ask", variables=variables).splitlines()[-1])
        with dead_mail_server() as port:
            pages = page_times(Path(folder), variables, f"smtp://127.0.0.1:{port}")
    report.goals = [
        Goal("sign-in of a known address ÷ of a new one", told[KNOWN] / told[NEW], 1.15, note=f"{told[NEW]:.1f} ms"),
        Goal("page beside a hanging mail server ÷ without", pages[1] / pages[0], 1.15, note=f"{pages[0]:.1f} ms"),
    ]
    print(report.table())
    print(report.as_json())


def run(*command: str, variables: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *command], env=variables, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    return done.stdout


def ask() -> None:
    """In a process of its own: a code for each of many addresses, known and new in turn. Leaves mail to be sent."""
    import django  # noqa: PLC0415 - only this process is Django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rihma.site.settings")
    django.setup()

    from django.core.management import call_command  # noqa: PLC0415 - after the setup
    from django.test import Client  # noqa: PLC0415 - after the setup

    from rihma.accounts.actions import get_or_invite  # noqa: PLC0415 - after the setup

    call_command("migrate", verbosity=0)
    times: dict[str, list[float]] = {KNOWN: [], NEW: []}
    for number in range(ASKED):
        get_or_invite(f"{KNOWN}{number}@example.org", name="Known")
    for number in range(ASKED):
        for kind in (KNOWN, NEW) if number % 2 else (NEW, KNOWN):
            place = f"10.{kind == KNOWN:d}.{number // 250}.{number % 250}"
            client = Client(REMOTE_ADDR=place, headers={"host": "127.0.0.1:8000"})
            began = time.perf_counter()
            answer = client.post(SIGN_IN.path, {"email": f"{kind}{number}@example.org"})
            times[kind].append((time.perf_counter() - began) * 1000)
            if answer.status_code != HTTPStatus.FOUND:
                sys.exit(f"signing in answers {answer.status_code}")
    print(json.dumps({kind: statistics.median(taken) for kind, taken in times.items()}))


@contextmanager
def dead_mail_server() -> Iterator[int]:
    """Takes calls and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield int(listener.getsockname()[1])


def page_times(folder: Path, variables: dict[str, str], smtp_url: str) -> tuple[float, float]:
    """Milliseconds of a page: where the mail goes to a folder, and where the worker waits for a server that hangs."""
    shutil.copytree(folder / "hangs", folder / "goes")
    well = {**variables, "RIHMA_DATA": str(folder / "goes")}
    stuck = {**variables, "RIHMA_SMTP_URL": smtp_url, "RIHMA_MAIL_FROM": "rihma@example.org"}
    healthy: list[float] = []
    hanging: list[float] = []
    for _ in range(ROUNDS):
        healthy += one_server(well, folder / "log")
        hanging += one_server(stuck, folder / "log")
    return statistics.median(healthy), statistics.median(hanging)


def one_server(variables: dict[str, str], log: Path) -> list[float]:
    port = free_port()
    at = {"RIHMA_PORT": str(port), "RIHMA_BASE_URL": f"http://127.0.0.1:{port}"}
    with serving([sys.executable, "-m", "rihma", "serve"], {**variables, **at}, SIGN_IN, port, log) as server:
        server.settle()
        return [timed(server) for _ in range(PAGES)]


def timed(server: Server) -> float:
    began = time.perf_counter()
    server.get(SIGN_IN)
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    ask() if sys.argv[1:] == ["ask"] else main()
