"""The live canvas in real browsers, on a server of its own: two people at once, bad networks, a server that is killed."""

from uuid import uuid4

import pytest
from playwright.sync_api import Browser, expect

from rihma.canvases.tests.stage import (
    PHONE,
    SLOW_DISK,
    Stage,
    add,
    chromium,
    edit,
    hand,
    house,
    is_live,
    online,
    row,
    serving,
    stage,
    state,
)
from rihma.realtime.tests.conftest import Hand, adding, operations
from rihma.site.tests.conftest import House
from tests.browser import violations, wider_than_page

__all__ = ["chromium", "hand", "house", "serving", "stage"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_two_people_see_what_the_other_writes_moves_and_removes(stage: Stage) -> None:
    one, other = stage.opened(0), stage.opened(1, "drawn")
    add(one, "People open the letter")
    card = row(other, "People open the letter")
    expect(card).to_have_count(1)
    edit(one, "People open", ", all of them")
    expect(card).to_contain_text("People open the letter, all of them")
    expect(card.locator(".writer")).to_contain_text("is writing here")
    one.keyboard.press("Escape")
    expect(card.locator(".writer")).to_have_count(0)

    card.locator("a").focus()
    other.keyboard.press("ArrowUp")
    expect(row(one, "People open")).to_contain_text("Importance: matters")
    other.keyboard.press("Delete")
    expect(row(one, "People open")).to_have_count(0)
    expect(one.locator("#removed")).to_contain_text("People open the letter, all of them")
    one.locator("#removed summary").click()
    one.locator("#removed").get_by_role("button", name="Restore").click()
    expect(card).to_have_count(1)
    expect(one.locator('[data-count="able"]')).to_have_text("1")
    state(one, "Saved")
    assert stage.texts() == ["People open the letter, all of them"]


def test_who_writes_is_shown_on_an_item_that_came_after_that_was_told(stage: Stage) -> None:
    page, item = stage.opened(0), str(uuid4())
    with stage.live.live(1) as writer:
        writer.send({"type": "presence", "state": {"item": item}})
        # It comes back to whoever sent it in the same turn as it goes to all.
        while not any(one.get("state") == {"item": item} for one in writer.next("presence")["people"]):
            pass
        writer.send(operations(adding("Not here a moment ago", item=item)))
        expect(row(page, "a moment ago").locator(".writer")).to_contain_text("is writing here")


def test_two_people_in_one_text_keep_each_others_words(stage: Stage) -> None:
    one, other = stage.opened(0), stage.opened(1)
    add(one, "The letter is read")
    edit(other, "The letter", " by everybody")
    expect(row(one, "by everybody")).to_have_count(1)
    row(one, "The letter").get_by_role("link", name="Edit").click()
    one.keyboard.press("Home")
    one.keyboard.insert_text("Often: ")
    expect(other.locator(".live-editor textarea")).to_have_value("Often: The letter is read by everybody")
    other.keyboard.insert_text(" in town")
    expect(one.locator(".live-editor textarea")).to_have_value("Often: The letter is read by everybody in town")
    assert stage.texts() == ["Often: The letter is read by everybody in town"]


@pytest.mark.req("R13")
def test_words_written_without_a_network_outlive_the_tab_and_are_confirmed_once(stage: Stage) -> None:
    context = stage.browser(0)
    page = stage.page(context)
    is_live(page)
    context.set_offline(True)
    add(page, *[f"Offline {number}" for number in range(25)])
    state(page, "Offline, 25 changes kept on this device")
    expect(page.locator("[data-zone] > [data-item]")).to_have_count(25)
    page.close()
    context.set_offline(False)

    other = stage.opened(1)
    again = stage.page(context)
    expect(other.locator("[data-zone] > [data-item]")).to_have_count(25)
    state(again, "Saved")
    assert stage.texts() == sorted(f"Offline {number}" for number in range(25))
    assert len(stage.live.do("log")) == 25


@pytest.mark.req("R13")
def test_nothing_is_called_kept_before_it_is_on_the_disk(stage: Stage) -> None:
    context = stage.browser(0)
    context.add_init_script(SLOW_DISK)
    page = stage.page(context)
    is_live(page)
    context.set_offline(True)
    add(page, "Not there yet")
    state(page, "Saving…")
    page.evaluate("letGo()")
    state(page, "Offline, 1 change kept on this device")


@pytest.mark.req("R13")
def test_words_typed_while_the_server_is_killed_are_there_once_when_it_is_back(
    house: House, hand: Hand, chromium: Browser
) -> None:
    with house.serving(RIHMA_WORKER="0") as first:
        stage = Stage(house, hand, chromium, first)
        page = stage.opened(0)
        add(page, "Before")
        state(page, "Saved")
        page.locator("#open-add-able-assumption").click()
        page.keyboard.type("Typed while the server", delay=5)
        stage.kill()
        page.keyboard.type(" is killed", delay=5)
        page.keyboard.press("Control+Enter")
        page.keyboard.type("And after")
        page.keyboard.press("Escape")
        expect(page.locator("#live-state")).to_contain_text("kept on this device")
    with house.serving(RIHMA_WORKER="0", RIHMA_PORT=str(first.port), RIHMA_BASE_URL=stage.base) as second:
        stage.serving = second
        is_live(page)
        state(page, "Saved")
        assert stage.texts() == ["And after", "Before", "Typed while the server is killed"]
        assert len({line["id"] for line in stage.live.do("log")}) == len(stage.live.do("log"))
        stage.close()


@pytest.mark.req("R13")
def test_two_tabs_of_one_person_share_the_device(stage: Stage) -> None:
    context = stage.browser(0)
    one, other = stage.page(context), stage.page(context)
    is_live(one)
    is_live(other)
    context.set_offline(True)
    add(one, "From the first tab")
    add(other, "From the second tab", "And one more")
    state(one, "Offline, 1 change kept on this device")
    state(other, "Offline, 2 changes kept on this device")
    one.close()
    online(other)
    state(other, "Saved")
    stage.page(context)
    expect(row(other, "From the first tab")).to_have_count(1)
    assert stage.texts() == ["And one more", "From the first tab", "From the second tab"]


@pytest.mark.req("R13")
@pytest.mark.parametrize(
    "trouble",
    [
        "indexedDB.open = () => { throw new DOMException('no', 'SecurityError') }",
        "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') }",
    ],
    ids=["blocked", "full"],
)
def test_page_that_can_keep_nothing_says_so_and_asks_before_it_is_left(stage: Stage, trouble: str) -> None:
    context = stage.browser(0)
    context.add_init_script(trouble)
    page = stage.page(context)
    is_live(page)
    add(page, "Saved by the server alone")
    state(page, "Saved")
    context.set_offline(True)
    add(page, "Nowhere but here")
    state(page, "Not kept: copy your text")
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    asked.value.dismiss()
    online(page)
    state(page, "Saved")
    assert asked.value.type == "beforeunload"
    assert stage.texts() == ["Nowhere but here", "Saved by the server alone"]


@pytest.mark.req("A2", "A3")
def test_everything_in_the_list_is_done_and_taken_back_by_keyboard_alone(stage: Stage) -> None:
    page, other = stage.opened(0), stage.opened(1)
    page.keyboard.press("n")
    for text in ("First", "Second"):
        page.keyboard.type(text)
        page.keyboard.press("Control+Enter")
    page.keyboard.press("Escape")
    row(page, "Second").get_by_role("link", name="Edit").focus()
    page.keyboard.press("Shift+ArrowUp")
    expect(row(page, "Second").get_by_role("link", name="Edit")).to_be_focused()
    expect(other.locator("[data-zone] > [data-item]").first).to_contain_text("Second")
    page.keyboard.press("Shift+ArrowRight")
    expect(other.locator("#zone-able [data-item]")).to_contain_text("Second")
    expect(page.locator("#live-told")).to_have_text("Moved to “Are we able?”: Second")
    for _ in range(2):
        page.keyboard.press("Control+z")
    expect(other.locator("#zone-wanted [data-item]").last).to_contain_text("Second")
    page.keyboard.press("Control+Shift+z")
    expect(other.locator("#zone-wanted [data-item]").first).to_contain_text("Second")
    page.keyboard.press("Delete")
    expect(row(other, "Second")).to_have_count(0)
    expect(page.locator("#live-told")).to_have_text("Removed: Second. Ctrl+Z brings it back.")
    page.keyboard.press("Control+z")
    expect(row(other, "Second")).to_have_count(1)

    page.keyboard.press("/")
    page.keyboard.type("fir")
    expect(page.locator("[data-match]")).to_contain_text("First")
    page.keyboard.press("Escape")
    page.locator("[data-zone] a").first.focus()
    page.keyboard.press("?")
    expect(page.locator("#live-help")).to_be_visible()
    page.get_by_label("Use single letters as commands").last.uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.locator(".live-editor")).to_have_count(0)
    state(page, "Saved")


