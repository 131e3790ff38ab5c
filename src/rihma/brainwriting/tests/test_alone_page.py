"""Two people write alone in real browsers: neither sees the other's, and no news takes away what is being typed."""

import pytest
from playwright.sync_api import Page, expect

from rihma.canvases.tests.stage import PHONE, Stage, chromium, hand, house, row, serving, stage
from tests.browser import violations, wider_than_page

__all__ = ["chromium", "hand", "house", "serving", "stage"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def begin(page: Page) -> None:
    page.locator(".canvas-head details.menu > summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Let everybody write alone…").focus()
    page.keyboard.press("Enter")
    page.get_by_label("What to write about").fill("What do people fear?")
    page.get_by_role("button", name="Start", exact=True).click()


def keep(page: Page, text: str) -> None:
    page.locator(".alone-forms").get_by_label("Your text").fill(text)
    page.get_by_role("button", name="Keep for yourself").click()
    expect(page.locator("#alone-own")).to_contain_text(text)


def test_notes_stay_apart_until_they_are_revealed(stage: Stage) -> None:
    one, other = stage.opened(0), stage.opened(1, "list", **PHONE)
    begin(one)
    field = other.locator(".alone-forms").get_by_label("Your text")
    expect(field).to_be_visible()
    field.fill("Half a thou")
    keep(one, "The letter itself")
    expect(other.locator("#alone-count")).to_contain_text("1 person has written")
    expect(field).to_have_value("Half a thou")
    expect(other.locator("body")).not_to_contain_text("The letter itself")
    assert (violations(one), violations(other), wider_than_page(other)) == ([], [], [])

    one.get_by_role("button", name="Reveal").click()
    expect(row(other, "The letter itself")).to_have_count(1)
    expect(one.locator(".alone-forms form")).to_be_hidden()
    expect(field).to_have_value("Half a thou")
    other.get_by_role("button", name="Keep for yourself").click()
    expect(other.locator(".alone-forms")).to_contain_text("Your text is still here")
    expect(field).to_have_value("Half a thou")
