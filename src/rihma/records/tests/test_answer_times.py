"""Answers whose question says for how long they are kept: named before they go, then gone wherever they stood."""

from datetime import timedelta

import pytest
import time_machine

from rihma.applications import actions as applications
from rihma.applications.models import Application, Receipt
from rihma.base import clock
from rihma.base.words import Words
from rihma.calls.models import Call, Question
from rihma.history.models import Event
from rihma.records import actions
from rihma.records.models import SecretPart
from rihma.records.queries import plan_of
from rihma.records.retention import due, keep, things
from rihma.records.tests.conftest import ClientOf
from rihma.site.commands.retention import run
from tests.conftest import Cast


@pytest.fixture
def answered(application: Application, call: Call, cast: Cast) -> Application:
    """Submitted in two versions, with a question whose answers are kept for three months, marked as secret."""
    Question.objects.create(
        call=call, key="health", number=9, label=Words(fi="Terveys?", en="Health?"), required=False, kept_months=3
    )
    for words in ("Allergic.", "Allergic to nuts."):
        applications.save(application, answers={"problem": "Debts.", "health": words}, by=cast["convener"])
        applications.submit(application, by=cast["convener"])
    application.refresh_from_db()
    actions.mark_secret(application, "answer.health", because="Of health.", by=cast["convener"])
    return application


def after(call: Call, months: int) -> time_machine.travel:
    ends = call.programme.ends + timedelta(days=31 * months)
    return time_machine.travel(clock.now() + (ends - clock.now().date()), tick=False)


@pytest.mark.req("P3")
def test_answer_goes_after_its_months_and_the_rest_stays(answered: Application, call: Call) -> None:
    digests = set(Receipt.objects.values_list("digest", flat=True))
    with after(call, 3):
        done = [keep(clock.now()), keep(clock.now())]
    answered.refresh_from_db()
    kept = [list(one.content["answers"]) for one in Receipt.objects.filter(application=answered)]
    assert (done, answered.answers["problem"], "health" in answered.answers) == ([1, 0], "Debts.", False)
    assert all("health" not in answers and "problem" in answers for answers in kept)
    assert ("Allergic" in str(answered.edits), SecretPart.objects.exists()) == (False, False)
    assert set(Receipt.objects.values_list("digest", flat=True)) == digests
    assert Event.objects.get(verb="disposed").data["kinds"]["answers"] == 1


@pytest.mark.req("P3")
def test_report_names_the_answer_and_its_day_before_it_goes(
    answered: Application, call: Call, cast: Cast, client_of: ClientOf, capsys: pytest.CaptureFixture[str]
) -> None:
    page = client_of(cast["owner"]).get(f"/en/programmes/{call.programme.slug}/records/retention/").text
    assert f"{answered.case}: Health?" in page
    assert "by question" in page
    with after(call, 3):
        run(delete=False)
    assert capsys.readouterr().out.split("\t")[1::2][:2] == ["answers", f"{answered.case}: Health?\n"]
    assert Application.objects.get(pk=answered.pk).answers["health"] == "Allergic to nuts."


def test_answer_stays_until_its_day_and_one_that_nobody_gave_is_not_named(
    answered: Application, call: Call, cast: Cast
) -> None:
    applications.start(call, by=cast["member"])
    plan = plan_of(call.programme)
    with after(call, 2):
        assert due(call.programme, plan, clock.now()) == []
    assert [thing.name for thing in things(call.programme, plan)] == [f"{answered.case}: Health?"]
