import pytest

from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.calls import actions
from rihma.calls.models import Amendment, Call, Question
from rihma.calls.tests.conftest import ClientOf, address
from rihma.history.models import Event
from tests.conftest import Cast


@pytest.fixture
def three(call: Call) -> list[Question]:
    for number, key in ((2, "help"), (3, "people")):
        Question.objects.create(call=call, number=number, key=key, label=Words(fi=key))
    return list(call.questions.all())


def order(call: Call) -> list[str]:
    return [question.key for question in call.questions.current()]


def test_question_changes_places_with_its_neighbour(call: Call, three: list[Question], cast: Cast) -> None:
    actions.move_question(three[2], up=True, by=cast["owner"])
    assert order(call) == ["problem", "people", "help"]
    actions.move_question(three[0], up=False, by=cast["owner"])
    assert order(call) == ["people", "problem", "help"]
    assert Event.objects.filter(verb="question_moved").count() == 2
    assert not Amendment.objects.exists()


def test_first_question_moved_up_stays_and_leaves_no_trace(call: Call, three: list[Question], cast: Cast) -> None:
    actions.move_question(three[0], up=True, by=cast["owner"])
    assert order(call) == ["problem", "help", "people"]
    assert not Event.objects.filter(verb="question_moved").exists()


def test_order_stays_after_the_call_has_closed(call: Call, three: list[Question], cast: Cast) -> None:
    Call.objects.filter(pk=call.pk).update(closes_on="2026-01-01")
    with pytest.raises(Refused, match="has closed"):
        actions.move_question(three[1], up=True, by=cast["owner"])
    assert order(call) == ["problem", "help", "people"]


def test_buttons_of_the_list_move_it_up_and_down(
    call: Call, three: list[Question], cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast["facilitator"])
    answer = client.post(address("move_question", call, three[1].pk), {"down": "1"})
    assert answer.headers["Location"].startswith(address("questions", call))
    assert order(call) == ["problem", "people", "help"]
    client.post(address("move_question", call, three[1].pk), {"up": "1"})
    assert order(call) == ["problem", "help", "people"]
