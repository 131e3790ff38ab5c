"""One programme from the open call to a published lesson, by keyboard alone, in Finnish and again in Swedish.

The steps stand in order and each goes on where the one before it stopped: in the same windows, signed in as before.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation
from playwright.sync_api import BrowserContext, Page, expect

from rihma.base import clock
from rihma.experiments.rules import law
from tests.browser import Site, site
from tests.keyboard import Hands

pytestmark = [pytest.mark.browser, pytest.mark.req("A2")]

CODE = re.compile(r"\b([A-Z0-9]{6})\b")
MOST_LOOKS = 50
TEAM = "Ketju"
BELIEF = "Ihminen vastaa kun kysytään"


@dataclass
class Journey:
    site: Site
    slug: str
    questions: list[dict[str, str]]
    convener: Hands
    owner: Hands
    team: str = ""
    experiment: str = ""

    @property
    def language(self) -> str:
        return self.convener.language

    def path(self, rest: str) -> str:
        return f"/{self.language}/programmes/{self.slug}/{rest}"


@pytest.fixture(scope="module")
def demo() -> Iterator[Site]:
    with site() as demo:
        yield demo


@pytest.fixture(scope="module", params=["fi", pytest.param("sv", marks=pytest.mark.long)])
def journey(request: pytest.FixtureRequest, demo: Site) -> Journey:
    language = str(request.param)
    opened: dict[str, Any] = demo.ask(f"from tests.addresses import open_round; open_round('kierros-{language}')")
    convener, owner = (Hands(window.new_page(), language) for window in (demo.fresh_window(), demo.window("owner")))
    return Journey(demo, opened["slug"], opened["questions"], convener, owner)


def mailed_code(window: BrowserContext, language: str, to: str) -> str:
    """Looks into the mailbox again until the code has come."""
    mailbox = window.new_page()
    mail = mailbox.locator("details", has_text=to)
    for _look in range(MOST_LOOKS):
        mailbox.goto(f"/{language}/mail/")
        if found := CODE.search("".join(mail.all_text_contents())):
            mailbox.close()
            return found[1]
    raise AssertionError(f"No code came to {to}")


def in_days(days: int) -> str:
    """As the day is typed into the three parts of a date, which a browser in English asks month first."""
    return f"{date.fromordinal(clock.now().date().toordinal()) + timedelta(days=days):%m%d%Y}"


def open_in_place(hands: Hands, words: str) -> None:
    """A small form beside a thing takes the focus when it has come."""
    hands.press(words)
    expect(hands.page.locator(".slot :focus")).to_be_attached()


def says(page: Page, words: str) -> None:
    expect(page.locator("main")).to_contain_text(words)


def test_visitor_enters_with_the_code_of_the_mail_and_starts(journey: Journey) -> None:
    hands, address = journey.convener, f"uusi-{journey.language}@kunta.example"
    hands.page.goto(journey.path("call/"))
    hands.go("Start an application")
    hands.write("E-mail address", address)
    hands.go("Send the code")
    hands.write("Code", mailed_code(hands.page.context, hands.language, address))
    hands.go("Sign in")
    hands.write("Name", "Uuno Uusi")
    hands.go("Continue")
    hands.go("Start an application")
    says(hands.page, hands.say("Draft, not yet submitted"))


def test_draft_saves_itself_and_the_rules_follow(journey: Journey) -> None:
    hands = journey.convener
    rules = hands.page.locator("#rules-now")
    before = rules.inner_text()
    hands.write("Name of the team", TEAM)
    hands.write("The phenomenon in your own words", "Kukaan ei kuule kutsua.")
    hands.tick("We are ready to open our ideas, our experiment and our work to others")
    hands.write("What could you try out?", "Yksi kutsu, yksi kylä.")
    for question in journey.questions:
        hands.fill(question[journey.language], "Vastaus.")
    expect(hands.page.locator("save-state")).to_have_attribute("data-state", "idle")
    expect(rules).not_to_have_text(before, use_inner_text=True)


def test_member_is_invited_beside_the_draft(journey: Journey) -> None:
    hands = journey.convener
    hands.go("Invite a member")
    hands.write("Name", "Aune Apu")
    hands.write("E-mail address", f"aune-{journey.language}@virasto.example")
    hands.write("Organisation", "Apuvirasto")
    hands.pick("Kind of organisation", hands.say("State agency"))
    hands.go("Send the invitation")
    says(hands.page, "Aune Apu")
    expect(hands.page.get_by_label(hands.say("Name of the team"))).to_have_value(TEAM)


def test_submitting_gives_a_receipt_with_a_number(journey: Journey) -> None:
    hands = journey.convener
    hands.go("Save and review before submitting")
    hands.go("Submit application")
    says(hands.page, hands.say("Your application has arrived"))
    assert hands.page.locator("dd.num").first.inner_text()


def test_owner_decides_and_the_convener_learns_it_when_announced(journey: Journey) -> None:
    hands = journey.owner
    hands.page.goto(journey.path("applications/"))
    hands.follow(f"{hands.say('Decide')} {TEAM}")
    hands.choose("Decision", "Accepted")
    hands.go("Write down the decision")
    hands.page.wait_for_url("**/applications/")
    journey.convener.go("To the team's page")
    journey.convener.page.wait_for_url("**/teams/*/")
    journey.team = journey.convener.page.url
    expect(journey.convener.page.locator(".page-head")).not_to_contain_text(hands.say("In the programme"))
    hands.go("Announce the decisions")
    hands.go("Announce to everybody")
    hands.page.wait_for_url("**/applications/")
    journey.convener.page.reload()
    expect(journey.convener.page.locator(".page-head")).to_contain_text(hands.say("In the programme"))


def test_workshop_is_answered_in_the_room_on_the_team_s_page(journey: Journey) -> None:
    hands = journey.convener
    hands.press("In the room")
    says(hands.page, hands.say("You have a seat in the room."))


def test_assumption_is_added_edited_moved_removed_and_restored(journey: Journey) -> None:
    hands = journey.convener
    hands.follow({"fi": "Oletuskartta", "sv": "Antagandekarta"}[hands.language])
    hands.go("List")
    # Until then the server's own form would open, which ends otherwise.
    expect(hands.page.locator("canvas-page[data-live]")).to_be_attached()
    items = hands.page.locator(".items > .item")
    believe = {"fi": "Uskomme", "sv": "Vi tror"}[hands.language]
    open_in_place(hands, "Add")
    hands.fill(believe, "Ihminen vastaa")
    hands.press("Done")
    expect(items).to_have_count(1)
    open_in_place(hands, "Edit")
    hands.fill(believe, BELIEF)
    hands.press("Done")
    expect(items).to_contain_text(BELIEF)
    says(hands.page, hands.say("Saved"))
    open_in_place(hands, "Move…")
    hands.pick("Where it belongs", {"fi": "Saako", "sv": "Är det tillåtet"}[hands.language])
    hands.press("Move")
    expect(hands.page.locator("#zone-lawful .item")).to_contain_text(BELIEF)
    hands.press("Remove")
    expect(items).to_have_count(0)
    hands.page.keyboard.press("Control+z")
    expect(items).to_have_count(1)
    says(hands.page, hands.say("Saved"))


def test_experiment_is_made_of_the_assumption_and_its_plan_saved(journey: Journey) -> None:
    hands = journey.convener
    hands.go("Make an experiment of this")
    hands.write("Name of the experiment", "Yksi kysymys")
    hands.write("What do you do in practice?", "Soitamme ja kysymme.")
    hands.write("With whom?", "Kylän asukkaat")
    hands.write("How many people?", "10")
    hands.write("Where?", "Saarnila")
    hands.type_day("First day", in_days(0))
    hands.type_day("Last day", in_days(14))
    hands.write("What do you measure?", "Vastanneet")
    hands.write("In what unit?", "%")
    hands.write("How is it collected?", "Laskemme vastaukset.")
    hands.write("this much", "60", context="experiment")
    for question in law.QUESTIONS:
        with translation.override("en"):
            asked = str(question.asks)
        hands.choose(asked, "No")
    hands.pick("Who answers for it?", "Uuno")
    hands.go("Save the plan")
    hands.page.wait_for_url(re.compile(r"/experiments/[0-9a-f-]+/$"))
    journey.experiment = hands.page.url
    says(hands.page, BELIEF)


def test_started_experiment_is_locked(journey: Journey) -> None:
    hands = journey.convener
    hands.go("Mark it ready for sparring")
    says(hands.page, hands.say("Edit the plan"))
    hands.confirm("Start the experiment", "Start and lock")
    says(hands.page, hands.say("End the experiment"))
    expect(hands.page.locator(".lock")).to_be_visible()


def test_result_is_observed_concluded_and_decided(journey: Journey) -> None:
    hands = journey.convener
    hands.go("Add an observation")
    hands.write("What was observed?", "80")
    hands.write("Of how many people or cases?", "10")
    hands.choose("How do you know?", "Counted or seen by us")
    hands.go("Save the observation")
    hands.confirm("End the experiment", "End the experiment")
    hands.go("Write the conclusion")
    hands.choose("What do you say yourselves?", "The belief held")
    hands.write("What did you learn?", "Kysyminen riittää.")
    hands.choose("How sure are you?", "Middling")
    hands.go("Save the conclusion")
    hands.go("Write the decision")
    hands.choose("What follows?", "We continue")
    hands.write("Why?", "Se toimi.")
    hands.write("Who decided?", "Tiimi")
    hands.write("Who carries it on?", "Saarnilan kaupunki")
    hands.go("Save the decision")
    says(hands.page, hands.say("We continue"))


def test_lesson_is_written_and_published_in_three_languages(journey: Journey) -> None:
    hands = journey.convener
    hands.go("Write down the lesson")
    headline = {"Finnish": "Kysyminen riitti", "Swedish": "Frågan räckte", "English": "Asking was enough"}
    for part in ("The lesson in one sentence", "What you wanted to know", "What was done, with whom, when"):
        for language, text in headline.items():
            hands.write(language, text, group=part)
    for part in ("What came out, surprises too", "What others may use, and what it needs to work elsewhere"):
        for language, text in headline.items():
            hands.write(language, text, group=part)
    hands.tick("Nobody is named in these texts without having agreed to it")
    hands.go("Save and go on")
    hands.go("Publish the lesson")
    hands.page.wait_for_url("**/lessons/*/")
    slug = hands.page.url.rstrip("/").rpartition("/")[2]
    for language, text in zip(("fi", "sv", "en"), headline.values(), strict=True):
        hands.page.goto(f"/{language}/lessons/{slug}/")
        expect(hands.page.locator("h1")).to_have_text(text)


def test_facilitator_sees_the_team_in_its_row(journey: Journey) -> None:
    hands = journey.owner
    hands.page.goto(journey.path("facilitator/"))
    row = hands.page.locator("tbody tr").filter(has_text=TEAM)
    expect(row).to_contain_text("Yksi kysymys")
    hands.follow(TEAM)


@pytest.mark.req("A6")
def test_application_is_written_and_submitted_without_scripts(demo: Site) -> None:
    page = demo.fresh_window(java_script_enabled=False).new_page()
    page.goto(demo.facts["people"]["outsider"]["sign_in_url"])
    page.goto("/en/programmes/ekosysteemikoulu-4/call/")
    page.get_by_role("link", name="Start an application").click()
    page.get_by_role("button", name="Start an application").click()
    page.get_by_label("Name of the team").fill("Without scripts")
    for box in page.locator("#draft textarea").all():
        box.fill("An answer.")
    page.get_by_role("button", name="Save and review before submitting").click()
    page.get_by_role("button", name="Submit application").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your application has arrived")
    expect(page.locator("dd.num").first).not_to_be_empty()


@pytest.mark.req("A6")
def test_workshop_is_answered_without_scripts(demo: Site) -> None:
    page = demo.fresh_window(java_script_enabled=False).new_page()
    page.goto(demo.facts["people"]["member"]["sign_in_url"])
    ahead = [one for one in demo.facts["workshops"] if one["programme"] == "ekosysteemikoulu-3"]
    page.goto(max(ahead, key=lambda workshop: str(workshop["date"]))["url"])
    page.get_by_role("button", name="In the room").click()
    expect(page.locator("main")).to_contain_text("You have a seat in the room.")
    page.get_by_role("button", name="I cannot come").click()
    expect(page.locator("main")).to_contain_text("You said that you cannot come.")
