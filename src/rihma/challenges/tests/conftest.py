from collections.abc import Callable

import pytest
from django.test import Client

from rihma.accounts.models import Person
from rihma.base.words import Words
from rihma.calls.models import Call, Question
from rihma.challenges import actions
from rihma.challenges.models import Challenge
from tests.conftest import Cast

type ClientOf = Callable[[Person | None], Client]


@pytest.fixture
def drafted(call: Call, cast: Cast) -> Challenge:
    """By the expert, whom the owner has let in for a city."""
    actions.let_in(call, email=cast["expert"].email, organisation="City of Rannikko", by=cast["owner"])
    texts = {
        "title": Words(fi="Kirjeet, joita ei avata", sv="Brev som inte öppnas", en="Letters nobody opens"),
        "problem": Words(fi="Kirjeet jäävät lukematta.", sv="Brev blir olästa.", en="Letters stay unread."),
    }
    return actions.post(call, organisation="City of Rannikko", by=cast["expert"], **texts)


@pytest.fixture
def challenge(drafted: Challenge, cast: Cast) -> Challenge:
    return actions.publish(drafted, by=cast["expert"])


@pytest.fixture
def question(call: Call) -> Question:
    """Of the form: one challenge, or two in order."""
    label = Words(fi="Mihin haasteeseen?", sv="Vilken utmaning?", en="Which challenge?")
    return Question.objects.create(call=call, key="which", number=2, label=label, kind="challenge", most=2)
