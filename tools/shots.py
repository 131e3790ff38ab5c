"""Screenshots of every page of the demo, one example of each, as every role sees it: into shots/.

tools/shots.py [--role ROLE…] [--language LANGUAGE…] [--look LOOK…]
"""

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SHOTS = ROOT / "shots"
READY = "ready at"
MOST_PAGES = 80


class Look(NamedTuple):
    width: int
    scheme: str


LOOKS = {"desktop": Look(1280, "light"), "phone": Look(390, "dark"), "narrow": Look(320, "light")}
# What differs between two pages of one kind.
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--role", nargs="+", help="only these people of the demo, or nobody")
    parser.add_argument("--language", nargs="+", default=["fi"], choices=["fi", "sv", "en"])
    parser.add_argument("--look", nargs="+", default=["desktop", "phone"], choices=LOOKS)
    asked = parser.parse_args(arguments)
    shutil.rmtree(SHOTS, ignore_errors=True)
    with demo() as facts, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        people: dict[str, Any] = {"nobody": {}, **facts["people"]}
        for role in asked.role or people:
            for language in asked.language:
                for look in asked.look:
                    taken = shoot(
                        browser, facts["base_url"], people[role], SHOTS / role / f"{language}-{look}", LOOKS[look]
                    )
                    print(f"{role} {language} {look}: {taken} pages", flush=True)
        browser.close()
    return 0


def chromium() -> str | None:
    path = os.environ.get("RIHMA_CHROMIUM") or (ROOT / ".venv/chromium").read_text().strip()
    return path or None


@contextmanager
def demo() -> Iterator[dict[str, Any]]:
    """A demo of its own on a free port, gone afterwards."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="rihma-shots-") as folder:
        env = {
            **os.environ,
            "RIHMA_DATA": folder,
            "RIHMA_PORT": str(port),
            "RIHMA_BASE_URL": f"http://127.0.0.1:{port}",
        }
        rihma = [sys.executable, "-m", "rihma"]
        told = subprocess.run(
            [*rihma, "demo", "--json"], env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
        )
        log = Path(folder) / "server.log"
        with log.open("w") as said:
            server = subprocess.Popen(
                [*rihma, "demo"], env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=said, text=True
            )
        try:
            if not any(READY in line for line in server.stdout or ()):
                raise SystemExit(log.read_text())
            yield json.loads(told.stdout)
        finally:
            server.terminate()
            server.communicate()


def shoot(browser: Browser, base: str, person: dict[str, Any], folder: Path, look: Look) -> int:
    folder.mkdir(parents=True)
    language = folder.name.partition("-")[0]
    context = browser.new_context(
        viewport={"width": look.width, "height": 900},
        color_scheme="dark" if look.scheme == "dark" else "light",
        reduced_motion="reduce",
        locale=language,
    )
    page = context.new_page()
    if person:
        page.goto(person["sign_in_url"])
    taken = 0
    for path in pages(page, base, f"/{language}/"):
        page.screenshot(path=folder / f"{file_name(path)}.png", full_page=True)
        taken += 1
    context.close()
    return taken


def pages(page: Page, base: str, start: str) -> Iterator[str]:
    """Walks the links of the site in one language and stops once at each kind of page."""
    waiting, seen = deque([start]), {kind(start)}
    for _number in range(MOST_PAGES):
        if not waiting:
            return
        path = waiting.popleft()
        answer = page.goto(f"{base}{path}", wait_until="load")
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        yield path
        for link in page.eval_on_selector_all("a[href]:not([download])", "links => links.map(link => link.href)"):
            parts = urlsplit(link)
            if (
                f"{parts.scheme}://{parts.netloc}" == base
                and parts.path.startswith(start)
                and kind(parts.path) not in seen
            ):
                seen.add(kind(parts.path))
                waiting.append(parts.path)


def kind(path: str) -> str:
    return ID.sub("…", path)


def file_name(path: str) -> str:
    return ID.sub("id", path.strip("/")).replace("/", ".") or "front"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
