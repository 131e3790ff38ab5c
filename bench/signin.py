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
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from http import HTTPStatus
from pathlib import Path

from bench.server import ROOT, Page, Server, free_port, serving, without_settings
from bench.table import Goal, Report

ASKED = 60
ROUNDS = 6
WARM = 20
LONGEST_BETWEEN_TRIES = 60
PAGES = 120
SIGN_IN = Page("/en/account/sign-in/", "reader=1")
KNOWN, NEW = "known", "new"


def main() -> None:
    report = Report("signin")
    with tempfile.TemporaryDirectory(prefix="rihma-bench-") as folder:
        variables = {**without_settings(), "RIHMA_DATA": f"{folder}/hangs", "RIHMA_LOG_LEVEL": "WARNING"}
        told = json.loads(run("-m", "bench.signin", "ask", variables=variables).splitlines()[-1])
        with dead_mail_server() as mail:
            goes, hangs = (statistics.median(times) for times in page_times(Path(folder), variables, mail))
    report.goals = [
        Goal("sign-in of a known address ÷ of a new one", told[KNOWN] / told[NEW], 1.15, note=f"{told[NEW]:.1f} ms"),
        Goal("page beside a hanging mail server ÷ without", hangs / goes, 1.15, note=f"{goes:.1f} ms"),
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


class DeadMailServer:
    """Takes calls and never says a word. Knows whether somebody waits for it just now."""

    def __init__(self, listener: socket.socket) -> None:
        self.port = int(listener.getsockname()[1])
        self.held: list[socket.socket] = []
        threading.Thread(target=self._take, args=[listener], daemon=True).start()

    @property
    def is_waited_for(self) -> bool:
        return any(is_open(call) for call in self.held)

    def be_waited_for(self) -> None:
        until = time.monotonic() + LONGEST_BETWEEN_TRIES
        while not self.is_waited_for:
            if time.monotonic() > until:
                sys.exit("The worker does not try to send mail, so there is nothing to measure.")
            time.sleep(0.05)

    def _take(self, listener: socket.socket) -> None:
        with suppress(OSError):  # the bench has ended
            while True:
                call, _address = listener.accept()
                call.setblocking(False)
                self.held.append(call)


def is_open(call: socket.socket) -> bool:
    """Whoever called says nothing either, so all there could be to read is that they hung up."""
    try:
        return call.recv(1) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


@contextmanager
def dead_mail_server() -> Iterator[DeadMailServer]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield DeadMailServer(listener)


def page_times(folder: Path, variables: dict[str, str], mail: DeadMailServer) -> tuple[list[float], list[float]]:
    """Milliseconds of a page: where the mail goes to a folder, and where the worker waits for a server that hangs.

    Both servers run at once and are asked in turn, each first in every other pair, so that whatever else the machine
    does meets both. Each round starts new ones, because no two processes are equally fast.
    """
    shutil.copytree(folder / "hangs", folder / "goes")
    smtp = {"RIHMA_SMTP_URL": f"smtp://127.0.0.1:{mail.port}", "RIHMA_MAIL_FROM": "rihma@example.org"}
    kinds = {"goes": {**variables, "RIHMA_DATA": str(folder / "goes")}, "hangs": {**variables, **smtp}}
    times: dict[str, list[float]] = {kind: [] for kind in kinds}
    for number in range(ROUNDS):
        order = in_turn(list(kinds), number)
        with ExitStack() as stack:
            servers = {kind: stack.enter_context(started(kinds[kind], folder / "log")) for kind in order}
            for server in servers.values():
                server.settle()
            for page in range(WARM + PAGES):
                # Only what is asked while the worker waits says anything: it gives up after a while, and tries again.
                mail.be_waited_for()
                took = {kind: timed(servers[kind]) for kind in in_turn(order, page)}
                if page >= WARM and mail.is_waited_for:
                    for kind in kinds:
                        times[kind].append(took[kind])
    return times["goes"], times["hangs"]


def in_turn(kinds: list[str], number: int) -> list[str]:
    return kinds[::-1] if number % 2 else kinds


@contextmanager
def started(variables: dict[str, str], log: Path) -> Iterator[Server]:
    port = free_port()
    at = {"RIHMA_PORT": str(port), "RIHMA_BASE_URL": f"http://127.0.0.1:{port}"}
    with serving([sys.executable, "-m", "rihma", "serve"], {**variables, **at}, SIGN_IN, port, log) as server:
        yield server


def timed(server: Server) -> float:
    began = time.perf_counter()
    server.get(SIGN_IN)
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    ask() if sys.argv[1:] == ["ask"] else main()
