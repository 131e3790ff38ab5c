"""Every page of the site once in a browser, as somebody who may open it.

Light, dark and 320 px wide are looked at in the same visit, because opening a page is what takes the time.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser import ANONYMOUS, DESKTOP, ON_COLOUR, ON_ROOM, Heard, Site, site, violations, wider_than_page

pytestmark = pytest.mark.browser

TABLE = Path(__file__).parent / "permissions.csv"
LANGUAGES = ("fi", "sv", "en")
# Who shows most of a page, first.
VISITORS = ("convener", "facilitator", "owner", "member", ANONYMOUS)
# What opens without being a page: files, feeds, answers to programs and parts of pages.
NO_PAGES = {
    "applications:file",
    "applications:rules",
    "attachments:send",
    "calls:export_form",
    "calls:feed",
    "brainwriting:now",
    "canvases:blank",
    "canvases:export",
    "experiments:checks",
    "facilitation:dots_on",
    "facilitation:export_vote",
    "facilitation:now",
    "front-door",
    "healthz",
    "library:feed",
    "library:json",
    "organisations:known",
    "moderation:file",
    "programmes:export",
    "records:copy",
    "records:own",
    "readyz",
    "reviews:file",
    "reviews:left",
    "reviews:take_out",
    "tailoring:export",
    "talk:comments",
    "talk:reactions",
}
NO_PAGES_BELOW = ("api:", "calendar:")
OTHER_VISITORS = {
    "account_login": ANONYMOUS,
    "experiments:conclude": "facilitator",
    "experiments:decide": "facilitator",
    "experiments:edit": "facilitator",
    "invitations:by_link": ANONYMOUS,
    "programmes:create": "owner",
    "programmes:import_file": "owner",
    "teams:invitation": "outsider",
}
# Pages that the table of permissions knows as closed (the demo opens them), and pages worth a look in another moment.
MORE = {
    "account_confirm_login_code": "asking",
    "notices:mailbox": ANONYMOUS,
    "home as a guest": ANONYMOUS,
    "home as an outsider": "outsider",
    "home as the facilitator": "facilitator",
    "calls:call as a guest": ANONYMOUS,
    "programmes:programme as the owner": "owner",
    "teams:team as the mentor": "mentor",
    "experiments:experiment published": "facilitator",
    "experiments:experiment cancelled": "facilitator",
    "experiments:experiment ready": "facilitator",
    "experiments:experiment concluded": "facilitator",
    "no such page": ANONYMOUS,
}


class Visit(NamedTuple):
    name: str
    visitor: str
    language: str

    def __str__(self) -> str:
        return self.name if self.language == first_language(self.name) else f"{self.name} in {self.language}"

    @property
    def status(self) -> int:
        return 404 if self.name == "no such page" else 200


@dataclass
class Seen:
    status: int
    language: str
    title: str
    headings: list[str]
    heard: Heard
    reports: list[str]
    wrong: dict[str, list[str]] = field(default_factory=dict)
    too_wide: list[str] = field(default_factory=list)


def visits() -> list[pytest.ParameterSet]:
    """Each page in one language; in the other two where there is time, because words differ in length and in marks."""
    return [
        pytest.param(visit, id=str(visit), marks=[] if language == first_language(name) else pytest.mark.long)
        for name, visitor in visitors()
        for language in LANGUAGES
        for visit in [Visit(name, visitor, language)]
    ]


def first_language(name: str) -> str:
    return LANGUAGES[crc32(name.encode()) % len(LANGUAGES)]


def visitors() -> list[tuple[str, str]]:
    with TABLE.open(newline="") as file:
        open_to = {row["route"]: row for row in csv.DictReader(file) if row["method"] == "GET" and "ok" in row.values()}
    pages = [name for name in open_to if name not in NO_PAGES and not name.startswith(NO_PAGES_BELOW)]
    found = [(name, OTHER_VISITORS.get(name) or first_who_may(open_to[name])) for name in pages]
    return [*found, *MORE.items()]


def first_who_may(row: dict[str, str]) -> str:
    return next(role for role in (*VISITORS, *row) if row[role] == "ok")


@pytest.fixture(scope="module")
def demo() -> Iterator[Site]:
    with site() as demo:
        yield demo


@pytest.fixture(scope="module")
def addresses(demo: Site) -> dict[str, str]:
    found: dict[str, str] = demo.ask("from tests.addresses import tell; tell()")
    return {"no such page": "/en/nowhere/", **found}


@pytest.fixture(scope="module", params=visits())
def visit(request: pytest.FixtureRequest) -> Visit:
    asked: Visit = request.param
    return asked


@pytest.fixture(scope="module")
def seen(demo: Site, addresses: dict[str, str], visit: Visit) -> Iterator[Seen]:
    path = addresses.get(visit.name) or addresses[visit.name.partition(" ")[0]]
    window = window_of(demo, visit)
    # One after the other in the same tab: a new one costs more than the page in it.
    page = window.pages[0] if window.pages else window.new_page()
    heard = Heard(demo.base)
    with heard.listening(page):
        yield look(page, path.replace("/en/", f"/{visit.language}/", 1), heard)


def window_of(demo: Site, visit: Visit) -> BrowserContext:
    if visit.visitor != "asking":
        return demo.window(visit.visitor)
    window = demo.fresh_window()
    page = window.new_page()
    page.goto("/en/account/sign-in/")
    page.locator("main input[type=email]").fill("aino@virasto.example")
    page.keyboard.press("Enter")
    page.wait_for_url("**/code/**")
    page.close()
    return window


def look(page: Page, path: str, heard: Heard) -> Seen:
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="light")
    answer = page.goto(path, wait_until="load")
    seen = Seen(
        status=answer.status if answer and not answer.request.redirected_from else 0,
        language=page.locator("html").get_attribute("lang") or "",
        title=page.title(),
        headings=page.locator("h1").all_inner_texts(),
        heard=heard,
        reports=[],
    )
    seen.wrong["light"] = violations(page)
    seen.wrong["dark"] = violations(page, *ON_COLOUR, look="dark")
    page.set_viewport_size({"width": 320, "height": 800})
    seen.wrong["narrow"] = violations(page, *ON_ROOM, look="dark")
    seen.too_wide = wider_than_page(page)
    seen.reports = page.evaluate("() => window.reports")
    return seen


def test_page_opens_for_who_may_open_it(visit: Visit, seen: Seen) -> None:
    assert seen.status == visit.status


def test_page_says_its_language_title_and_one_heading(visit: Visit, seen: Seen) -> None:
    assert seen.language == visit.language
    assert seen.title.removesuffix("– Rihma").strip()
    assert len(seen.headings) == 1


def test_page_keeps_the_console_free_of_errors(visit: Visit, seen: Seen) -> None:
    excused = "404 (Not Found)"
    assert [line for line in seen.heard.console if visit.status == 200 or excused not in line] == []


@pytest.mark.req("S15")
def test_page_stays_within_the_content_policy(seen: Seen) -> None:
    assert seen.reports == []


@pytest.mark.req("S15")
def test_page_asks_nothing_of_other_servers(seen: Seen) -> None:
    assert seen.heard.elsewhere == []


@pytest.mark.req("A1")
@pytest.mark.parametrize("look", ["light", "dark"])
def test_page_is_accessible_to_the_standard(seen: Seen, look: str) -> None:
    assert seen.wrong[look] == []


@pytest.mark.req("A5")
def test_narrow_page_flows_and_has_room_to_touch(seen: Seen) -> None:
    assert seen.too_wide == []
    assert seen.wrong["narrow"] == []
