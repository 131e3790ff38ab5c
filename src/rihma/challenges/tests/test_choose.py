from typing import Any

import pytest
from django.urls import reverse

from rihma.applications import actions as applications
from rihma.applications.challenges import withdraw
from rihma.applications.models import Application
from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.calls.models import Call, Question
from rihma.challenges import actions
from rihma.challenges.models import Challenge
from rihma.challenges.tests.conftest import ClientOf
from rihma.notices.models import Message
from tests.conftest import Cast

WHY = Words(fi="Rahoitus loppui.", sv="Pengarna tog slut.", en="The money is gone.")


@pytest.fixture
def other(call: Call, cast: Cast) -> Challenge:
    texts = {"title": Words(fi="Odotus", sv="Väntan", en="Waiting"), "problem": Words(fi="Pitkä.", sv="Lång.")}
    return actions.publish(actions.post(call, organisation="Agency", by=cast["owner"], **texts), by=cast["owner"])


def applied(call: Call, cast: Cast, which: Any) -> Application:
    draft = applications.start(call, by=cast["convener"])
    answers = {"problem": "Debt.", "which": which}
    draft = applications.save(draft, answers=answers, by=cast["convener"], name="Advisers")
    applications.submit(draft, by=cast["convener"])
    return Application.objects.get(pk=draft.pk)


def test_form_offers_what_is_open_and_takes_some_in_order(
    question: Question, challenge: Challenge, other: Challenge, drafted: Challenge, cast: Cast, client_of: ClientOf
) -> None:
    application = applied(question.call, cast, [str(other.pk), str(challenge.pk)])
    page = client_of(cast["owner"]).get(application.get_absolute_url()).text
    assert page.index("Waiting (Agency)") < page.index("Letters nobody opens (City of Rannikko)")
    counted = client_of(cast["owner"]).get(reverse("challenges:challenges", args=["spring"]))
    assert reverse("applications:answering", args=[challenge.pk]) in counted.text
    listed = client_of(cast["owner"]).get(reverse("applications:answering", args=[challenge.pk])).text
    assert ("Advisers" in listed, "Choice 2" in listed) == (True, True)
    for role in ("expert", "convener"):
        assert client_of(cast[role]).get(reverse("applications:answering", args=[other.pk])).status_code == 404
    schema = client_of(None).get(f"/api/v1/calls/{question.call_id}/form").json()
    assert schema["properties"]["which"]["items"]["enum"] == [str(challenge.pk), str(other.pk)]


@pytest.mark.parametrize("most", [None, 2])
def test_draft_page_draws_one_choice_or_an_order(
    question: Question, challenge: Challenge, cast: Cast, client_of: ClientOf, most: int | None
) -> None:
    Question.objects.filter(pk=question.pk).update(most=most)
    draft = applications.start(question.call, by=cast["convener"])
    page = client_of(cast["convener"]).get(draft.get_absolute_url()).text
    assert "Letters nobody opens (City of Rannikko)" in page
    assert ("question_which.1" in page) is bool(most)


def test_challenge_twice_or_an_unknown_one_is_not_submitted(
    question: Question, challenge: Challenge, cast: Cast
) -> None:
    with pytest.raises(Refused, match="stands in two places"):
        applied(question.call, cast, [str(challenge.pk)] * 2)
    with pytest.raises(Refused, match="no longer offered"):
        applied(question.call, cast, ["forged"])


def test_withdrawn_challenge_leaves_its_applications_and_tells_their_teams(
    question: Question, challenge: Challenge, other: Challenge, cast: Cast, client_of: ClientOf
) -> None:
    application = applied(question.call, cast, [str(challenge.pk)])
    with pytest.raises(Refused, match="Say why"):
        withdraw(challenge, because=Words(), by=cast["expert"])
    address = reverse("applications:withdraw_challenge", args=[challenge.pk])
    client_of(cast["expert"]).post(address, {"because_fi": "Rahoitus loppui."})
    message = Message.objects.get(kind="applications/notices/challenge_withdrawn")
    assert (message.to, str(application.pk) in message.body) == (cast["convener"], True)
    application.refresh_from_db()
    assert (application.state, application.arrived.content["answers"]["which"]) == ("submitted", [str(challenge.pk)])
    assert "Rahoitus loppui." in client_of(None).get(challenge.get_absolute_url()).text
    applications.save(application, answers={"which": [str(other.pk)]}, by=cast["convener"])
    assert applications.submit(application, by=cast["convener"]).version == 2


def test_team_that_answers_another_hears_nothing(
    question: Question, challenge: Challenge, other: Challenge, cast: Cast
) -> None:
    applied(question.call, cast, [str(other.pk)])
    withdraw(challenge, because=WHY, by=cast["owner"])
    assert not Message.objects.filter(kind="applications/notices/challenge_withdrawn").exists()