@pytest.mark.req("A1", "A5")
@pytest.mark.parametrize("view", ["list", "drawn"])
def test_live_page_fits_a_phone_and_breaks_no_rule_of_the_standard(stage: Stage, view: str) -> None:
    page = stage.opened(0, view, reduced_motion="reduce", **PHONE)
    writer = stage.opened(1)
    add(writer, "People open the letter")
    edit(writer, "People open", " and read it")
    expect(row(page, "and read it").locator(".writer")).to_be_visible()
    page.locator("[data-help]").click()
    found = [*violations(page), *violations(page, look="dark")]
    page.keyboard.press("Escape")
    page.context.set_offline(True)
    expect(page.locator("#live-state")).to_contain_text("Offline")
    assert found + violations(page) + violations(page, look="dark") + wider_than_page(page) == []
    online(page)


def test_what_is_refused_stays_at_its_item_to_be_copied(stage: Stage) -> None:
    page = stage.opened(0)
    add(page, "Before it was frozen")
    state(page, "Saved")
    page.context.set_offline(True)
    edit(page, "Before it", ", and a word too late")
    stage.live.do("freeze")
    online(page)
    refused = row(page, "Before it was frozen").locator(".refusal")
    expect(refused.locator("[data-kept]")).to_have_text("Before it was frozen, and a word too late")
    expect(refused).to_contain_text("The canvas is frozen")
    assert stage.texts() == ["Before it was frozen"]


