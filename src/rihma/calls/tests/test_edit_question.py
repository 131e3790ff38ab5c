import pytest

from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.calls import actions
from rihma.calls.models import Amendment, Call, Question
from rihma.calls.tests.conftest import WHY, ClientOf, address
from rihma.calls.types import QuestionFields
from rihma.history.models import Event
from tests.conftest import Cast


def fields(question: Question, **changes: object) -> QuestionFields:
    now = {name: getattr(question, name) for name in question.FACTS}
    return {**now, **changes}  # type: ignore[typeddict-item, return-value] # a test says fewer words


def filled(question: Question, **changes: str) -> dict[str, str]:
    return {
        **{f"label_{lang}": text for lang, text in question.label.items()},
        "kind": question.kind,
        "most_words": str(question.most_words),
        "required": "on",
        "seen": question.mark,
        **changes,
    }


def test_reworded_question_keeps_its_key_and_tells_why(question: Question, cast: Cast) -> None:
    changed = fields(question, label=Words(fi="Mikä on pulma?"), most_words=60)
    actions.edit_question(question, seen=question.mark, because=WHY, by=cast["owner"], **changed)
    question.refresh_from_db()
    assert (question.key, question.label, question.most_words) == ("problem", Words(fi="Mikä on pulma?"), 60)
    assert Amendment.objects.get().because == WHY
    assert Event.objects.get(verb="question_edited").data == {"number": 1, "fields": ["label", "most_words"]}


def test_saving_without_a_change_leaves_no_trace(question: Question, cast: Cast) -> None:
    actions.edit_question(question, seen=question.mark, by=cast["owner"], **fields(question))
    assert not Event.objects.filter(verb="question_edited").exists()


def test_change_is_refused_when_somebody_else_saved_meanwhile(question: Question, cast: Cast) -> None:
    seen = question.mark
    actions.edit_question(question, seen=seen, because=WHY, by=cast["owner"], **fields(question, most_words=80))
    with pytest.raises(Refused) as refused:
        actions.edit_question(
            question, seen=seen, because=WHY, by=cast["facilitator"], **fields(question, most_words=90)
        )
    assert refused.value.code == "newer"
    question.refresh_from_db()
    assert question.most_words == 80


def test_shorter_answers_are_refused_after_the_first_application(answered: Call, cast: Cast) -> None:
    question = answered.questions.get()
    with pytest.raises(Refused) as refused:
        actions.edit_question(
            question, seen=question.mark, because=WHY, by=cast["owner"], **fields(question, most_words=10)
        )
    assert (refused.value.code, refused.value.field) == ("tightened", "most_words")
    question.refresh_from_db()
    assert question.most_words == 50


def test_stale_page_shows_what_was_saved_and_saves_when_sent_again(
    question: Question, cast: Cast, client_of: ClientOf
) -> None:
    call = question.call
    page = address("edit_question", call, question.pk)
    mine = filled(question, label_fi="Minun", because_fi="Siksi")
    client_of(cast["owner"]).post(page, filled(question, label_fi="Hänen", because_fi="Siksi"))
    answer = client_of(cast["facilitator"]).post(page, mine)
    assert "Saved by somebody else meanwhile: Suomi: Hänen" in answer.text
    assert "Minun" in answer.text
    question.refresh_from_db()
    assert question.label["fi"] == "Hänen"
    client_of(cast["facilitator"]).post(page, {**mine, "seen": question.mark})
    question.refresh_from_db()
    assert question.label["fi"] == "Minun"
    assert f'value="{Question.objects.get().mark}"' not in answer.text


def test_page_of_a_question_removed_meanwhile_says_so_and_keeps_what_was_typed(
    question: Question, cast: Cast, client_of: ClientOf
) -> None:
    page, typed = address("edit_question", question.call, question.pk), filled(question, label_fi="Minun")
    actions.remove_question(question, seen=question.mark, because=WHY, by=cast["owner"])
    client = client_of(cast["facilitator"])
    answer = client.post(page, typed)
    assert answer.context["form"].non_field_errors() == ["Somebody else removed this meanwhile."]
    assert "Minun" in answer.text
    assert client.get(page).status_code == 404


def test_question_of_another_call_is_not_found(question: Question, cast: Cast, client_of: ClientOf, call: Call) -> None:
    address_of_none = address("edit_question", call, question.pk + 1)
    assert client_of(cast["owner"]).get(address_of_none).status_code == 404
