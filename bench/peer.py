"""The peer: pretalx, which also runs open calls on Django. In an environment and a data folder of its own, made once.

It gets what ours gets: the same interpreter, uvicorn, a2wsgi, number of threads, SQLite, DEBUG off.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bench.server import ROOT, Page, Server, free_port, made_once, serving, without_settings

PACKAGE = "pretalx==2026.2.1"
SERVED_WITH = [f"uvicorn[standard]=={version('uvicorn')}", f"a2wsgi=={version('a2wsgi')}"]
INSIDE = ROOT / "bench/pretalx"


@dataclass(frozen=True)
class Peer:
    """`data` is what it was filled with once; each server gets a copy."""

    environment: Path
    data: Path
    call: Page
    listed: Page
    # What an organiser and a juror look at, where there are jurors.
    reviewing: Mapping[str, Page]
    versions: dict[str, str]


def prepare(how_many: int, jurors: int = 0) -> Peer:
    """Installed, migrated and filled unless the same was done before."""
    environment = made_once(f"pretalx-{digest(PACKAGE, *SERVED_WITH, sys.version)}", install)
    inside = (*INSIDE.glob("*.py"), ROOT / "bench/words.py")
    name = digest(environment.name, str(how_many), str(jurors), *(each.read_text() for each in sorted(inside)))
    home = made_once(f"peer-{name}", lambda folder: fill(folder, environment, how_many, jurors))
    told = json.loads((home / "told.json").read_text())
    reviewing = {page: Page(told["pages"][page], told["cookies"][page]) for page in told["pages"]}
    data = home / "data"
    return Peer(environment, data, Page(told["call"]), Page(told["list"], told["cookie"]), reviewing, told["versions"])


def digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def install(home: Path) -> None:
    print(f"Installing {PACKAGE} …", file=sys.stderr, flush=True)
    uv = [sys.executable, "-m", "uv"]
    # The interpreter that ours runs on, not the environment it runs in.
    subprocess.run([*uv, "venv", "--quiet", "--python", interpreter(), home / "venv"], check=True)
    subprocess.run([*uv, "pip", "install", "--quiet", "-p", python(home), PACKAGE, *SERVED_WITH], check=True)


def interpreter() -> str:
    return getattr(sys, "_base_executable", "") or sys.executable


def fill(home: Path, environment: Path, how_many: int, jurors: int) -> None:
    print("Filling it with an event and submissions; this takes minutes, once …", file=sys.stderr, flush=True)
    invented = {
        "DJANGO_SUPERUSER_EMAIL": "admin@example.org",
        "DJANGO_SUPERUSER_PASSWORD": "only-for-measuring",
        "PRETALX_INIT_ORGANISER_NAME": "Administrators",
        "PRETALX_INIT_ORGANISER_SLUG": "administrators",
    }
    given = {**variables(home / "data", 80), **invented, "DJANGO_SETTINGS_MODULE": "bench.pretalx.preparing"}
    for words in (["migrate"], ["rebuild", "--silent"], ["init", "--noinput"]):
        run([python(environment), "-m", "pretalx", *words], given, home)
    command = [python(environment), "-m", "bench.pretalx.seed", str(how_many), str(jurors)]
    (home / "told.json").write_text(run(command, given, home))


def run(command: list[str | Path], environment: dict[str, str], home: Path) -> str:
    done = subprocess.run(command, env=environment, cwd=home, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stdout[-2000:]}\n{done.stderr[-3000:]}")
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


@contextmanager
def served(peer: Peer, threads: int) -> Iterator[Server]:
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="rihma-bench-peer-") as folder:
        # A copy, so that no run leaves a trace for the next.
        home = Path(folder)
        shutil.copytree(peer.data, home / "data")
        command = [str(python(peer.environment)), "-m", "bench.pretalx.app", str(port), str(threads)]
        with serving(command, variables(home / "data", port), peer.call, port, home / "log") as server:
            yield server


def python(home: Path) -> Path:
    return home / "venv/bin/python"


def variables(data: Path, port: int) -> dict[str, str]:
    return {
        **without_settings(),
        "DJANGO_SETTINGS_MODULE": "bench.pretalx.settings",
        "PYTHONPATH": str(ROOT),
        "PRETALX_DATA_DIR": str(data),
        "PRETALX_FILESYSTEM_STATIC": str(data / "static"),
        "PRETALX_DEBUG": "False",
        "PRETALX_SITE_URL": f"http://127.0.0.1:{port}",
        "PRETALX_REDIS_SESSIONS": "False",
        "PRETALX_NO_INITIAL_LOG": "1",
        # Nothing is looked up outside this machine.
        "PRETALX_MAIL_HOST": "127.0.0.1",
    }
