"""A submitted application is asked to complete something, until a day; only that may be changed, and what arrives counts."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from rihma.accounts.models import Person
from rihma.applications import actions
from rihma.applications.arrival_forms import DueForm
from rihma.applications.fields import mark
from rihma.applications.models import Application, Completion
from rihma.base import clock
from rihma.base.refused import Refused
from rihma.notices.models import Message
from tests.conftest import Cast

type ClientOf = Callable[[Person | None], Client]
FIRST = "Debt grows in silence."


@pytest.fixture
def asked(application: Application, cast: Cast) -> Completion:
    """Asked two days after the closing to answer the question anew within a week."""
    actions.submit(application, by=cast["convener"])
    with clock.at(application.call.closes + timedelta(days=2)):
        return ask(application, cast, days=9)


def ask(application: Application, cast: Cast, days: int) -> Completion:
    due = (application.call.closes + timedelta(days=days)).astimezone(application.call.programme.zone)
    fields, what = ["question_problem"], "Say whom it concerns."
    by = cast["owner"]
    return actions.ask_to_complete(application, what=what, fields=fields, due_on=due.date(), due_at=due.time(), by=by)


def test_team_completes_only_what_was_asked_and_that_counts(asked: Completion, cast: Cast, client_of: ClientOf) -> None:
    application, writer = asked.application, client_of(cast["convener"])
    assert (
        "Say whom it concerns." in Message.objects.get(kind="applications/notices/completion", to=cast["convener"]).body
    )
    with clock.at(application.call.closes + timedelta(days=3)):
        page = writer.get(reverse("applications:edit", args=[application.pk])).text
        assert ('name="question_problem"' in page, 'name="name"' in page) == (True, False)
        typed = {
            "question_problem": "It concerns the young.",
            "name": "Smuggled in",
            "version": "1",
            "seen": [f"question_problem:{mark(FIRST)}", f"name:{mark('Debt advisers')}"],
        }
        writer.post(reverse("applications:edit", args=[application.pk]), {**typed, "review": ""})
        writer.post(reverse("applications:submit", args=[application.pk]))
    application = Application.objects.get(pk=application.pk)
    assert application.receipt
    assert (application.receipt.version, application.receipt.late_seconds) == (2, 0)
    assert (application.answers, application.team.name) == ({"problem": "It concerns the young."}, "Debt advisers")
    asked.refresh_from_db()
    assert asked.receipt == application.receipt
    assert Message.objects.filter(kind="applications/notices/completed", to=cast["owner"]).count() == 1
    assert "Completed as asked" in client_of(cast["owner"]).get(application.get_absolute_url()).text


@pytest.mark.req("R16")
@pytest.mark.parametrize(("seconds", "taken"), [(0, True), (1, False)])
def test_day_to_complete_ends_at_its_second(asked: Completion, cast: Cast, seconds: int, *, taken: bool) -> None:
    typed, seen = {"question_problem": "Whom"}, {"question_problem": mark(FIRST)}
    with clock.at(asked.due.instant + timedelta(seconds=seconds)):
        if taken:
            actions.save_fields(asked.application, typed, seen=seen, by=cast["convener"])
            assert actions.submit(asked.application, by=cast["convener"]).version == 2
        else:
            with pytest.raises(Refused) as refused:
                actions.save_fields(asked.application, typed, seen=seen, by=cast["convener"])
            assert refused.value.code == "state"


def test_one_request_at_a_time_and_its_date_may_move(asked: Completion, cast: Cast, client_of: ClientOf) -> None:
    application, owner = asked.application, client_of(cast["owner"])
    with clock.at(application.call.closes + timedelta(days=3)):
        with pytest.raises(Refused) as refused:
            ask(application, cast, days=12)
        assert refused.value.code == "waits"
        later = {"due_on": (asked.due_on + timedelta(days=5)).isoformat(), "due_at": "16:15"}
        assert owner.post(reverse("applications:put_off", args=[application.pk]), later).status_code == 302
        earlier = {"due_on": "2020-01-01", "due_at": "16:15"}
        assert owner.post(reverse("applications:put_off", args=[application.pk]), earlier).status_code == 422
    before = asked.due_on
    asked.refresh_from_db()
    assert asked.due_on == before + timedelta(days=5)
    assert Message.objects.filter(kind="applications/notices/completion", to=cast["convener"]).count() == 2


def test_answer_without_a_change_is_refused_in_words(asked: Completion, cast: Cast) -> None:
    with clock.at(asked.at + timedelta(days=1)), pytest.raises(Refused) as refused:
        actions.submit(asked.application, by=cast["convener"])
    assert refused.value.code == "same"


def test_owner_asks_on_a_page_and_nobody_else_can(application: Application, cast: Cast, client_of: ClientOf) -> None:
    actions.submit(application, by=cast["convener"])
    address = reverse("applications:ask_to_complete", args=[application.pk])
    due = clock.now().date() + timedelta(days=20)
    form = {"what": "Whom?", "fields_asked": ["question_problem"], "due_on": due.isoformat(), "due_at": "16:15"}
    for role in ("convener", "outsider", "juror"):
        assert client_of(cast[role]).post(address, form).status_code == 404
    assert client_of(cast["owner"]).post(address, {**form, "fields_asked": []}).status_code == 422
    assert client_of(cast["owner"]).post(address, form).status_code == 302
    assert Completion.objects.get().fields == ["question_problem"]


def test_whoever_is_asked_while_the_call_is_open_answers_by_submitting_anew(
    application: Application, cast: Cast, client_of: ClientOf
) -> None:
    actions.submit(application, by=cast["convener"])
    completion = ask(application, cast, days=9)
    page = client_of(cast["convener"]).get(application.get_absolute_url()).text
    assert ("Complete the application" in page, "The time has run out" in page) == (True, False)
    actions.save_fields(application, {"name": "Any field"}, seen={"name": mark("Debt advisers")}, by=cast["convener"])
    receipt = actions.submit(application, by=cast["convener"])
    completion.refresh_from_db()
    assert (completion.receipt, receipt.content["team"]["name"]) == (receipt, "Any field")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_date_to_put_off_stands_in_the_form_as_browsers_read_it(language: str) -> None:
    with translation.override(language):
        form = DueForm(initial={"due_on": date(2026, 12, 7), "due_at": time(16)})
        assert 'value="2026-12-07"' in str(form["due_on"])
        assert 'value="16:00"' in str(form["due_at"])
