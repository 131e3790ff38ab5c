from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.applications import actions
from rihma.applications.answers import LONGEST_ANSWER
from rihma.applications.fields import mark
from rihma.applications.models import Application
from rihma.base import clock
from rihma.base.refused import Refused
from tests.conftest import Cast

MEGABYTE = 1024 * 1024
type ClientOf = Callable[[Person | None], Client]


def typed(version: int, filled: str = "Debt grows in silence.", **changes: str) -> dict[str, str | list[str]]:
    """`filled`: what the page found in the field of the answer."""
    seen = [f"name:{mark('Debt advisers')}", f"language:{mark('fi')}", f"question_problem:{mark(filled)}"]
    about = {"name": "Debt advisers", "language": "en", "question_problem": filled}
    return {"version": str(version), "seen": seen, **about, **changes}


def test_page_saves_by_itself_and_says_when(application: Application, cast: Cast, client_of: ClientOf) -> None:
    address = reverse("applications:save", args=[application.pk])
    answer = client_of(cast["convener"]).post(address, typed(1, question_problem="Quiet debt")).json()
    application.refresh_from_db()
    assert (answer["saved_at"], answer["version"]) == (application.saved_at.isoformat(), 2)
    assert answer["marks"]["question_problem"] == mark("Quiet debt")
    assert application.answers == {"problem": "Quiet debt"}


def test_import_that_names_an_older_version_does_not_overwrite_a_newer_one(
    application: Application, cast: Cast
) -> None:
    actions.save(application, version=1, answers={"problem": "Newer"}, by=cast["convener"])
    with pytest.raises(Refused) as refused:
        actions.save(application, version=1, answers={"problem": "Older"}, by=cast["convener"])
    assert refused.value.code == "newer"
    application.refresh_from_db()
    assert application.answers == {"problem": "Newer"}


@pytest.mark.parametrize("text", ["文化と借金", "دَين", "Šárka 🌱 ñ", "Sääntö\u0308", "<script>alert(1)</script>"])
def test_any_script_is_kept_and_shown_as_text(
    application: Application, cast: Cast, client_of: ClientOf, text: str
) -> None:
    client = client_of(cast["convener"])
    client.post(application.get_absolute_url(), typed(1, name=text[:120], question_problem=text))
    application.refresh_from_db()
    assert application.answers == {"problem": text}
    assert "<script>alert" not in client.get(application.get_absolute_url()).text


@pytest.mark.parametrize("route", ["applications:application", "applications:save"])
def test_ten_megabytes_are_refused_with_the_limit_and_nothing_is_lost(
    application: Application, cast: Cast, client_of: ClientOf, route: str
) -> None:
    address = reverse(route, args=[application.pk])
    answer = client_of(cast["convener"]).post(address, typed(1, question_problem="x" * (10 * MEGABYTE)))
    assert answer.status_code == 422
    assert str(LONGEST_ANSWER) in answer.text.replace("\u00a0", "").replace(",", "")
    application.refresh_from_db()
    assert application.answers == {"problem": "Debt grows in silence."}


def test_answer_over_its_word_limit_is_kept_in_the_draft(
    application: Application, cast: Cast, client_of: ClientOf
) -> None:
    long = "word " * 60
    client_of(cast["convener"]).post(application.get_absolute_url(), typed(1, question_problem=long))
    page = client_of(cast["convener"]).get(reverse("applications:submit", args=[application.pk]))
    assert "Shorten the answer to “What is the problem?” by 10 words." in page.text


def test_application_is_no_longer_edited_once_the_call_has_closed(
    application: Application, cast: Cast, client_of: ClientOf
) -> None:
    actions.submit(application, by=cast["convener"])
    browser = client_of(cast["convener"])
    with clock.at(application.call.closes + timedelta(seconds=1)):
        answer = browser.post(reverse("applications:save", args=[application.pk]), typed(1))
        assert browser.get(reverse("applications:edit", args=[application.pk])).status_code == 409
    assert answer.status_code == 409
    assert "can no longer be edited" in answer.json()["detail"]


def test_rules_follow_what_was_saved(application: Application, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["convener"])
    address = reverse("applications:rules", args=[application.pk])
    assert "Tick that the team is ready" in client.get(address).text
    client.post(reverse("applications:save", args=[application.pk]), typed(1, willing_to_open="on"))
    assert "Tick that the team is ready" not in client.get(address).text


def test_draft_is_its_writers_own(application: Application, cast: Cast, client_of: ClientOf) -> None:
    found = {
        role: client_of(cast[role]).get(application.get_absolute_url()).status_code
        for role in ("convener", "owner", "facilitator", "juror", "outsider")
    }
    assert found == {"convener": 200, "owner": 404, "facilitator": 404, "juror": 404, "outsider": 404}
