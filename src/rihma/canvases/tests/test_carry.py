"""Items carried by hand from zone to zone and past each other."""

import pytest
from playwright.sync_api import Locator, Page, expect

from rihma.canvases.tests.stage import PHONE, Stage, add, chromium, hand, house, is_live, row, serving, stage

__all__ = ["chromium", "hand", "house", "serving", "stage"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def middle(place: Locator) -> tuple[float, float]:
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def carry(page: Page, what: Locator, to: tuple[float, float]) -> None:
    page.mouse.move(*middle(what))
    page.mouse.down()
    page.mouse.move(*to, steps=8)
    page.mouse.up()


def test_item_is_carried_to_another_zone_and_seen_there_by_the_others(stage: Stage) -> None:
    page, other = stage.opened(0), stage.opened(1)
    add(page, "Carried")
    expect(row(other, "Carried")).to_have_count(1)
    carry(page, row(page, "Carried").locator(".initials"), middle(page.locator("#zone-wanted .zone-head")))
    expect(other.locator("#zone-wanted [data-item]")).to_contain_text("Carried")
    expect(page.locator("#zone-wanted [data-item]")).to_contain_text("Carried")


def test_item_is_carried_past_its_neighbour(stage: Stage) -> None:
    page, other = stage.opened(0), stage.opened(1)
    add(page, "First", "Second")
    expect(row(other, "Second")).to_have_count(1)
    x, y = middle(row(page, "First").locator(".item-text"))
    carry(page, row(page, "Second").locator(".initials"), (x, y - 10))
    expect(other.locator("[data-zone] > [data-item]").first).to_contain_text("Second")


def test_item_let_go_beside_every_zone_stays_where_it_was(stage: Stage) -> None:
    page, other = stage.opened(0), stage.opened(1)
    add(page, "Stays")
    expect(row(other, "Stays")).to_have_count(1)
    head = stage.live.do("head")
    carry(page, row(page, "Stays").locator(".initials"), middle(page.locator("h1")))
    expect(page.locator("#zone-able [data-item]")).to_contain_text("Stays")
    assert stage.live.do("head") == head


def test_finger_that_rests_carries_and_one_that_moves_scrolls(stage: Stage) -> None:
    page, other = stage.page(stage.browser(0, **PHONE)), stage.opened(1)
    is_live(page)
    add(page, "By finger")
    expect(row(other, "By finger")).to_have_count(1)
    touch = page.context.new_cdp_session(page)
    to_x, to_y = middle(page.locator("#zone-wanted .zone-head"))
    x, y = middle(row(page, "By finger").locator(".initials"))
    to_x, to_y = middle_now(page.locator("#zone-wanted .zone-head"))
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    expect(page.locator(".carried")).to_have_count(1)
    for part in range(1, 9):
        point = {"x": x + (to_x - x) * part / 8, "y": y + (to_y - y) * part / 8}
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(other.locator("#zone-wanted [data-item]")).to_contain_text("By finger")


def middle_now(place: Locator) -> tuple[float, float]:
    """Where it is at this moment, even outside what is seen."""
    box = place.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_drag_is_seen_on_its_way_and_counts_where_it_ends(stage: Stage) -> None:
    one, other = stage.opened(0, "drawn"), stage.opened(1, "drawn")
    stage.live.do("add")
    card, box = one.locator(".card"), one.locator(".card").bounding_box()
    assert box
    one.mouse.move(box["x"] + 30, box["y"] + 20)
    one.mouse.down()
    one.mouse.move(box["x"] + 130, box["y"] - 60, steps=8)
    expect(other.locator(".card.led")).to_have_count(1)
    one.mouse.up()
    expect(other.locator(".card.led")).to_have_count(0)
    x = card.get_attribute("data-x")
    assert x != "50"
    expect(other.locator(".card")).to_have_attribute("data-x", x or "")
    assert [line["verb"] for line in stage.live.do("log")] == ["add", "move"]
