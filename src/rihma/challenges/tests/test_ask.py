from datetime import timedelta

import pytest
from django.urls import reverse

from rihma.base import clock
from rihma.base.refused import Refused
from rihma.challenges import actions
from rihma.challenges.models import Challenge, Enquiry
from rihma.challenges.tests.conftest import ClientOf
from rihma.notices.models import Message
from tests.conftest import Cast

ASKED = "May we speak with those who get the letters?"


def test_answer_is_read_by_all_alike_and_nobody_learns_who_asked(
    challenge: Challenge, cast: Cast, client_of: ClientOf
) -> None:
    convener, page = client_of(cast["convener"]), challenge.get_absolute_url()
    convener.post(reverse("challenges:ask", args=[challenge.pk]), {"question": ASKED})
    enquiry = Enquiry.objects.get()
    mail = Message.objects.get(kind="challenges/notices/asked")
    assert mail.to == cast["expert"]
    assert (cast["convener"].email in mail.body, cast["convener"].name in mail.body) == (False, False)
    assert ASKED in convener.get(page).text
    assert ASKED not in client_of(cast["other_convener"]).get(page).text
    answer = reverse("challenges:answer", args=[enquiry.pk])
    assert client_of(cast["other_convener"]).get(answer).status_code == 404
    client_of(cast["expert"]).post(answer, {"answer": "Yes, on Mondays."})
    for person in (None, cast["other_convener"]):
        text = client_of(person).get(page).text
        assert (ASKED in text, "Yes, on Mondays." in text, cast["convener"].name in text) == (True, True, False)
    assert Message.objects.get(kind="challenges/notices/answered").to == cast["convener"]
    told = client_of(None).get(f"/api/v1/challenges/{challenge.pk}").json()
    assert told["enquiries"] == [{"question": ASKED, "answer": "Yes, on Mondays."}]


def test_same_question_sent_twice_is_one(challenge: Challenge, cast: Cast) -> None:
    first = actions.ask(challenge, ASKED, by=cast["convener"])
    assert actions.ask(challenge, ASKED, by=cast["convener"]) == first


def test_closed_call_takes_no_more_questions(challenge: Challenge, cast: Cast) -> None:
    with clock.at(challenge.call.closes + timedelta(seconds=1)), pytest.raises(Refused) as refused:
        actions.ask(challenge, ASKED, by=cast["convener"])
    assert refused.value.code == "over"
