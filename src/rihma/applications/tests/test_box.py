"""The box beside the form is asked for again only when it may say something else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.applications import actions
from rihma.applications.box import speaks_anew
from rihma.applications.models import Application, Writer
from rihma.base import clock
from rihma.calls.models import Call
from rihma.calls.rules import Asked
from tests.conftest import Cast

ASKED = [Asked("why", most_words=3), Asked("how", kind="choice"), Asked("when", kind="short")]


@pytest.mark.parametrize(
    ("name", "was", "now", "anew"),
    [
        ("question_why", "one", "one two", False),
        ("question_why", "one two three", "one two three four", True),
        ("question_why", "", "one", True),
        ("question_why", "one", " ", True),
        ("question_how", "left", "right", True),
        ("question_when", "May", "June", True),
        ("phenomenon", "Letters", "Letters come late", False),
        ("phenomenon", "", "Letters", True),
        ("theme", "one", "other", True),
        ("willing_to_open", False, True, True),
    ],
)
def test_box_is_drawn_anew_only_where_it_may_say_something_else(name: str, was: Any, now: Any, anew: bool) -> None:
    assert speaks_anew({name: now}, {name: was}, ASKED, {"answers.when"}) is anew


@pytest.fixture
def draft(call: Call, cast: Cast) -> Application:
    return actions.start(call, by=cast["convener"])


def sent(client: Client, draft: Application, text: str) -> dict[str, Any]:
    fields = {
        "name": "Debt advisers",
        "language": "en",
        "question_problem": text,
        "version": "0",
        "page": "p",
        "at": "x",
    }
    answer = client.post(reverse("applications:save", args=[draft.pk]), fields)
    found: dict[str, Any] = answer.json()
    return found


def test_save_tells_whether_the_box_changed_and_where_somebody_writes_once_in_a_while(
    draft: Application, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    client, now = client_of(cast["convener"]), clock.now()
    with clock.at(now):
        assert sent(client, draft, "It")["box"] is True
    until = Writer.objects.get(application=draft).until
    with clock.at(now + timedelta(seconds=10)):
        assert sent(client, draft, "It is hard to say")["box"] is False
    assert Writer.objects.get(application=draft).until == until
    with clock.at(now + timedelta(seconds=25)):
        sent(client, draft, "It is hard to tell")
    assert Writer.objects.get(application=draft).until > until
