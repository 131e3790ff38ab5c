"""Two people who talk about one item, in real browsers: names are offered, and no typed word is lost."""

import pytest
from playwright.sync_api import Locator, Page, expect

from rihma.canvases.tests.stage import PHONE, Stage, add, chromium, hand, house, row, serving, stage
from tests.browser import violations, wider_than_page

__all__ = ["chromium", "hand", "house", "serving", "stage"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def talk(page: Page, text: str) -> Locator:
    """Opened by keyboard on the list; what is written next is a comment."""
    row(page, text).get_by_role("link", name="Talk").focus()
    page.keyboard.press("Enter")
    field = row(page, text).get_by_role("textbox", name="Comment").last
    expect(field).to_be_focused()
    return field


def test_name_is_chosen_by_key_and_what_is_typed_outlives_every_answer(stage: Stage) -> None:
    one, other = stage.opened(0), stage.opened(1, "drawn", **PHONE)
    add(one, "People open the letter")
    field = talk(one, "People open")
    one.keyboard.type("Ask @Wri")
    expect(one.get_by_role("listbox", name="People to name")).to_be_visible()
    assert violations(one) == []
    one.keyboard.press("ArrowDown")
    one.keyboard.press("Escape")
    expect(one.get_by_role("listbox", name="People to name")).to_be_hidden()
    one.keyboard.type("t")
    one.keyboard.press("Enter")
    named = field.input_value()
    assert named.startswith("Ask @Writer ")
    expect(one.locator("input[name=told]:checked")).to_have_count(1)
    one.get_by_role("button", name="Add a comment").click()
    expect(row(one, "People open").locator(".comment b").last).to_have_text(named.strip().removeprefix("Ask "))
    expect(field).to_have_value("")
    one.keyboard.type("Half a thought")

    row(other, "People open").locator("a").click()
    panel = other.locator("#panel")
    panel.get_by_role("link", name="Answer").click()
    panel.locator("[id^=answer-slot] textarea").fill("They told me")
    panel.get_by_role("button", name="Answer").click()
    panel.get_by_role("button", name="Let us try").click()
    expect(row(one, "People open").locator(".thread-answers")).to_contain_text("They told me")
    expect(row(one, "People open").locator("[data-badges]")).to_contain_text("Let us try 1")
    expect(field).to_have_value("Half a thought")
    expect(field).to_be_focused()
    assert (violations(other), wider_than_page(other)) == ([], [])

    one.get_by_role("button", name="Resolve").click()
    expect(row(one, "People open").locator(".talk-list h3")).to_be_focused()
    expect(panel.get_by_role("link", name="Show 1 resolved thread")).to_be_visible()
    expect(field).to_have_value("Half a thought")
