"""A submitted application may be changed and submitted anew until the call closes; every version is kept."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.applications import actions, rules
from rihma.applications.fields import mark
from rihma.applications.models import Application, Receipt
from rihma.applications.versions import versions_of
from rihma.base import clock
from rihma.base.refused import Refused
from rihma.history.models import Event
from rihma.notices.models import Message
from tests.conftest import Cast

type ClientOf = Callable[[Person | None], Client]
FIRST = "Debt grows in silence."


def change(application: Application, cast: Cast, text: str, was: str = FIRST) -> None:
    field = "question_problem"
    saved = actions.save_fields(application, {field: text}, seen={field: mark(was)}, by=cast["convener"])
    assert not saved.contested


@pytest.fixture
def submitted(application: Application, cast: Cast) -> Application:
    actions.submit(application, by=cast["convener"])
    application.refresh_from_db()
    return application


def test_each_submission_is_a_version_with_the_same_number(submitted: Application, cast: Cast) -> None:
    first = submitted.receipt
    change(submitted, cast, "Debt is loud.")
    second = actions.submit(submitted, by=cast["convener"])
    submitted.refresh_from_db()
    assert first
    assert (second.number, first.version, second.version) == (first.number, 1, 2)
    assert second.digest == rules.digest(second.content, second.received_at)
    assert submitted.receipt == second
    assert submitted.answers == {"problem": "Debt is loud."}
    assert [one.content["answers"]["problem"] for one in submitted.receipts.all()] == [FIRST, "Debt is loud."]
    assert Message.objects.filter(kind="applications/notices/receipt").count() == 2
    assert Event.objects.filter(verb="submitted_anew").count() == 1


def test_what_is_changed_and_not_submitted_does_not_count(
    submitted: Application, cast: Cast, client_of: ClientOf
) -> None:
    change(submitted, cast, "Only a thought")
    submitted.refresh_from_db()
    assert submitted.answers == {"problem": FIRST}
    owner = client_of(cast["owner"]).get(submitted.get_absolute_url()).text
    assert (FIRST in owner, "Only a thought" in owner) == (True, False)
    writer = client_of(cast["convener"])
    page = writer.get(submitted.get_absolute_url()).text
    assert "There are changes that are not submitted" in page
    assert "Only a thought" in writer.get(reverse("applications:edit", args=[submitted.pk])).text
    assert "Only a thought" in writer.get(reverse("applications:submit", args=[submitted.pk])).text
    writer.post(reverse("applications:drop_edits", args=[submitted.pk]))
    assert "Only a thought" not in writer.get(reverse("applications:edit", args=[submitted.pk])).text


@pytest.mark.req("R15")
@pytest.mark.django_db(transaction=True)
def test_submitting_anew_in_parallel_makes_one_receipt_a_version(application: Application, cast: Cast) -> None:
    def submit(_: int) -> int:
        try:
            return actions.submit(application, by=cast["convener"]).version
        finally:
            connection.close()

    actions.submit(application, by=cast["convener"])
    for version, text in enumerate(("Second", "Third"), start=2):
        change(application, cast, text, was=Application.objects.get(pk=application.pk).answers["problem"])
        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(submit, range(20))) == {version}
    assert sorted(Receipt.objects.values_list("version", flat=True)) == [1, 2, 3]
    assert Receipt.objects.values("number").distinct().count() == 1


@pytest.mark.req("R16")
@pytest.mark.parametrize(("after", "counts"), [(-1, True), (0, True), (1, False)])
def test_newest_version_in_time_counts_and_a_later_one_is_kept(
    submitted: Application, cast: Cast, after: int, *, counts: bool
) -> None:
    change(submitted, cast, "At the last moment")
    with clock.at(submitted.call.closes + timedelta(seconds=after)):
        second = actions.submit(submitted, by=cast["convener"])
    submitted.refresh_from_db()
    assert (second.version, second.late_seconds) == (2, max(after, 0))
    assert (submitted.receipt == second) is counts
    assert submitted.answers["problem"] == ("At the last moment" if counts else FIRST)
    assert [version.counts for version in versions_of(submitted)] == [counts, not counts]


def test_versions_stay_readable_to_writers_and_owners_and_to_nobody_else(
    submitted: Application, cast: Cast, client_of: ClientOf
) -> None:
    change(submitted, cast, "Debt is loud.")
    actions.submit(submitted, by=cast["convener"])
    address = reverse("applications:version", args=[submitted.pk, 1])
    found = {role: client_of(cast[role]).get(address) for role in ("convener", "owner", "juror", "outsider", "member")}
    assert {role: page.status_code for role, page in found.items()} == {
        "convener": 200,
        "owner": 200,
        "juror": 404,
        "outsider": 404,
        "member": 404,
    }
    assert FIRST in found["owner"].text
    assert "Debt is loud." not in found["owner"].text
    receipt = client_of(cast["convener"]).get(reverse("applications:receipt", args=[submitted.pk]))
    assert "Version 2 counts" in receipt.text
    assert [version.changed for version in receipt.context["versions"]] == [["What is the problem?"], []]


def test_second_writer_is_told_that_it_was_submitted(submitted: Application, cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast["convener"]).post(reverse("applications:meanwhile", args=[submitted.pk]), {"version": "1"})
    assert answer.json()["submission"] == 1


def test_what_another_version_lacks_keeps_it_from_being_submitted(submitted: Application, cast: Cast) -> None:
    change(submitted, cast, "")
    with pytest.raises(Refused, match=r"What is the problem\?"):
        actions.submit(submitted, by=cast["convener"])
    submitted.refresh_from_db()
    assert (submitted.answers, submitted.receipts.count()) == ({"problem": FIRST}, 1)
