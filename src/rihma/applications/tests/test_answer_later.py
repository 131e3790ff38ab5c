from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from rihma.applications import actions
from rihma.applications.fields import mark
from rihma.applications.models import Application
from rihma.applications.queries import today_of
from rihma.base import clock
from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.calls import actions as calls
from rihma.calls.models import Call
from rihma.calls.tests.conftest import WHY, ClientOf
from rihma.history.models import Event
from tests.conftest import Cast


def add(call: Call, cast: Cast, label: str, **more: Any) -> str:
    fields: Any = {"label": Words(en=label), "required": True, "kind": "short", **more}
    return calls.add_question(call, because=WHY, by=cast["owner"], **fields).key


@pytest.fixture
def due(call: Call) -> date:
    return call.closes_on + timedelta(days=20)


@pytest.fixture
def sent(application: Application, cast: Cast, due: date) -> Application:
    """Submitted without the answer that may come until `due`."""
    add(application.call, cast, "Mentor", required_by=due)
    actions.submit(application, by=cast["convener"])
    return Application.objects.select_related("call__programme").get(pk=application.pk)


def test_answer_with_a_later_day_comes_after_the_closing_and_leaves_the_receipt(
    sent: Application, cast: Cast, client_of: ClientOf
) -> None:
    page, browser = reverse("applications:answer_later", args=[sent.pk]), client_of(cast["convener"])
    digest = sent.receipt.digest
    with clock.at(sent.call.closes + timedelta(days=1)):
        assert "Asked for later" in browser.get(sent.get_absolute_url()).text
        browser.post(page, {"question_mentor": "Farah"})
        assert "Farah" in client_of(cast["owner"]).get(sent.get_absolute_url()).text
    sent.refresh_from_db()
    assert (sent.answers["mentor"], sent.receipt.digest) == ("Farah", digest)
    assert Event.objects.get(verb="answered_later").data == {"keys": ["mentor"]}


def test_answer_is_not_taken_before_the_closing_nor_after_its_day(sent: Application, cast: Cast, due: date) -> None:
    def code(at: Any) -> str:
        with clock.at(at), pytest.raises(Refused) as refused:
            actions.answer_later(sent, {"mentor": "Farah"}, by=cast["convener"])
        return refused.value.code

    assert [code(clock.now()), code(sent.call.closes + timedelta(days=30))] == ["open", "frozen"]
    with clock.at(sent.call.closes + timedelta(days=1)), pytest.raises(Refused):
        actions.answer_later(sent, {"problem": "Another one"}, by=cast["convener"])
    sent.refresh_from_db()
    assert sent.answers["problem"] == "Debt grows in silence."


def test_others_find_no_such_page(sent: Application, cast: Cast, client_of: ClientOf) -> None:
    page = reverse("applications:answer_later", args=[sent.pk])
    found = {role: client_of(cast[role]).get(page).status_code for role in ("convener", "owner", "juror", "outsider")}
    assert found == {"convener": 200, "owner": 404, "juror": 404, "outsider": 404}


def test_frozen_answer_stays_as_it_was(application: Application, cast: Cast, client_of: ClientOf) -> None:
    key = add(application.call, cast, "Name", required=False, frozen_after=today_of(application.call))
    application = actions.save(application, answers={key: "First"}, by=cast["convener"])
    browser, typed = client_of(cast["convener"]), {"name": "Debt advisers", f"question_{key}": "Second"}
    with clock.at(clock.now() + timedelta(days=1)):
        browser.post(reverse("applications:save", args=[application.pk]), typed)
        with pytest.raises(Refused, match="can no longer be changed"):
            actions.save_fields(
                application, {f"question_{key}": "Third"}, seen={f"question_{key}": mark("First")}, by=cast["convener"]
            )
    application.refresh_from_db()
    assert application.answers[key] == "First"
