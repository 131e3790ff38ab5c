"""Links between items: listed at the item they begin from, and drawn as lines."""

import pytest
from playwright.sync_api import expect

from rihma.canvases.tests.stage import BACK_MS, Stage, add, chromium, hand, house, row, serving, stage

__all__ = ["chromium", "hand", "house", "serving", "stage"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_link_is_listed_for_one_and_drawn_for_the_other_until_it_is_taken_away(stage: Stage) -> None:
    page, other = stage.opened(0), stage.opened(1, "drawn")
    add(page, "People open the letter", "Advisers have time")
    expect(other.locator(".card")).to_have_count(2)
    row(page, "Advisers").get_by_role("link", name="Tags, links").click()
    page.locator(".more summary", has_text="Link to another item").click()
    form = page.locator(".more form[action*='/link/']")
    form.locator("select").select_option(label="People open the letter")
    form.get_by_label("How they belong together").fill("needs")
    form.get_by_role("button", name="Link").click()
    # The board is asked for every three seconds, and a little later where it was asked for just before.
    expect(row(page, "Advisers").locator(".marks")).to_contain_text("needs: People open the letter", timeout=BACK_MS)
    expect(other.locator(".lines path")).to_have_count(1)
    expect(other.locator(".lines text")).to_have_text("needs")
    page.get_by_role("button", name="Undo").click()
    expect(other.locator(".lines path")).to_have_count(0)
