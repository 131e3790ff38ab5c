import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.applications import actions, rules
from rihma.applications.models import Application, Receipt
from rihma.base.refused import Refused
from rihma.history.models import Event
from rihma.notices.models import Message
from tests.conftest import HELSINKI, Cast

CLOSING = datetime(2026, 10, 25, 23, 59, 59, tzinfo=HELSINKI)


@pytest.mark.parametrize(
    ("after", "late"),
    [(timedelta(seconds=-1), 0), (timedelta(), 0), (timedelta(seconds=1), 1), (timedelta(days=14), 14 * 86400)],
)
@pytest.mark.req("R16")
def test_closing_second_is_in_time_and_later_is_kept_and_marked(
    application: Application, cast: Cast, after: timedelta, late: int
) -> None:
    # the day on which summer time ends: a wall clock an hour off would show here
    application.call.closes_on = date(2026, 10, 25)
    application.call.closes_at = time(23, 59, 59)
    application.call.save()
    with time_machine.travel(CLOSING + after, tick=False):
        receipt = actions.submit(application, by=cast["convener"])
    assert receipt.late_seconds == late
    assert receipt.received_at == CLOSING + after


@pytest.mark.req("R15")
def test_submitting_twice_answers_the_same_receipt(application: Application, cast: Cast) -> None:
    first = actions.submit(application, by=cast["convener"])
    second = actions.submit(application, by=cast["convener"])
    assert second == first
    assert Receipt.objects.count() == 1
    assert Message.objects.filter(kind="applications/notices/receipt").count() == 1


@pytest.mark.req("R15")
@pytest.mark.django_db(transaction=True)
def test_submitting_in_parallel_makes_one_receipt(application: Application, cast: Cast) -> None:
    def submit(_: int) -> str:
        try:
            return actions.submit(application, by=cast["convener"]).number
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        numbers = set(pool.map(submit, range(20)))
    assert len(numbers) == 1
    assert Receipt.objects.count() == 1


def test_receipt_proves_the_content(application: Application, cast: Cast) -> None:
    receipt = actions.submit(application, by=cast["convener"])
    receipt.refresh_from_db()
    assert rules.digest(receipt.content, receipt.received_at) == receipt.digest
    changed = json.loads(json.dumps(receipt.content).replace("silence", "the open"))
    assert rules.digest(changed, receipt.received_at) != receipt.digest


def test_receipts_are_numbered_in_order_of_arrival(application: Application, cast: Cast) -> None:
    other = actions.start(application.call, by=cast["other_convener"])
    actions.save(other, version=0, answers={"problem": "Few boats."}, by=cast["other_convener"], name="Archipelago")
    numbers = [actions.submit(one, by=one.started_by).number[-3:] for one in (other, application)]
    assert numbers == ["001", "002"]


def test_unanswered_question_is_named_and_nothing_is_lost(application: Application, cast: Cast) -> None:
    application = actions.save(application, version=1, answers={"problem": " "}, by=cast["convener"])
    with pytest.raises(Refused, match=r"What is the problem\?"):
        actions.submit(application, by=cast["convener"])
    application.refresh_from_db()
    assert application.state == Application.State.DRAFT
    assert not Event.objects.filter(verb="submitted").exists()


def test_team_that_does_not_meet_the_rules_may_submit(application: Application, cast: Cast) -> None:
    receipt = actions.submit(application, by=cast["convener"])
    assert receipt.late_seconds == 0


def test_receipt_is_told_in_the_persons_language(application: Application, cast: Cast) -> None:
    cast["convener"].language = "sv"
    cast["convener"].save()
    receipt = actions.submit(application, by=cast["convener"])
    message = Message.objects.get(kind="applications/notices/receipt")
    assert message.language == "sv"
    assert receipt.number in message.subject
    assert receipt.digest in message.body
    assert "mottagningsbevis" in message.subject.lower()


def test_review_page_submits_and_shows_the_receipt(
    application: Application, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    client = client_of(cast["convener"])
    page = client.get(reverse("applications:submit", args=[application.pk]))
    assert "not yet submitted" in page.text
    answer = client.post(reverse("applications:submit", args=[application.pk]), follow=True)
    receipt = Receipt.objects.get()
    assert receipt.number in answer.text
    assert receipt.digest in answer.text


def test_stranger_finds_no_application(
    application: Application, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    for role in ("outsider", "other_convener", "juror", "mentor", "owner"):
        answer = client_of(cast[role]).post(reverse("applications:submit", args=[application.pk]))
        assert answer.status_code == 404, role
    application.refresh_from_db()
    assert application.state == Application.State.DRAFT
