"""The board as the server draws it, on a page that knows more."""

import pytest
from playwright.sync_api import expect

from rihma.canvases.tests.stage import Stage, add, chromium, hand, house, serving, stage

__all__ = ["chromium", "hand", "house", "serving", "stage"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_what_is_not_saved_yet_counts_when_the_board_comes_anew(stage: Stage) -> None:
    page = stage.opened(0)
    count = page.locator('[data-count="able"]').first
    page.context.set_offline(True)
    add(page, "Written on the train")
    expect(count).to_have_text("1")
    # As a board says it that was drawn without it.
    page.evaluate("""() => {
        for (const place of document.querySelectorAll('[data-count="able"]')) place.textContent = "0";
        document.querySelector("canvas-page").dispatchEvent(new Event("live:board"));
    }""")
    expect(count).to_have_text("1")
    page.context.set_offline(False)
