"""What hands do on a canvas in a real browser: mouse, finger, keyboard. What they mean is tested without one."""

import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from rihma.accounts.models import Person
from rihma.canvases.models import Canvas, Item
from rihma.canvases.tests.conftest import Put
from tests.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# A browser that is still opening the page says that a part which came by itself may not take the focus; htmx gives it.
EXPECTED = re.compile(r"422|status of 503 |^Autofocus processing was blocked")

type ClientOf = Callable[[Person | None], Client]
type Open = Callable[..., Page]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser that the set-up found; as root it runs without its sandbox."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as driver:
        # The driver keeps an event loop in this thread as long as it runs, which Django would take for async code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = driver.chromium.launch(
            executable_path=os.environ.get("RIHMA_CHROMIUM"),
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        yield browser
        browser.close()


@pytest.fixture
def opened(
    chromium: Browser, live_server: LiveServer, canvas: Canvas, cast: Cast, client_of: ClientOf
) -> Iterator[Open]:
    """The member's browser on the canvas; a script error or a policy report fails the test."""
    said: list[str] = []
    session = client_of(cast["member"]).cookies[settings.SESSION_COOKIE_NAME].value

    def opened(view: str, **options: Any) -> Page:
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}} | options)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        # Nothing live opens, neither a socket nor what stands in for one: the forms do all the work.
        context.route("**/api/**", lambda route: route.fulfill(status=503))
        page = context.new_page()
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", lambda line: said.append(line.text) if not EXPECTED.search(line.text) else None)
        page.goto(f"{live_server.url}/en/canvases/{canvas.pk}/?view={view}")
        # Its scripts come once it has been drawn.
        page.locator("canvas-page:defined").wait_for(state="attached")
        return page

    yield opened
    assert said == []


def fields(item: Item) -> dict[str, int]:
    item.refresh_from_db()
    return dict(item.fields)


def told(page: Page, words: str) -> None:
    expect(page.locator("#note")).to_contain_text(words)


@pytest.mark.req("A5")
def test_card_dragged_by_mouse_stays_where_it_was_dropped(put: Put, opened: Open) -> None:
    item = put()
    page = opened("drawn")
    card, ground = page.locator(".card"), page.locator(".ground").bounding_box()
    box = card.bounding_box()
    assert box
    assert ground
    page.mouse.move(box["x"] + 30, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(ground["x"] + ground["width"] - 5, ground["y"] + 5, steps=6)
    page.mouse.up()

    told(page, "Moved.")
    assert fields(item) == {"importance": 100, "evidence": 0}
    expect(page.locator("#panel")).to_be_empty()


def test_card_dragged_by_finger_stays_where_it_was_dropped(put: Put, opened: Open) -> None:
    item = put()
    page = opened("drawn", viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    # Once it stands still: what tells who is here comes above it while the page loads.
    page.wait_for_load_state("networkidle")
    page.locator(".card").click(trial=True)
    box = page.locator(".card").bounding_box()
    assert box
    hand = page.context.new_cdp_session(page)
    x, y = box["x"] + 20, box["y"] + 20
    hand.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 8):
        point = {"x": x - 12 * step, "y": y - 10 * step}
        hand.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    told(page, "Moved.")
    assert fields(item)["importance"] > 50
    assert fields(item)["evidence"] > 50


@pytest.mark.req("A2", "A3")
def test_everything_on_the_plane_is_done_by_keyboard_alone(canvas: Canvas, put: Put, opened: Open) -> None:
    item = put("By mouse never")
    page = opened("drawn")
    page.locator(".card a").focus()
    for key in ("ArrowUp", "ArrowUp", "ArrowRight"):
        page.keyboard.press(key)
    told(page, "Moved.")
    assert fields(item) == {"importance": 60, "evidence": 45}

    page.keyboard.press("Enter")
    expect(page.locator("#panel textarea:not([id^=comment-])")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("By keys, n and all")
    page.locator("#panel button", has_text="Save").press("Enter")
    told(page, "Changed.")
    expect(page.locator(".card a")).to_be_focused()

    page.keyboard.press("n")
    expect(page.locator("#panel textarea:not([id^=comment-])")).to_be_focused()
    page.keyboard.type("A new one")
    page.locator("#panel button", has_text="Add").press("Enter")
    told(page, "Added.")

    page.locator(".card a", has_text="A new one").focus()
    page.keyboard.press("Delete")
    expect(page.get_by_role("button", name="Restore").first).to_be_focused()
    page.keyboard.press("Enter")
    told(page, "Brought back.")
    assert sorted(canvas.items.live().values_list("text", flat=True)) == ["A new one", "By keys, n and all"]


def test_single_letters_can_be_switched_off(put: Put, opened: Open) -> None:
    page = opened("drawn")
    page.wait_for_load_state("networkidle")
    page.get_by_text("By keyboard").click()
    expect(page.locator("plane-canvas:defined")).to_be_attached()
    # What has only begun to unfold takes no focus yet.
    expect(page.locator("#single-keys")).to_be_visible()
    page.locator("#single-keys").focus()
    expect(page.locator("#single-keys")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("#single-keys")).not_to_be_checked()
    page.locator("#plane-add").focus()
    page.keyboard.press("n")
    expect(page.locator("#panel")).to_be_empty()
    page.reload()
    expect(page.locator("#single-keys")).not_to_be_checked()


@pytest.mark.req("A2", "A3")
def test_list_is_filled_in_one_go_and_what_is_half_typed_elsewhere_stays(canvas: Canvas, opened: Open) -> None:
    page = opened("list")
    page.locator("#open-add-worth-assumption").click()
    page.locator("#add-worth-text").fill("Half typed")
    page.locator("#open-add-able-assumption").press("Enter")
    expect(page.locator("#add-able-text")).to_be_focused()
    for text in ("First", "Second"):
        page.keyboard.type(text)
        page.locator("#add-able button").press("Enter")
        told(page, text)
        expect(page.locator("#add-able-text")).to_be_focused()

    expect(page.locator("#zone-able .item")).to_have_count(2)
    expect(page.locator("#add-worth-text")).to_have_value("Half typed")
    assert canvas.items.count() == 2


def test_form_that_failed_keeps_what_was_typed_and_the_focus_comes_back(put: Put, opened: Open) -> None:
    item = put()
    page = opened("list")
    row = page.locator(f"#item-{item.pk}")
    row.get_by_role("link", name="Edit").click()
    row.locator("textarea").fill("x" * 4001)
    row.get_by_role("button", name="Save").click()
    expect(row.locator("p.error")).to_have_text("The text is 1 character too long (at most 4000).")
    expect(row.locator("textarea")).to_have_value("x" * 4001)

    row.locator("textarea").press("Escape")
    expect(row.get_by_role("link", name="Edit")).to_be_focused()


def test_who_was_signed_out_keeps_the_text(put: Put, opened: Open) -> None:
    item = put()
    page = opened("list")
    row = page.locator(f"#item-{item.pk}")
    row.get_by_role("link", name="Edit").click()
    row.locator("textarea").fill("Written for an hour")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    row.get_by_role("button", name="Save").click()

    expect(page.locator("#refused")).to_contain_text("You have been signed out.")
    expect(row.locator("textarea")).to_have_value("Written for an hour")
