"""Starts a server that is to be measured, and ends it."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 60
SETTLED_SECONDS = 0.3
SETTLED_PERCENT = 5
MIB = 1024 * 1024
KEPT_SECONDS = 7 * 24 * 3600


@dataclass(frozen=True)
class Page:
    path: str
    cookie: str = ""


@dataclass(frozen=True)
class Server:
    """One that answers. `ready` says after how many seconds it first did."""

    port: int
    process: psutil.Process
    ready: float

    @property
    def memory(self) -> float:
        return float(self.process.memory_info().rss) / MIB

    def settle(self) -> None:
        """Wait until it has nothing left to do: it goes on with what a reader who left had asked for."""
        until = time.monotonic() + PATIENCE_SECONDS
        self.process.cpu_percent()
        time.sleep(SETTLED_SECONDS)
        while self.process.cpu_percent() > SETTLED_PERCENT and time.monotonic() < until:
            time.sleep(SETTLED_SECONDS)

    def get(self, page: Page, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        return get(self.port, page, **headers)


@contextmanager
def serving(
    command: Sequence[str], variables: Mapping[str, str], first: Page, port: int, log: Path
) -> Iterator[Server]:
    """The server, once its first page came with 200. What it says goes into the log, as it would be kept."""
    began = time.perf_counter()
    with (
        log.open("ab") as said,
        subprocess.Popen(command, env=variables, cwd=ROOT, stdout=said, stderr=said) as process,
    ):
        try:
            wait_for(process, port, first, log)
            yield Server(port, psutil.Process(process.pid), time.perf_counter() - began)
        finally:
            process.terminate()


def wait_for(process: subprocess.Popen[bytes], port: int, first: Page, log: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            answer, _body = get(port, first)
        except OSError:
            time.sleep(0.01)
            continue
        if answer.status == http.HTTPStatus.OK:
            return
        sys.exit(f"{first.path} answers {answer.status}; see {log}")
    sys.exit(f"the server did not start:\n{log.read_text()[-3000:]}")


def get(port: int, page: Page, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", page.path, headers={"Accept-Language": "en", "Cookie": page.cookie, **headers})
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def without_settings() -> dict[str, str]:
    """The environment without what the person at the keyboard may have set for a server of her own.

    Compiled modules are kept, as on any machine that a server starts on twice.
    """
    ours = ("RIHMA_", "PRETALX_", "DJANGO_", "DATABASE_URL", "PYTHON")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "PYTHONPYCACHEPREFIX": str(cache() / "compiled")}


def made_once(name: str, make: Callable[[Path], object]) -> Path:
    """A folder in the cache, whole or not there at all; those of its kind that lay unused for long are thrown away."""
    home = cache() / name
    if not home.exists():
        kind = name.rpartition("-")[0]
        for older in cache().glob(f"{kind}-*"):
            if older.stat().st_atime < time.time() - KEPT_SECONDS:
                shutil.rmtree(older, ignore_errors=True)
        cache().mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix=f"making-{kind}-", dir=cache()))
        make(making)
        # Another run may have made it meanwhile.
        if home.exists():
            shutil.rmtree(making)
        else:
            making.rename(home)
    return home


def cache() -> Path:
    """For what is fetched or made once and kept between runs, outside the repository."""
    system = Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")
    return Path(os.environ.get("XDG_CACHE_HOME", system)) / "rihma-bench"
