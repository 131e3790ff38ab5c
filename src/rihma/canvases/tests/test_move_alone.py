"""*Move…* opens and is kept where there is no network, as writing is."""

import pytest
from playwright.sync_api import Page, expect

from rihma.canvases.tests.stage import Stage, add, chromium, hand, house, online, row, serving, stage

__all__ = ["chromium", "hand", "house", "serving", "stage"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def offline(page: Page) -> None:
    page.context.set_offline(True)
    expect(page.locator("canvas-page[data-live]")).to_have_count(0)


def test_item_is_moved_without_a_network_and_lands_once(stage: Stage) -> None:
    one, other = stage.opened(0), stage.opened(1)
    add(one, "People open the letter")
    expect(row(other, "People open")).to_have_count(1)
    offline(one)
    row(one, "People open").get_by_role("link", name="Move…").click()
    one.get_by_label("Where it belongs").select_option("wanted")
    one.get_by_label("Importance").select_option("100")
    one.get_by_role("button", name="Move", exact=True).click()
    expect(one.locator('[data-zone="wanted"] > [data-item]')).to_have_count(1)
    expect(one.get_by_label("Where it belongs")).to_have_count(0)
    online(one)
    moved = other.locator('[data-zone="wanted"] > [data-item]')
    expect(moved).to_contain_text("Importance: everything depends on it")
    moves = [row for row in stage.live.do("log") if row["verb"] == "move"]
    assert len(moves) == 1


def test_item_that_the_server_does_not_have_yet_is_moved_as_well(stage: Stage) -> None:
    one, other = stage.opened(0), stage.opened(1)
    offline(one)
    add(one, "Only here")
    row(one, "Only here").get_by_role("link", name="Move…").click()
    one.get_by_label("Where it belongs").select_option("wanted")
    one.get_by_role("button", name="Move", exact=True).click()
    online(one)
    expect(other.locator('[data-zone="wanted"] > [data-item]')).to_contain_text("Only here")
    assert [row["verb"] for row in stage.live.do("log")] == ["add", "move"]


def test_form_of_the_server_that_was_open_is_kept_too(stage: Stage) -> None:
    one, other = stage.opened(0), stage.opened(1)
    add(one, "People open the letter")
    expect(row(other, "People open")).to_have_count(1)
    row(one, "People open").get_by_role("link", name="Move…").click()
    zone = one.get_by_label("Where it belongs")
    expect(one.get_by_label("Place in the list")).to_be_visible()
    offline(one)
    zone.select_option("wanted")
    one.get_by_role("button", name="Move", exact=True).click()
    expect(one.locator('[data-zone="wanted"] > [data-item]')).to_have_count(1)
    online(one)
    expect(other.locator('[data-zone="wanted"] > [data-item]')).to_have_count(1)


def test_escape_closes_it_and_leads_back(stage: Stage) -> None:
    one = stage.opened(0)
    add(one, "People open the letter")
    expect(one.locator("#live-state")).to_have_text("Saved")
    offline(one)
    link = row(one, "People open").get_by_role("link", name="Move…")
    link.click()
    expect(one.get_by_label("Where it belongs")).to_be_focused()
    one.keyboard.press("Escape")
    expect(one.get_by_label("Where it belongs")).to_have_count(0)
    expect(link).to_be_focused()
