"""An office network that lets no socket through: the canvas is live all the same, over plain requests."""

import pytest
from playwright.sync_api import Page, expect

from rihma.canvases.tests.stage import BACK_MS, Stage, add, chromium, edit, hand, house, row, serving, stage, state

__all__ = ["chromium", "hand", "house", "serving", "stage"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db]

NO_SOCKET = """
window.WebSocket = class extends EventTarget {
  static CONNECTING = 0; static OPEN = 1; static CLOSING = 2; static CLOSED = 3;
  readyState = 0;
  constructor() { super(); setTimeout(() => { this.readyState = 3; this.onclose?.({ code: 1006, reason: "" }); }); }
  send() {}
  close() {}
};
"""


def behind_a_wall(stage: Stage, who: int = 0) -> Page:
    context = stage.browser(who)
    context.add_init_script(NO_SOCKET)
    page = stage.page(context)
    expect(page.locator("canvas-page[data-live]")).to_be_attached(timeout=BACK_MS)
    return page


def test_what_is_written_where_no_socket_opens_reaches_everybody_and_comes_back(stage: Stage) -> None:
    walled, free = behind_a_wall(stage), stage.opened(1)
    add(walled, "Over plain requests")
    state(walled, "Saved")
    expect(row(free, "Over plain requests")).to_have_count(1)
    edit(free, "Over plain", ", both ways")
    free.keyboard.press("Escape")
    expect(row(walled, "Over plain requests, both ways")).to_have_count(1)
    row(free, "Over plain").get_by_role("button", name="Remove").click()
    expect(row(walled, "Over plain")).to_have_count(0)
    free.keyboard.press("Control+z")
    expect(row(walled, "Over plain requests, both ways")).to_have_count(1)
    assert stage.texts() == ["Over plain requests, both ways"]


def test_words_typed_without_a_network_are_sent_by_plain_requests_later(stage: Stage) -> None:
    page = behind_a_wall(stage)
    page.context.set_offline(True)
    add(page, "Typed in the lift")
    state(page, "Offline, 1 change kept on this device")
    page.context.set_offline(False)
    expect(page.locator("#live-state")).to_have_text("Saved", timeout=2 * BACK_MS)
    assert stage.texts() == ["Typed in the lift"]
