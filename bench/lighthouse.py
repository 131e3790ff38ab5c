"""Lighthouse, from npm into the cache folder, in the browser that the tests use. What is missing is said, not failed."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import sync_playwright

from bench.server import ROOT, Page, Server, cache, free_port

PACKAGE = "lighthouse@12.8.2"  # the last that runs on Node 20
RUNS = 3
TRIES = 4
PATIENCE_SECONDS = 240
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)


class Unavailable(Exception):
    """Says what is missing."""


def scores(server: Server, page: Page) -> dict[str, float]:
    """Category → the median of some runs, 0 to 100, as on a slow phone."""
    program, chromium = installed(), browser()
    runs = [run(program, chromium, f"http://127.0.0.1:{server.port}{page.path}") for _ in range(RUNS)]
    return {name: statistics.median(each[name] for each in runs) for name in runs[0]}


def installed() -> Path:
    home = cache() / PACKAGE
    program = home / "node_modules/lighthouse/cli/index.js"
    npm = shutil.which("npm")
    if not program.exists():
        if npm is None:
            raise Unavailable("npm is not installed")
        home.mkdir(parents=True, exist_ok=True)
        print(f"Installing {PACKAGE} into {home} …", file=sys.stderr, flush=True)
        words = ["install", "--prefix", str(home), "--no-audit", "--no-fund", "--ignore-scripts", PACKAGE]
        done = subprocess.run([npm, *words], capture_output=True, text=True, check=False)
        if done.returncode:
            raise Unavailable(f"{PACKAGE} could not be installed")
    return program


def browser() -> str:
    noted = ROOT / ".venv/chromium"
    found = os.environ.get("RIHMA_CHROMIUM") or (noted.read_text().strip() if noted.exists() else "")
    path = shutil.which(found or "chromium")
    if path is None:
        raise Unavailable("Chromium is not installed")
    return path


def audits(address: str, cookie: str, names: tuple[str, ...]) -> dict[str, float]:
    """Audit → the median of some runs, in the audit's own unit, as on a slow phone."""
    program, chromium = installed(), browser()
    runs = [measured(program, chromium, address, cookie, names) for _ in range(RUNS)]
    return {name: statistics.median(run[name] for run in runs) for name in names}


def measured(program: Path, chromium: str, address: str, cookie: str, names: tuple[str, ...]) -> dict[str, float]:
    """A page of which Lighthouse cannot tell one of these, because nothing was drawn in time, is loaded again."""
    for _ in range(TRIES):
        with signed_in(chromium, address, cookie) as port:
            found = asked(program, chromium, address, f"--port={port}", categories="performance")["audits"]
        if all("numericValue" in found[name] for name in names):
            return {name: found[name]["numericValue"] for name in names}
    raise Unavailable(f"Lighthouse could not tell {', '.join(names)} of {address}")


@contextmanager
def signed_in(chromium: str, address: str, cookie: str) -> Iterator[int]:
    """The port of a fresh browser that has the cookie, as a header would not: what scripts ask for carries it too."""
    port = free_port()
    flags = [*FLAGS.split(), f"--remote-debugging-port={port}"]
    with tempfile.TemporaryDirectory(prefix="rihma-profile-") as profile, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(profile, executable_path=chromium, args=flags)
        name, _, value = cookie.partition("=")
        if name:
            context.add_cookies([{"name": name, "value": value, "url": urljoin(address, "/")}])
        yield port
        context.close()


def run(program: Path, chromium: str, address: str) -> dict[str, float]:
    categories = asked(program, chromium, address)["categories"]
    return {name: round(category["score"] * 100, 1) for name, category in categories.items()}


def asked(
    program: Path, chromium: str, address: str, *more: str, categories: str = "performance,accessibility"
) -> dict[str, Any]:
    node = shutil.which("node") or str(ROOT / ".venv/bin/node")
    with tempfile.TemporaryDirectory(prefix="rihma-lighthouse-") as folder:
        told = Path(folder) / "told.json"
        words = ["--quiet", f"--only-categories={categories}", "--output=json", f"--output-path={told}"]
        flags = f"--chrome-flags={FLAGS} --user-data-dir={folder}/profile"
        environment = {**os.environ, "CHROME_PATH": chromium, "HOME": folder}
        try:
            subprocess.run(
                [node, str(program), address, *words, *more, flags],
                env=environment,
                capture_output=True,
                timeout=PATIENCE_SECONDS,
                check=True,
            )
        except (subprocess.SubprocessError, OSError) as problem:
            raise Unavailable(f"Lighthouse did not run: {problem}") from problem
        found: dict[str, Any] = json.loads(told.read_text())
    return found
