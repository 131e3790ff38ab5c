"""Ours: `rihma serve` on SQLite, durable, with the limits a person meets switched off."""

import hashlib
import http.client
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from bench.canvas.generator import pinned
from bench.canvas.subject import CORE, Shape
from bench.server import PATIENCE_SECONDS, ROOT, Page, Server, free_port, made_once, serving, without_settings

SMALL_ENOUGH = 5
# A person sends at most 30 operations a second over at most 8 windows; here a few people are hundreds of writers.
LIMITS_OFF = {"RIHMA_LIVE_PER_SECOND": "1000000", "RIHMA_LIVE_BURST": "1000000", "RIHMA_LIVE_WINDOWS": "5000"}
FORMATS = ("src/rihma/*/migrations/*.py", "src/rihma/*/models.py", "src/rihma/site/demo/*", "bench/canvas/seed.py")


@dataclass
class Ours:
    folder: Path
    server: Server
    facts: Mapping[str, Any]
    name: str = "rihma"
    kind: str = "ours"
    turn: "count[int]" = field(default_factory=count)

    def plan(self, shape: Shape) -> list[str]:
        pool = self.facts["small" if shape.each <= SMALL_ENOUGH else "large"]
        first = next(self.turn) if shape.rooms < len(pool) else 0
        canvases = [pool[(first + number) % len(pool)] for number in range(shape.rooms)]
        return self.plan_on(canvases, shape)

    def place(self) -> Any:
        pool = self.facts["large"]
        return pool[next(self.turn) % len(pool)]

    def plan_on(self, canvases: list[Any], shape: Shape) -> list[str]:
        lines = []
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=PATIENCE_SECONDS)
        for room, canvas in enumerate(canvases):
            for place in range(shape.each):
                token = self.token(shape, place)
                answer = ticket(connection, canvas["id"], token)
                hello = json.dumps({"type": "hello", "v": 1, "ticket": answer["ticket"]})
                item = canvas["items"][place % len(canvas["items"])]
                lines.append(f"{answer['path']} {room} {'w' if shape.writes(place) else 'r'} {item} {hello}")
        connection.close()
        return lines

    def token(self, shape: Shape, place: int) -> str:
        """The small canvases are the owner's, the large ones ten people's."""
        editors = self.facts["editors"]
        return str(self.facts["owner"] if shape.each <= SMALL_ENOUGH else editors[place % len(editors)])


def ticket(connection: http.client.HTTPConnection, canvas: str, token: str) -> dict[str, str]:
    connection.request("POST", f"/api/v1/canvases/{canvas}/ticket", headers={"Authorization": f"Bearer {token}"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != http.HTTPStatus.OK:
        sys.exit(f"no ticket: {answer.status} {body[:300]!r}")
    found: dict[str, str] = json.loads(body)
    return found


def prepare(folder: Path) -> Mapping[str, Any]:
    """A data folder of one's own: a copy of one that is made once and kept while the format of the data is the same."""
    kept = made_once(f"canvas-data-{fingerprint()}", lambda home: (home / "told.json").write_text(seed(home)))
    shutil.copytree(kept, folder)
    found: dict[str, Any] = json.loads((folder / "told.json").read_text())
    return found


def seed(folder: Path) -> str:
    print(f"Making our canvases in {folder} …", file=sys.stderr, flush=True)
    environment = {**without_settings(), "RIHMA_DATA": str(folder)}
    command = [sys.executable, "-m", "bench.canvas.seed"]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"bench.canvas.seed failed:\n{done.stderr[-3000:]}")
    return done.stdout.strip().splitlines()[-1]


def fingerprint() -> str:
    parts = [path.read_bytes() for pattern in FORMATS for path in sorted(ROOT.glob(pattern)) if path.is_file()]
    return hashlib.sha256(b"\n".join(parts)).hexdigest()[:12]


def variables(folder: Path, port: int) -> dict[str, str]:
    at = {"RIHMA_PORT": str(port), "RIHMA_BASE_URL": f"http://127.0.0.1:{port}", "RIHMA_LOG_LEVEL": "WARNING"}
    return {**without_settings(), "RIHMA_DATA": str(folder), **at, **LIMITS_OFF}


@contextmanager
def served(folder: Path, core: int = CORE, *, quietly: bool = False) -> Iterator[Ours]:
    told = json.loads((folder / "told.json").read_text())
    port = free_port()
    command = pinned([sys.executable, "-m", "rihma", "serve"], core)
    with serving(command, variables(folder, port), Page("/en/"), port, folder / "log") as server:
        if not quietly:
            print(f"rihma serves at {port} as process {server.process.pid}", file=sys.stderr, flush=True)
        yield Ours(folder, server, told)


def copied(folder: Path, beside: Path) -> Path:
    """A server writes on a copy, so that no part leaves a trace for the next."""
    copy = Path(tempfile.mkdtemp(prefix="ours-", dir=beside))
    shutil.copytree(folder, copy, dirs_exist_ok=True)
    return copy
