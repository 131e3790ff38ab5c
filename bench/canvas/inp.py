"""How soon a page answers a hand: a canvas of 500 items in a slowed browser while others write on it."""

import json
import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, sync_playwright
from playwright.sync_api import Page as Tab

from bench import lighthouse
from bench.canvas.bench import MINE, Bench
from bench.canvas.subject import Measured, Shape
from bench.table import Goal

GOAL_MS = 150.0
SLOWED = 4
REMOTE_EDITS = 20.0
OTHERS = Shape(1, 20)
WARM, SECONDS = 2.0, 40.0
# The browser tells of nothing shorter.
SHORTEST_MS = 16
BETWEEN_MS = 120
WORDS = " and more of it"
# Each press and each key is an interaction; of one that has several events the longest counts, as in the web's own INP.
WATCH = f"""
globalThis.felt = new Map();
new PerformanceObserver((list) => {{
    for (const {{ interactionId, duration, name }} of list.getEntries()) {{
        const before = felt.get(interactionId)?.duration ?? 0;
        if (interactionId && duration > before) felt.set(interactionId, {{ duration, name }});
    }}
}}).observe({{ type: "event", durationThreshold: {SHORTEST_MS}, buffered: true }});
"""


def part(bench: Bench) -> None:
    if not bench.servers(MINE):
        return
    with bench.serving(MINE) as measured:
        try:
            felt = [interaction for view in ("list", "drawn") for interaction in look(measured, view)]
        except lighthouse.Unavailable as problem:
            bench.report.facts["interactions"] = str(problem)
            return
    p98 = sorted(felt)[math.ceil(0.98 * len(felt)) - 1]
    note = f"{len(felt)} interactions, median {sorted(felt)[len(felt) // 2]:.0f} ms"
    name = "INP p98, 500 items, 20 remote edits a second"
    bench.report.goals.append(Goal(name, p98, GOAL_MS, "ms", note=note))


def look(measured: Measured, view: str) -> list[float]:
    """How long each interaction took, in ms."""
    canvas = measured.subject.place()
    with remote_edits(measured, canvas), opened(measured, canvas, view) as tab:
        (in_list if view == "list" else on_plane)(tab)
        # The browser tells of an interaction only some frames after it, so the last ones need a moment.
        tab.wait_for_timeout(1000)
        told = json.loads(tab.evaluate("JSON.stringify([performance.interactionCount ?? 0, [...felt.values()]])"))
    how_many, slow = told
    slowest = sorted(slow, key=lambda one: -one["duration"])[:5]
    print(f"{view}: {how_many} interactions, slowest {slowest}", file=sys.stderr, flush=True)
    quick = [float(SHORTEST_MS)] * max(0, how_many - len(slow))
    return [*quick, *(float(one["duration"]) for one in slow)]


@contextmanager
def remote_edits(measured: Measured, canvas: dict[str, object]) -> Iterator[None]:
    """Others change items all the time, each another one."""
    generator = measured.generator
    generator.open(measured.subject.plan_on([canvas], OTHERS))
    generator.say(f"step operations {REMOTE_EDITS:.3f} {WARM:.3f} {SECONDS:.3f}")
    yield
    generator.heard()


@contextmanager
def opened(measured: Measured, canvas: dict[str, object], view: str) -> Iterator[Tab]:
    base = f"http://127.0.0.1:{measured.subject.server.port}"
    name, _, value = str(measured.subject.facts["cookie"]).partition("=")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=lighthouse.browser())
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(60_000)
        context.add_cookies([{"name": name, "value": value, "url": base}])
        context.add_init_script(WATCH)
        tab = context.new_page()
        tab.goto(f"{base}{canvas['path']}?view={view}")
        tab.locator("canvas-page[data-live]").wait_for(state="attached")
        context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        yield tab
        browser.close()


def in_list(tab: Tab) -> None:
    rows = tab.locator("[data-zone] > [data-item]")
    for at in range(3):
        row = rows.nth(2 * at)
        clicked(tab, row.locator('a[href*="/set/"]'))
        typed(tab, WORDS)
        tab.keyboard.press("Escape")
        pressed(tab, "Shift+ArrowDown", "Shift+ArrowDown", "ArrowDown", "ArrowUp")
    clicked(tab, tab.locator(".add > a").first)
    typed(tab, WORDS)
    tab.keyboard.press("Control+Enter")
    typed(tab, WORDS)
    tab.keyboard.press("Escape")
    pressed(tab, "Control+z", "/")
    typed(tab, "letter")
    pressed(tab, "Enter", "Enter", "Escape")


def on_plane(tab: Tab) -> None:
    cards = tab.locator(".card > a")
    last = cards.count() - 1
    for at in range(3):
        card = cards.nth(last - at)
        card.focus()
        pressed(tab, "ArrowLeft", "ArrowUp", "ArrowUp", "Enter")
        tab.locator("#panel [data-item]").wait_for()
        tab.keyboard.press("Escape")
        dragged(tab, at)
    clicked(tab, tab.locator("#plane-add"))
    typed(tab, WORDS)
    tab.keyboard.press("Escape")


def clicked(tab: Tab, place: Locator) -> None:
    """As a hand does: looking for names and for what lies on top would keep the slowed page busy meanwhile."""
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    if box is not None:
        tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    rest(tab)


def dragged(tab: Tab, at: int) -> None:
    box = tab.locator(".card > a").last.bounding_box()
    if box is None:
        return
    x, y = box["x"] + 20, box["y"] + 20
    tab.mouse.move(x, y)
    tab.mouse.down()
    tab.mouse.move(x + 60, y - 40 - 10 * at, steps=8)
    tab.mouse.up()
    rest(tab)


def typed(tab: Tab, words: str) -> None:
    tab.keyboard.type(words, delay=BETWEEN_MS)


def pressed(tab: Tab, *keys: str) -> None:
    for key in keys:
        tab.keyboard.press(key)
        rest(tab)


def rest(tab: Tab) -> None:
    # Part of what is measured: a hand pauses, and without that a press would wait for the frame of the last one.
    tab.wait_for_timeout(BETWEEN_MS)
