"""Two people in one application, each in a browser of their own."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.canvases.tests.test_hands import chromium
from rihma.teams import actions as teams
from tests.conftest import Cast

__all__ = ["chromium"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ANSWER = "What is the problem?"
EXPECTED = re.compile("status of 409")
type Open = Callable[[str], Page]


@pytest.fixture
def opened(
    chromium: Browser,
    live_server: LiveServer,
    application: Application,
    cast: Cast,
    client_of: Callable[[Person | None], Client],
) -> Iterator[Open]:
    teams.join(teams.invite(application.team, cast["member"].email, by=cast["convener"]), by=cast["member"])
    said: list[str] = []

    def opened(role: str) -> Page:
        session = client_of(cast[role]).cookies[settings.SESSION_COOKIE_NAME].value
        context = chromium.new_context()
        context.set_default_timeout(10_000)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", lambda line: said.append(line.text) if not EXPECTED.search(line.text) else None)
        page.goto(f"{live_server.url}/en/applications/{application.pk}/", wait_until="networkidle")
        return page

    yield opened
    assert said == []


def saved(page: Page, label: str, text: str) -> None:
    field = page.get_by_label(label)
    with page.expect_response(re.compile("/save/$")):
        field.fill(text)
        field.blur()


def test_two_write_at_once_and_neither_loses_a_word(opened: Open, application: Application, cast: Cast) -> None:
    convener, member = opened("convener"), opened("member")
    with member.expect_response(re.compile("/meanwhile/$")):
        member.get_by_label("Name of the team").focus()
    # What one saves shows in the other's page, with who is where.
    saved(convener, ANSWER, "Letters come too late.")
    convener.get_by_label(ANSWER).focus()
    expect(convener.get_by_text(f"{cast['member'].name} is writing here")).to_be_visible()
    saved(member, "Name of the team", "Letters in time")
    expect(member.get_by_label(ANSWER)).to_have_value("Letters come too late.")
    # Both change the same field before they hear of each other: the second sees both texts, and chooses.
    for page in (convener, member):
        page.route("**/meanwhile/", lambda route: route.fulfill(json={}))
    saved(convener, ANSWER, "Letters come too late for anybody to act.")
    saved(member, ANSWER, "Nobody reads the letters.")
    both = member.locator("[data-contested]")
    expect(both).to_contain_text("Letters come too late for anybody to act.")
    expect(member.get_by_label(ANSWER)).to_have_value("Nobody reads the letters.")
    application.refresh_from_db()
    assert application.answers == {"problem": "Letters come too late for anybody to act."}
    with member.expect_response(re.compile("/save/$")):
        both.get_by_role("button", name="Keep mine").click()
    expect(both).to_have_count(0)
    application.refresh_from_db()
    assert application.answers == {"problem": "Nobody reads the letters."}
    saved(convener, ANSWER, "Mine once more")
    with convener.expect_response(re.compile("/save/$")):
        convener.get_by_role("button", name="Use this text").click()
    expect(convener.get_by_label(ANSWER)).to_have_value("Nobody reads the letters.")
    expect(convener.get_by_label("Name of the team")).to_have_value("Letters in time")
