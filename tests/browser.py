"""A demo of its own and a Chromium for the tests that look at pages as people do."""

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Request,
    ViewportSize,
    sync_playwright,
)

from tests import demos
from tools.shots import READY, chromium

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / "node_modules/axe-core/axe.min.js"
ANONYMOUS = "anonymous"
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ON_COLOUR = ["color-contrast", "link-in-text-block"]
ON_ROOM = ["target-size", "scrollable-region-focusable"]
# The policy reports to nobody, so the page itself has to notice.
WATCH_POLICY = """
    window.reports = [];
    document.addEventListener("securitypolicyviolation", (e) =>
        window.reports.push(`${e.effectiveDirective} ${e.blockedURI} ${e.sample}`));
"""
# The browser takes a moment to change between light and dark, and a button that fades has no colour yet that it keeps.
RUN_AXE = """async ({ only, also, look }) => {
    const frame = () => new Promise(requestAnimationFrame);
    while (!matchMedia(`(prefers-color-scheme: ${look})`).matches) await frame();
    await frame().then(frame);
    // In what is folded together time stands still, so nothing that fades there ever ends.
    const seen = document.getAnimations().filter(({ effect }) => effect.target.checkVisibility());
    await Promise.all(seen.map((fading) => fading.finished));
    const found = await axe.run(document, {
        runOnly: only, rules: also, resultTypes: ["violations"], preload: false, elementRef: false,
    });
    return found.violations.flatMap((rule) => rule.nodes.map((node) => {
        const why = [...node.any, ...node.all, ...node.none][0]?.message ?? rule.help;
        return `${rule.id}: ${node.target.join(" ")}: ${node.html.slice(0, 120)}: ${why}`;
    }));
}"""
# What scrolls by itself may be as wide as it likes.
WIDER_THAN_PAGE = """() => {
    const scrolls = (part) => part && (getComputedStyle(part).overflowX !== "visible" || scrolls(part.parentElement));
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    return [...document.querySelectorAll("body *")]
        .filter((part) => part.getBoundingClientRect().right > innerWidth + 1 && !scrolls(part.parentElement))
        .map((part) => part.outerHTML.slice(0, 120));
}"""


@dataclass
class Site:
    """A demo that answers, and a browser with a window for each person."""

    facts: dict[str, Any]
    browser: Browser
    windows: dict[str, BrowserContext] = field(default_factory=dict)

    @property
    def base(self) -> str:
        return str(self.facts["base_url"])

    def window(self, role: str) -> BrowserContext:
        if role not in self.windows:
            self.windows[role] = window = self.fresh_window()
            if role != ANONYMOUS:
                page = window.new_page()
                page.goto(self.facts["people"][role]["sign_in_url"])
                page.close()
        return self.windows[role]

    def fresh_window(self, **options: Any) -> BrowserContext:
        window = self.browser.new_context(viewport=DESKTOP, reduced_motion="reduce", base_url=self.base, **options)
        window.set_default_timeout(15_000)
        window.add_init_script(WATCH_POLICY)
        return window

    def ask(self, code: str) -> Any:
        """What a line of Python prints as JSON where the demo has its data."""
        env = {**demos.environment(Path(self.facts["data_dir"]), self.base), "RIHMA_DEMO": "1"}
        asked = [sys.executable, "-m", "rihma", "manage", "shell", "-v0", "-c", code]
        told = subprocess.run(asked, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
        return json.loads(told.stdout)


@contextmanager
def site() -> Iterator[Site]:
    with served() as facts, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield Site(facts, browser)
        browser.close()


@contextmanager
def served() -> Iterator[dict[str, Any]]:
    """A demo on a free port, gone afterwards."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        base = f"http://127.0.0.1:{free.getsockname()[1]}"
    with tempfile.TemporaryDirectory(prefix="served-", dir=os.environ["RIHMA_TEST_RUN"]) as name:
        data = Path(name)
        facts = demos.copied(data, base)
        log = data / "server.log"
        with log.open("w") as said:
            command = [sys.executable, "-m", "rihma", "demo"]
            env = demos.environment(data, base)
            server = subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=said, text=True)
        try:
            assert any(READY in line for line in server.stdout or ()), log.read_text()
            yield facts
        finally:
            server.terminate()
            server.communicate()


@dataclass
class Heard:
    """What a page says that nobody reads: to the console, and to other servers."""

    base: str
    console: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    @contextmanager
    def listening(self, page: Page) -> Iterator[None]:
        page.on("console", self.on_console)
        page.on("pageerror", self.on_error)
        page.on("request", self.on_request)
        yield
        page.remove_listener("console", self.on_console)
        page.remove_listener("pageerror", self.on_error)
        page.remove_listener("request", self.on_request)

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.console.append(message.text)

    def on_error(self, error: Error) -> None:
        self.console.append(str(error))

    def on_request(self, request: Request) -> None:
        if urlsplit(request.url).scheme not in ("data", "blob") and not request.url.startswith(f"{self.base}/"):
            self.elsewhere.append(request.url)


@cache
def axe() -> str:
    return AXE.read_text()


def violations(page: Page, *rules: str, look: Literal["light", "dark"] = "light") -> list[str]:
    """Of the whole standard, or of these rules alone."""
    page.emulate_media(color_scheme=look)
    only: dict[str, Any] = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": STANDARD}
    also = {"target-size": {"enabled": True}} if not rules or "target-size" in rules else {}
    # It is half a megabyte, which takes longer to hand over than to ask for.
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(axe())
    found: list[str] = page.evaluate(RUN_AXE, {"only": only, "also": also, "look": look})
    return found


def wider_than_page(page: Page) -> list[str]:
    found: list[str] = page.evaluate(WIDER_THAN_PAGE)
    return found
