import pytest

from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.calls import actions
from rihma.calls.models import Amendment, Call, Question
from rihma.calls.tests.conftest import WHY, ClientOf, address
from rihma.calls.types import QuestionFields
from rihma.history.models import Event
from tests.conftest import Cast

HELP: QuestionFields = {
    "label": Words(fi="Apu?", en="Which help?"),
    "help": Words(),
    "kind": Question.Kind.SHORT,
    "required": False,
    "most_words": 40,
}
REQUIRED: QuestionFields = {**HELP, "required": True}
FILLED = {"label_fi": "Apu?", "label_en": "Which help?", "kind": "short", "most_words": "40"}


def test_question_of_a_draft_comes_last_and_needs_no_reason(ahead: Call, cast: Cast) -> None:
    actions.add_question(ahead, by=cast["owner"], **REQUIRED)
    assert [(one.number, one.key, one.required) for one in ahead.questions.all()] == [
        (1, "problem", True),
        (2, "which-help", True),
    ]
    assert not Amendment.objects.exists()
    event = Event.objects.get(scope=ahead.programme_id, verb="question_added")
    assert (event.by, event.data) == (cast["owner"], {"key": "which-help"})


def test_question_of_an_open_call_brings_a_public_reason(call: Call, cast: Cast, client_of: ClientOf) -> None:
    actions.add_question(call, because=WHY, by=cast["facilitator"], **HELP)
    told = Amendment.objects.get(call=call)
    assert (told.what, told.because, told.by) == ("question_added", WHY, cast["facilitator"])
    page = client_of(None).get(address("call", call)).text
    assert "A question was added" in page
    assert "Kysymys oli epäselvä." in page


def test_required_question_is_refused_after_the_first_application(answered: Call, cast: Cast) -> None:
    with pytest.raises(Refused, match="must be optional"):
        actions.add_question(answered, because=WHY, by=cast["owner"], **REQUIRED)
    assert answered.questions.count() == 1
    assert not Event.objects.filter(verb="question_added").exists()


def test_key_of_a_retired_question_is_not_given_again(call: Call, question: Question, cast: Cast) -> None:
    actions.remove_question(question, seen=question.mark, because=WHY, by=cast["owner"])
    same: QuestionFields = {**HELP, "label": Words(en="Problem")}
    added = actions.add_question(call, because=WHY, by=cast["owner"], **same)
    assert added.key == "problem-2"


def test_page_adds_a_question_in_three_languages(ahead: Call, cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast["facilitator"]).post(address("add_question", ahead), {**FILLED, "label_sv": "Hjälp?"})
    assert answer.headers["Location"] == address("questions", ahead)
    assert ahead.questions.get(key="which-help").label == Words(fi="Apu?", sv="Hjälp?", en="Which help?")


def test_page_of_an_open_call_asks_why_and_keeps_what_was_typed(call: Call, cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast["owner"]).post(address("add_question", call), FILLED)
    assert answer.context["form"].errors == {
        "because": ["The call is open and people plan by it. Say why this changes; they will read it."]
    }
    assert 'value="Which help?"' in answer.text or "Which help?</textarea>" in answer.text
    client_of(cast["owner"]).post(address("add_question", call), {**FILLED, "because_fi": "Unohtui."})
    assert call.questions.count() == 2


@pytest.mark.parametrize("name", ["questions", "add_question", "criteria", "add_criterion", "set_rules", "edit"])
def test_those_who_do_not_run_it_find_none_of_the_pages(name: str, call: Call, cast: Cast, client_of: ClientOf) -> None:
    found = {role: client_of(cast[role]).get(address(name, call)).status_code for role in ("owner", "mentor", "member")}
    assert found == {"owner": 200, "mentor": 404, "member": 404}
