"""make bench B=export: a thousand applications with their files taken out as one zip, and what that costs the server.

What is measured is the memory of the server while the zip goes out, over what it holds once one case has been taken out: the
first brings what makes PDFs. CASES says another number of applications.
"""

import http.client
import io
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

import psutil

from bench.pages import machine
from bench.server import MIB, ROOT, Page, Server, free_port, serving, without_settings
from bench.table import Goal, Report

CASES = int(os.environ.get("CASES", "1000"))
MOST_MORE = 50.0
PIECE = 64 * 1024
PATIENCE_SECONDS = 600


def main() -> None:
    report = Report("export", facts={"machine": machine()})
    with tempfile.TemporaryDirectory(prefix="rihma-bench-") as folder:
        variables = {**without_settings(), "RIHMA_DATA": folder, "RIHMA_LOG_LEVEL": "WARNING"}
        print(f"Making {CASES} applications with files …", file=sys.stderr, flush=True)
        told = hand(variables)
        with served(variables, Path(folder)) as server:
            report.facts["before the first"] = round(server.memory)
            take(server, told, told["one"])
            server.settle()
            base = server.memory
            with watched(server) as seen:
                began = time.monotonic()
                zipped = take(server, told, told["all"], to=Path(folder) / "cases.zip")
                seconds = time.monotonic() - began
        with ZipFile(Path(folder) / "cases.zip") as archive:
            files = [name for name in archive.namelist() if "/files/" in name]
            cases = {name.partition("/")[0] for name in archive.namelist() if "/" in name}
    report.facts |= {"seconds": round(seconds), "MiB": round(zipped / MIB), "files": len(files), "base": round(base)}
    report.goals = [
        Goal("memory over what one case takes", max(seen, default=base) - base, MOST_MORE, "MiB"),
        Goal("cases in the zip", len(cases), CASES, kind="least"),
        Goal("files in the zip", len(files), told["files"], kind="least"),
    ]
    print(report.table())
    print(report.as_json())


def hand(variables: Mapping[str, str]) -> dict[str, str | int]:
    command = [sys.executable, "-m", "bench.export.hand", str(CASES)]
    done = subprocess.run(command, env=variables, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    found: dict[str, str | int] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


@contextmanager
def served(variables: Mapping[str, str], folder: Path) -> Iterator[Server]:
    port = free_port()
    site = {"RIHMA_PORT": str(port), "RIHMA_BASE_URL": f"http://127.0.0.1:{port}", "RIHMA_WORKER": "0"}
    command = [sys.executable, "-m", "rihma", "serve"]
    with serving(command, {**variables, **site}, Page("/en/"), port, folder / "log") as server:
        yield server


@contextmanager
def watched(server: Server) -> Iterator[list[float]]:
    """What it held five times a second."""
    seen: list[float] = []
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.2):
            try:
                seen.append(server.memory)
            except psutil.NoSuchProcess:
                return

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


def take(server: Server, told: Mapping[str, str | int], path: str | int, to: Path | None = None) -> int:
    """As the button on the page does; answers how many bytes came."""
    secret = "a" * 32
    body = f"csrfmiddlewaretoken={secret}"
    headers = {
        "Cookie": f"{told['session']}; {told['csrf']}={secret}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(len(body)),
    }
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_SECONDS)
    connection.request("POST", str(path), body, headers)
    answer = connection.getresponse()
    if answer.status != http.HTTPStatus.OK:
        sys.exit(f"{path} answers {answer.status}")
    count = 0
    with to.open("wb") if to else io.BytesIO() as out:
        while piece := answer.read(PIECE):
            count += len(piece)
            if to:
                out.write(piece)
    connection.close()
    return count


if __name__ == "__main__":
    main()
