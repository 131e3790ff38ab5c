import pytest

from rihma.applications import actions as applications
from rihma.applications.answers.reading import answered as answers_of
from rihma.applications.models import Application
from rihma.applications.queries import asked
from rihma.base.refused import Refused
from rihma.calls import actions
from rihma.calls.models import Amendment, Call, Question
from rihma.calls.tests.conftest import WHY, ClientOf, address
from rihma.history.models import Event
from rihma.programmes import file
from tests.conftest import Cast


def test_question_of_a_draft_is_gone(ahead: Call, cast: Cast) -> None:
    question = ahead.questions.get()
    actions.remove_question(question, seen=question.mark, by=cast["owner"])
    assert not Question.objects.exists()
    assert Event.objects.get(verb="question_removed").data == {"key": "problem"}


def test_question_of_an_open_call_is_asked_no_more_and_keeps_its_answers(call: Call, cast: Cast) -> None:
    draft = applications.start(call, by=cast["convener"])
    draft = applications.save(draft, version=0, answers={"problem": "Debt."}, by=cast["convener"], name="Advisers")
    question = call.questions.get()
    actions.remove_question(question, seen=question.mark, because=WHY, by=cast["owner"])
    assert asked(call) == []
    assert [(one.question.key, one.question.is_retired, str(one.shown)) for one in answers_of(draft)] == [
        ("problem", True, "Debt.")
    ]
    assert Amendment.objects.get().what == Amendment.What.QUESTION_REMOVED


def test_application_that_was_sent_shows_its_answer_for_ever(answered: Call, cast: Cast, client_of: ClientOf) -> None:
    question = answered.questions.get()
    actions.remove_question(question, seen=question.mark, because=WHY, by=cast["owner"])
    sent = Application.objects.get(call=answered)
    page = client_of(cast["owner"]).get(sent.get_absolute_url()).text
    assert "What is the problem?" in page
    assert "Debt." in page
    assert "no longer asked" in page


def test_retired_question_is_not_copied_to_the_next_round(call: Call, cast: Cast) -> None:
    question = call.questions.get()
    actions.remove_question(question, seen=question.mark, because=WHY, by=cast["owner"])
    assert "question" not in file.tables_of(call.programme)


def test_question_that_was_reworded_meanwhile_is_not_removed(call: Call, question: Question, cast: Cast) -> None:
    seen = question.mark
    Question.objects.filter(pk=question.pk).update(most_words=70)
    with pytest.raises(Refused) as refused:
        actions.remove_question(question, seen=seen, because=WHY, by=cast["owner"])
    assert refused.value.code == "newer"
    assert call.questions.current().count() == 1


def test_question_removed_twice_says_that_it_is_gone(ahead: Call, cast: Cast) -> None:
    question, again = ahead.questions.get(), ahead.questions.get()
    actions.remove_question(question, seen=question.mark, by=cast["owner"])
    with pytest.raises(Refused) as refused:
        actions.remove_question(again, seen=again.mark, by=cast["facilitator"])
    assert refused.value.code == "gone"


def test_question_of_a_closed_call_stays(call: Call, question: Question, cast: Cast) -> None:
    Call.objects.filter(pk=call.pk).update(closes_on="2026-01-01")
    with pytest.raises(Refused, match="has closed"):
        actions.remove_question(question, seen=question.mark, because=WHY, by=cast["owner"])
    assert call.questions.current().count() == 1


def test_page_asks_before_it_removes(question: Question, cast: Cast, client_of: ClientOf) -> None:
    page = address("remove_question", question.call, question.pk)
    client = client_of(cast["owner"])
    assert "Answers that have been written stay" in client.get(page).text
    assert client.post(page, {"seen": question.mark}).context["form"].errors.keys() == {"because"}
    client.post(page, {"seen": question.mark, "because_sv": "Den behövs inte."})
    assert not question.call.questions.current().exists()
    assert "No longer asked" in client.get(address("questions", question.call)).text
