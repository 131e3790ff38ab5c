"""Ours: a data folder with the demo and the round of a hundred, served by `rihma serve`."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.server import ROOT, Page, Server, free_port, serving, without_settings


@dataclass(frozen=True)
class Ours:
    folder: Path
    database: Mapping[str, str]
    call: Page
    listed: Page
    # Where the survey begins, and the cookies of those it walks as.
    starts: list[str]
    cookies: dict[str, str]

    def variables(self, port: int, threads: int = 4) -> dict[str, str]:
        at = {"RIHMA_PORT": str(port), "RIHMA_BASE_URL": f"http://127.0.0.1:{port}", "RIHMA_THREADS": str(threads)}
        return {**without_settings(), "RIHMA_DATA": str(self.folder), **self.database, **at}


def prepare(folder: Path, how_many: int, database: Mapping[str, str]) -> Ours:
    """`database` is empty for SQLite, else DATABASE_URL."""
    print(f"Making our programmes in {folder} …", file=sys.stderr, flush=True)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    environment = {**without_settings(), "RIHMA_DATA": str(folder), **database}
    command = [sys.executable, "-m", "bench.seed", str(how_many)]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"bench.seed failed:\n{done.stderr[-3000:]}")
    told = json.loads(done.stdout.strip().splitlines()[-1])
    cookies = told["cookies"]
    return Ours(folder, database, Page(told["call"]), Page(told["list"], cookies["owner"]), told["starts"], cookies)


@contextmanager
def served(ours: Ours, threads: int) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "rihma", "serve"]
    with serving(command, ours.variables(port, threads), ours.call, port, ours.folder / "log") as server:
        yield server
