"""Questions that appear and rows that are added while somebody answers, in a browser."""

import re
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from rihma.applications.models import Application
from rihma.base.words import Words
from rihma.calls import actions as calls
from rihma.calls.tests.conftest import WHY, ClientOf
from rihma.canvases.tests.test_hands import chromium
from tests.conftest import Cast

__all__ = ["chromium"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def add(application: Application, cast: Cast, label: str, **more: Any) -> None:
    fields: Any = {"label": Words(en=label), "required": False, **more}
    calls.add_question(application.call, because=WHY, by=cast["owner"], **fields)


def test_question_appears_with_its_answer_and_a_list_grows(
    chromium: Browser, live_server: LiveServer, application: Application, cast: Cast, client_of: ClientOf
) -> None:
    options = [{"key": key, "label": {"en": key}} for key in ("yes", "no")]
    add(application, cast, "Partner", kind="choice", options=options)
    add(application, cast, "Agree", kind="consent", shown_if={"question": "partner", "values": ["yes"]})
    add(application, cast, "Others", kind="members", shown_if={"question": "agree", "values": ["yes"]})
    session = client_of(cast["convener"]).cookies[settings.SESSION_COOKIE_NAME].value
    context = chromium.new_context()
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/en/applications/{application.pk}/", wait_until="networkidle")
    agree, rows = page.get_by_label("Agree"), page.locator("[data-rows] .answer-row")
    expect(agree).to_be_hidden()
    page.get_by_label("yes", exact=True).check()
    agree.check()
    expect(rows).to_have_count(3)
    page.get_by_role("button", name="Add a row").click()
    with page.expect_response(re.compile("/save/$")):
        page.keyboard.type("Aino")
        page.keyboard.press("Tab")
        page.get_by_label("What is the problem?").focus()
    expect(rows).to_have_count(4)
    page.get_by_label("no", exact=True).check()
    expect(agree).to_be_hidden()
    expect(rows.first).to_be_hidden()
    application.refresh_from_db()
    assert application.answers["others"] == [{"name": "Aino"}]
    context.close()
