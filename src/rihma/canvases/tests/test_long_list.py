"""A list of many items begins at once, and the rest of it follows."""

import re
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from rihma.base.ids import new_id
from rihma.canvases import actions
from rihma.canvases.models import Canvas
from rihma.canvases.shown import AT_FIRST, MANY
from rihma.canvases.tests.conftest import url
from rihma.canvases.tests.stage import (
    PHONE,
    Stage,
    chromium,
    hand,
    house,
    is_live,
    row,
    serving,
    stage,
)
from rihma.canvases.types import Payload, Proposed
from tests.conftest import Cast

__all__ = ["chromium", "hand", "house", "serving", "stage"]

ROW = re.compile(r'<li class="item" id="item-')


def fill(canvas: Canvas, count: int, by: Any) -> None:
    said: Payload = {"kind": "assumption", "zone": "wanted", "text": "People open the letter", "lang": "en"}
    actions.apply(canvas, [Proposed(f"fill:{n}", "add", new_id(), said.copy()) for n in range(count)], by=by)


def rows(client: Client, canvas: Canvas, more: str = "", **headers: str) -> int:
    board, _, _empty_items_to_copy = (
        client.get(url("canvas", canvas) + more, headers=headers).content.decode().partition("<template")
    )
    return len(ROW.findall(board))


def test_long_list_begins_and_a_link_shows_the_rest(canvas: Canvas, works: Client, cast: Cast) -> None:
    fill(canvas, MANY + 1, cast["convener"])
    page = works.get(url("canvas", canvas)).content.decode()
    assert f"Show {MANY + 1 - AT_FIRST} more" in page
    assert (rows(works, canvas), rows(works, canvas, "&all=yes")) == (AT_FIRST, MANY + 1)


def test_list_that_is_not_long_is_whole(canvas: Canvas, works: Client, cast: Cast) -> None:
    fill(canvas, MANY, cast["convener"])
    assert rows(works, canvas) == MANY


def test_board_that_a_script_asks_for_is_whole(canvas: Canvas, works: Client, cast: Cast) -> None:
    fill(canvas, MANY + 1, cast["convener"])
    assert rows(works, canvas, **{"hx-request": "true"}) == MANY + 1


def test_whoever_did_something_without_script_sees_the_item_it_was_done_to(
    canvas: Canvas, works: Client, cast: Cast
) -> None:
    fill(canvas, MANY + 1, cast["convener"])
    assert rows(works, canvas, f"&done={MANY + 1}") == MANY + 1


@pytest.mark.browser
@pytest.mark.django_db
def test_rest_of_a_long_list_comes_by_itself_in_order_and_is_live(stage: Stage) -> None:
    stage.live.do("add", count=MANY + 20)
    page = stage.opened()
    items = page.locator("[data-zone] > [data-item]")
    expect(items).to_have_count(MANY + 20)
    expect(page.locator("[data-rest]")).to_have_count(0)
    there = items.evaluate_all("rows => rows.map((row) => row.dataset.item)")
    orders = {item: one["order"] for item, one in stage.live.do("items").items()}
    assert there == sorted(orders, key=lambda item: orders[item])

    items.last.get_by_role("link", name="Edit").click()
    page.keyboard.insert_text(" at the very end")
    page.keyboard.press("Escape")
    expect(row(page, "at the very end")).to_have_count(1)
    stage.live.do("add")
    expect(items).to_have_count(MANY + 21)


@pytest.mark.browser
@pytest.mark.django_db
def test_words_are_seen_before_the_script_that_makes_them_live_is_asked_for(stage: Stage) -> None:
    page = stage.opened(0)
    seen, asked = page.evaluate("""[
        performance.getEntriesByName("first-contentful-paint")[0].startTime,
        performance.getEntriesByType("resource").find(({ name }) => name.includes("/canvases/page.")).startTime,
    ]""")
    assert seen <= asked


@pytest.mark.browser
@pytest.mark.django_db
def test_what_a_row_of_the_rest_asks_of_the_server_opens_in_it(stage: Stage) -> None:
    stage.live.do("add", count=MANY + 20)
    page = stage.opened()
    expect(page.locator("[data-rest]")).to_have_count(0)
    last = page.locator("[data-zone] > [data-item]").last
    last.get_by_role("link", name="Tags, links…").click()
    expect(last.get_by_label("Tags")).to_be_visible()


@pytest.mark.browser
@pytest.mark.django_db
def test_link_to_an_item_far_down_leads_there(stage: Stage) -> None:
    stage.live.do("add", count=MANY + 20)
    last = max(stage.live.do("items").items(), key=lambda pair: pair[1]["order"])[0]
    page = stage.page(stage.browser(0, **PHONE))
    page.goto(f"{stage.base}/en/canvases/{stage.live.id}/?view=list&again=yes#item-{last}")
    is_live(page)
    expect(page.locator(f"#item-{last}")).to_be_in_viewport()
