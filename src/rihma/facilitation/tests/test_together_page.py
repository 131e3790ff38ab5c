"""Two people on one canvas in real browsers: what one starts is on the other's page at once."""

import re

import pytest
from playwright.sync_api import Page, expect

from rihma.canvases.tests.stage import PHONE, Stage, add, chromium, hand, house, row, serving, stage
from tests.browser import violations, wider_than_page

__all__ = ["chromium", "hand", "house", "serving", "stage"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db]

CLOCK = re.compile(r"^\d+:\d\d$")


def begin(page: Page, entry: str) -> None:
    """Opens a form from the canvas's menu, by keyboard."""
    page.locator(".canvas-head details.menu > summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name=entry).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#together-form form")).to_be_visible()
    expect(page.locator(".canvas-head details.menu[open]")).to_have_count(0)


def lead_to(page: Page, zone: str) -> None:
    begin(page, "Ask everybody to look…")
    page.get_by_role("radio", name=zone).check()
    page.get_by_role("button", name="Ask everybody").click()
    expect(page.locator("#focus-line")).to_contain_text(zone)


def test_vote_goes_round_from_its_start_to_its_results(stage: Stage) -> None:
    one, other = stage.opened(0), stage.opened(1, "drawn", **PHONE)
    add(one, "People open the letter")
    begin(one, "Start a vote…")
    one.get_by_role("button", name="Start the vote").click()
    line = other.locator("#vote-line")
    expect(line).to_contain_text("5 of 5 dots left")

    row(other, "People open").locator("a").click()
    place = other.locator("#panel").get_by_role("button", name="Give a dot")
    place.focus()
    other.keyboard.press("Enter")
    expect(other.locator("#panel")).to_contain_text("1 dot of yours")
    expect(place).to_be_focused()
    expect(line).to_contain_text("4 of 5 dots left")
    expect(one.locator("#vote-line")).to_contain_text("1 has voted.")
    assert (violations(other), wider_than_page(other)) == ([], [])

    add(one, "Phones are off")
    expect(row(one, "Phones are off").get_by_role("button", name="Give a dot")).to_have_count(1)
    assert violations(one) == []
    one.get_by_role("button", name="Close the vote").click()
    expect(line).to_contain_text("1 dot People open the letter")
    expect(row(one, "People open")).to_contain_text("1 dot")


def test_page_goes_where_everybody_looks_and_may_stay(stage: Stage) -> None:
    one, other = stage.opened(0), stage.opened(1, "list", **PHONE)
    add(one, *(f"Item {n}" for n in range(8)), zone="wanted")
    expect(row(other, "Item 7")).to_have_count(1)
    lead_to(one, "Is it lawful and fair?")
    expect(other.locator("#zone-lawful")).to_be_in_viewport()
    expect(other.locator("#together-told")).to_contain_text("asks you to look at: Is it lawful and fair?")
    assert (violations(other), wider_than_page(other)) == ([], [])

    other.get_by_role("button", name="Stay where I am").click()
    expect(other.get_by_role("button", name="Follow along")).to_be_in_viewport()
    lead_to(one, "Are we able?")
    expect(other.locator("#together-told")).to_contain_text("Are we able?")
    expect(other.locator("#zone-able")).not_to_be_in_viewport()
    one.get_by_role("button", name="Let everybody look around").click()
    expect(other.locator("#focus-line")).to_have_count(0)


def test_timer_counts_on_every_page_and_tells_its_last_minute(stage: Stage) -> None:
    one = stage.opened(0)
    begin(one, "Start a timer…")
    one.get_by_label("Minutes").fill("2")
    one.get_by_label("What the time is for").fill("Write alone")
    one.get_by_role("button", name="Start the timer").click()
    expect(one.locator("#timer-line [data-left]")).to_have_text(CLOCK)

    late = stage.browser(1)
    late.clock.install()
    other = stage.page(late)
    expect(other.locator("#timer-line")).to_contain_text("Write alone")
    expect(other.locator("count-down:defined")).to_be_attached()
    late.clock.fast_forward(61_000)
    expect(other.locator("#together-told")).to_have_text("Write alone: One minute left.")
    late.clock.fast_forward(60_000)
    expect(other.locator("#together-told")).to_have_text("Write alone: The time is up.")
    expect(other.locator("#timer-line [data-left]")).to_have_text("0:00")
    one.get_by_role("button", name="Stop the timer").click()
    expect(one.locator("#timer-line")).to_have_count(0)
