"""A code lets one application arrive after the closing as if in time: granted with a reason, good once, until it ends."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.applications import actions
from rihma.applications.models import AccessCode, Application
from rihma.base import clock
from rihma.base.refused import Refused
from rihma.calls.models import Call
from rihma.history.models import Event
from tests.conftest import Cast

pytestmark = pytest.mark.req("S9")

type ClientOf = Callable[[Person | None], Client]
LATER = timedelta(hours=5)


@pytest.fixture
def code(call: Call, cast: Cast) -> str:
    """Good for two days from the closing."""
    due = (call.closes + timedelta(days=2)).astimezone(call.programme.zone)
    reason = "Their network was down."
    return actions.grant(call, reason=reason, due_on=due.date(), due_at=due.time(), by=cast["owner"])


def test_application_with_a_code_is_in_time_until_the_code_ends(code: str, call: Call, cast: Cast) -> None:
    with clock.at(call.closes + LATER):
        draft = actions.start_by_code(call, code.lower().replace("-", " "), by=cast["convener"])
        actions.save(draft, answers={"problem": "Debt."}, by=cast["convener"], name="Advisers")
        assert actions.submit(draft, by=cast["convener"]).late_seconds == 0
    assert sorted(Event.objects.filter(verb__startswith="exception").values_list("verb", flat=True)) == [
        "exception_granted",
        "exception_used",
    ]


def test_what_comes_after_the_code_has_ended_is_late(code: str, call: Call, cast: Cast) -> None:
    with clock.at(call.closes + LATER):
        draft = actions.start_by_code(call, code, by=cast["convener"])
        actions.save(draft, answers={"problem": "Debt."}, by=cast["convener"], name="Advisers")
    with clock.at(call.closes + timedelta(days=2, seconds=1)):
        assert actions.submit(draft, by=cast["convener"]).late_seconds == timedelta(days=2, seconds=1).total_seconds()


def test_draft_that_was_begun_in_time_goes_on(code: str, call: Call, cast: Cast) -> None:
    draft = actions.start(call, by=cast["convener"])
    with clock.at(call.closes + LATER):
        assert actions.start_by_code(call, code, by=cast["convener"]) == draft
        assert actions.start_by_code(call, code, by=cast["convener"]) == draft


def test_code_of_another_call_or_invented_or_ended_opens_nothing(code: str, call: Call, cast: Cast) -> None:
    def refusal(said: str, after: timedelta) -> str:
        with clock.at(call.closes + after), pytest.raises(Refused) as refused:
            actions.start_by_code(call, said, by=cast["convener"])
        return refused.value.code

    assert refusal("AAAAA-BBBBB", LATER) == "code"
    assert refusal(code, timedelta(days=2, seconds=1)) == "over"
    assert not Application.objects.exists()


def test_database_holds_no_code(code: str, cast: Cast, call: Call, client_of: ClientOf) -> None:
    row = AccessCode.objects.values().get()
    assert code not in str(row)
    assert code.replace("-", "") not in str(row)
    page = client_of(cast["owner"]).get(reverse("applications:grant", args=[call.programme.slug]))
    assert ("Their network was down." in page.text, code in page.text) == (True, False)


@pytest.mark.req("R15")
def test_exception_that_is_granted_by_a_double_press_is_one_and_a_minute_later_another(call: Call, cast: Cast) -> None:
    day = call.closes.date() + timedelta(days=2)

    def grant(after: timedelta) -> str:
        with clock.at(call.closes + after):
            return actions.grant(call, reason="A storm.", due_on=day, due_at=time(12), by=cast["owner"])

    first = grant(LATER)
    with pytest.raises(Refused) as refused:
        grant(LATER + timedelta(seconds=2))
    assert (refused.value.code, AccessCode.objects.count()) == ("granted", 1)
    assert grant(LATER + timedelta(minutes=1)) != first
    assert Event.objects.filter(verb="exception_granted").count() == 2


@pytest.mark.django_db(transaction=True)
def test_code_works_once_for_twenty_at_the_same_time(code: str, call: Call, cast: Cast) -> None:
    def use(number: int) -> UUID | str:
        by = cast["convener"] if number % 2 else cast["other_convener"]
        try:
            with clock.at(call.closes + LATER):
                return actions.start_by_code(call, code, by=by).pk
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(use, range(20)))
    assert Application.objects.count() == 1
    assert {answer for answer in answers if isinstance(answer, str)} == {"taken"}
    assert answers.count("taken") == 10


def test_owner_makes_a_code_and_the_applicant_types_it(call: Call, cast: Cast, client_of: ClientOf) -> None:
    address = reverse("applications:grant", args=[call.programme.slug])
    due = (call.closes + timedelta(days=3)).date().isoformat()
    given = {"reason": "Illness.", "due_on": due, "due_at": "16:15"}
    assert client_of(cast["convener"]).post(address, given).status_code == 404
    assert client_of(cast["owner"]).post(address, {**given, "reason": ""}).status_code == 422
    answer = client_of(cast["owner"]).post(address, given)
    assert answer.headers["Cache-Control"] == "no-store"
    convener, by_code = client_of(cast["convener"]), reverse("applications:start_by_code", args=[call.programme.slug])
    with clock.at(call.closes + LATER):
        page = convener.get(reverse("applications:start", args=[call.programme.slug]))
        assert by_code in page.text
        wrong = convener.post(by_code, {"code": "WRONG"})
        assert (wrong.status_code, "WRONG" in wrong.text) == (422, True)
        started = convener.post(by_code, {"code": answer.context["code"]})
        draft = convener.get(started.headers["Location"]).text
        assert ("The code lets it in until" in draft, "Closes" in draft) == (True, False)
    with clock.at(call.closes + timedelta(days=9)):
        assert "The time to submit has passed" in convener.get(started.headers["Location"]).text
    assert started.headers["Location"] == Application.objects.get().get_absolute_url()
