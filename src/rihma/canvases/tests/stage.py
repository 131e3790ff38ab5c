"""Where the live canvas is tried: browsers of several people on a server of its own."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from rihma.canvases.tests.test_hands import chromium
from rihma.realtime.tests.conftest import Hand, Live, hand, house
from rihma.site.tests.conftest import House, Serving
from tests.browser import WATCH_POLICY

__all__ = [
    "PHONE",
    "SLOW_DISK",
    "Stage",
    "add",
    "chromium",
    "edit",
    "hand",
    "house",
    "is_live",
    "online",
    "row",
    "serving",
    "stage",
    "state",
]

# What a browser itself writes when there is no network or no server, or when htmx gives the focus before it does.
NETWORK = re.compile(r"net::ERR_|WebSocket connection to|Failed to load resource|^Autofocus processing was blocked")
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
# A disk that takes its time: what is written is there once `letGo` was called.
SLOW_DISK = """
const held = [];
let open = false;
window.letGo = () => { open = true; for (const tell of held.splice(0)) tell(); };
const { set } = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, "oncomplete");
Object.defineProperty(IDBTransaction.prototype, "oncomplete", {
  set(tell) { set.call(this, () => (open ? tell() : held.push(tell))); },
});
"""


class Stage:
    """People at one canvas, each in a browser of their own."""

    def __init__(self, house: House, hand: Hand, chromium: Browser, serving: Serving) -> None:
        self.house = house
        self.hand = hand
        self.chromium = chromium
        self.serving = serving
        self.live = Live(serving, hand, 2)
        self.contexts: list[BrowserContext] = []
        self.said: list[str] = []

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.serving.port}"

    def browser(self, who: int = 0, **options: Any) -> BrowserContext:
        context = self.chromium.new_context(**{"viewport": {"width": 1280, "height": 900}} | options)
        context.set_default_timeout(10_000)
        context.add_init_script(WATCH_POLICY)
        session = self.hand.do("session", person=self.live.people[who])
        context.add_cookies([{"name": "session", "value": session, "url": self.base}])
        self.contexts.append(context)
        return context

    def page(self, context: BrowserContext, view: str = "list") -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: self.said.append(str(error.stack or error)))
        page.on("console", lambda line: self.said.append(line.text))
        page.goto(f"{self.base}/en/canvases/{self.live.id}/?view={view}")
        return page

    def opened(self, who: int = 0, view: str = "list", **options: Any) -> Page:
        page = self.page(self.browser(who, **options), view)
        is_live(page)
        return page

    def texts(self) -> list[str]:
        return sorted(item["text"] for item in self.live.do("items").values())

    def kill(self) -> None:
        self.serving.process.kill()
        self.serving.process.wait()

    def close(self) -> None:
        reports = [report for each in self.contexts for page in each.pages for report in page.evaluate("reports")]
        for context in self.contexts:
            context.close()
        said = [line for line in self.said if not NETWORK.search(line)]
        assert said == [], said
        assert reports == []


@pytest.fixture(scope="module")
def serving(house: House) -> Iterator[Serving]:
    with house.serving(RIHMA_WORKER="0") as serving:
        yield serving


@pytest.fixture
def stage(house: House, hand: Hand, chromium: Browser, serving: Serving) -> Iterator[Stage]:
    stage = Stage(house, hand, chromium, serving)
    yield stage
    stage.close()


def is_live(page: Page) -> None:
    expect(page.locator("canvas-page[data-live]")).to_be_attached()


# A try waits for fifteen seconds at most (static/canvases/live/socket.js, LATEST), and then has to come through.
BACK_MS = 20_000


def online(page: Page) -> None:
    """There is a network again, and the page has come back by itself."""
    page.context.set_offline(False)
    expect(page.locator("canvas-page[data-live]")).to_be_attached(timeout=BACK_MS)


def state(page: Page, words: str) -> None:
    line = "#live-state:not([data-waiting])" if words == "Saved" else "#live-state[data-waiting]"
    expect(page.locator(line)).to_have_text(words)


def add(page: Page, *texts: str, zone: str = "able") -> None:
    page.locator(f"#open-add-{zone}-assumption").click()
    for text in texts:
        page.keyboard.insert_text(text)
        page.keyboard.press("Control+Enter")
    page.keyboard.press("Escape")


def row(page: Page, text: str) -> Locator:
    return page.locator("[data-zone] > [data-item]", has_text=text)


def edit(page: Page, old: str, more: str) -> None:
    row(page, old).get_by_role("link", name="Edit").click()
    page.keyboard.insert_text(more)
