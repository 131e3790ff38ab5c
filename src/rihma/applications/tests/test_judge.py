"""What arrives late is kept, and admitted or declined with a reason, by the same rule for all."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.applications import actions
from rihma.applications.fields import mark
from rihma.applications.models import Application, Receipt
from rihma.applications.templatetags.applications import lasting
from rihma.base import clock
from rihma.base.refused import Refused
from rihma.history.models import Event
from rihma.notices.models import Message
from rihma.site.models import Outage
from tests.conftest import Cast

type ClientOf = Callable[[Person | None], Client]
KIND = "applications/notices/judgement"


@pytest.fixture
def late(application: Application, cast: Cast) -> Receipt:
    with clock.at(application.call.closes + timedelta(minutes=2, seconds=3)):
        return actions.submit(application, by=cast["convener"])


def test_owner_judges_with_the_outages_of_the_server_before_them(
    late: Receipt, cast: Cast, client_of: ClientOf
) -> None:
    closes = late.application.call.closes
    Outage.objects.create(began_at=closes - timedelta(minutes=30), ended_at=closes + timedelta(minutes=1))
    address = reverse("applications:judge", args=[late.application_id, 1])
    owner = client_of(cast["owner"])
    page = owner.get(address)
    assert len(page.context["outages"]) == 1
    assert "2 minutes 3 seconds" in page.text
    assert owner.post(address, {"outcome": "admit", "reason": " "}).status_code == 422
    assert owner.post(address, {"outcome": "admit", "reason": "The service was down."}).status_code == 302
    message = Message.objects.get(kind=KIND)
    assert (message.to, "The service was down." in message.body) == (cast["convener"], True)
    assert Event.objects.get(verb="late_admitted").data["number"] == late.number
    shown = client_of(cast["convener"]).get(late.application.get_absolute_url()).text
    assert "It is taken up." in shown


def test_nobody_else_judges(late: Receipt, cast: Cast, client_of: ClientOf) -> None:
    address = reverse("applications:judge", args=[late.application_id, 1])
    for role in ("convener", "outsider", "juror", "mentor"):
        assert client_of(cast[role]).post(address, {"outcome": "admit", "reason": "I"}).status_code == 404


def test_decision_without_a_reason_or_about_something_in_time_is_refused(application: Application, cast: Cast) -> None:
    receipt = actions.submit(application, by=cast["convener"])
    with pytest.raises(Refused) as refused:
        actions.judge(receipt, admitted=True, reason="Kind", by=cast["owner"])
    assert refused.value.code == "in_time"


def test_late_version_counts_only_once_it_is_admitted(application: Application, cast: Cast) -> None:
    actions.submit(application, by=cast["convener"])
    field, was = "question_problem", "Debt grows in silence."
    typed = {field: "Better", "name": "A better name"}
    seen = {field: mark(was), "name": mark("Debt advisers")}
    actions.save_fields(application, typed, seen=seen, by=cast["convener"])
    with clock.at(application.call.closes + timedelta(seconds=1)):
        second = actions.submit(application, by=cast["convener"])
        actions.judge(second, admitted=False, reason="No outage.", by=cast["owner"])
        application.refresh_from_db()
        assert (application.answers, application.team.name) == ({"problem": was}, "Debt advisers")
        actions.judge(second, admitted=True, reason="There was an outage after all.", by=cast["owner"])
    application = Application.objects.get(pk=application.pk)
    assert (application.receipt, application.answers) == (second, {"problem": "Better"})
    assert application.team.name == "A better name"
    assert second.judgements.count() == 2


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 second"), (61, "1 minute 1 second"), (7200, "2 hours"), (90_061, "1 day 1 hour"), (1_209_600, "14 days")],
)
def test_lateness_is_told_in_its_largest_units(seconds: int, words: str) -> None:
    assert lasting(seconds) == words
