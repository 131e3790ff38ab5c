"""A writer who left comes back by the link in a mail, with another device and no session."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from rihma.accounts.tests.conftest import code_in_mail
from rihma.applications.models import Application
from rihma.applications.reminding import remind
from rihma.base import clock
from rihma.notices.models import Message
from tests.conftest import Cast


@pytest.mark.req("A4")
def test_link_in_a_mail_leads_through_signing_in_back_to_what_was_typed(application: Application, cast: Cast) -> None:
    with clock.at(application.call.closes - timedelta(days=1)):
        remind(clock.now())
    told = Message.objects.get(kind="applications/notices/reminder")
    link = re.search(r"http://\S+?(/\w\w/applications/\S+)", told.body)
    assert link
    browser = Client()
    asked = browser.get(link[1]).headers["Location"]
    assert asked.endswith(f"?next={link[1]}")
    code_page = browser.post(asked, {"email": cast["convener"].email}).headers["Location"]
    entered = browser.post(code_page, {"code": code_in_mail(cast["convener"].email)})
    assert entered.headers["Location"] == link[1]
    page = browser.get(link[1])
    assert page.context["form"]["question_problem"].value() == "Debt grows in silence."