def test_whoever_may_no_longer_write_takes_the_text_away_as_a_file(stage: Stage) -> None:
    page = stage.opened(0)
    page.context.set_offline(True)
    add(page, "Written on the train")
    stage.live.do("leave", person=stage.live.people[0])
    page.context.set_offline(False)
    link = page.get_by_role("link", name="Download what was not saved")
    with page.expect_download() as download:
        link.click()
    assert download.value.path().read_text() == "Written on the train"


def test_form_sent_to_the_server_is_not_drawn_twice(stage: Stage) -> None:
    one, other = stage.opened(0), stage.opened(1, "drawn")
    add(one, "Moved by the form")
    # Until then the form is this page's own.
    state(one, "Saved")
    row(one, "Moved by").get_by_role("link", name="Move…").click()
    one.locator("#zone-wanted .slot, #zone-able .slot").get_by_label("Where it belongs").select_option("worth")
    one.locator(".item-form").get_by_role("button", name="Move").click()
    expect(one.locator("#note")).to_contain_text("Moved.")
    expect(one.locator("#zone-worth [data-item]")).to_have_count(1)
    expect(row(other, "Moved by the form")).to_have_attribute("data-in", "worth")
    expect(row(one, "Moved by the form")).to_have_count(1)

    card = row(other, "Moved by the form")
    card.locator("a").click()
    other.locator("#panel textarea:not([id^=comment-])").fill("Typed in the panel")
    expect(row(one, "Typed in the panel")).to_have_count(1)
    other.locator("#panel").get_by_role("button", name="Save").click()
    expect(row(other, "Typed in the panel")).to_have_count(1)
    assert stage.texts() == ["Typed in the panel"]


def test_form_of_an_item_that_is_not_saved_yet_comes_once_it_is(stage: Stage) -> None:
    page = stage.opened(0)
    page.context.set_offline(True)
    add(page, "Tagged at once")
    row(page, "Tagged at once").get_by_role("link", name="Tags, links…").click()
    expect(page.locator(".item-form")).to_have_count(0)
    online(page)
    expect(page.locator("#zone-able .slot .item-form").first).to_be_visible()
