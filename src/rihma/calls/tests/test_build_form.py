"""Sections, kinds, conditions and readers of a form, and its versions once the call is open."""

import json
from typing import Any

import pytest

from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.calls import actions
from rihma.calls.models import Call, FormVersion, Question, Section
from rihma.calls.tests.conftest import WHY, ClientOf, address
from tests.conftest import Cast

TITLE: Any = {"title": Words(en="Practical things"), "intro": Words()}


def options(*names: str, **more: object) -> list[dict[str, Any]]:
    return [{"key": "", "label": {"en": name}, **more} for name in names]


def add(call: Call, cast: Cast, label: str, **more: Any) -> Question:
    fields = {"label": Words(en=label), "required": False, **more}
    return actions.add_question(call, because=WHY, by=cast["owner"], **fields)


@pytest.fixture
def section(ahead: Call, cast: Cast) -> Section:
    return actions.add_section(ahead, by=cast["owner"], **TITLE)


def order(call: Call) -> list[tuple[str, str, int]]:
    return [(one.section.key if one.section else "", one.key, one.number) for one in call.questions.current()]


def test_question_at_the_end_of_its_section_moves_into_the_next(ahead: Call, section: Section, cast: Cast) -> None:
    add(ahead, cast, "When", section=section)
    problem = ahead.questions.get(key="problem")
    actions.move_question(problem, up=False, by=cast["owner"])
    assert order(ahead) == [(section.key, "problem", 1), (section.key, "when", 2)]
    problem.refresh_from_db()
    actions.move_question(problem, up=False, by=cast["owner"])
    assert order(ahead) == [(section.key, "when", 1), (section.key, "problem", 2)]


def test_removed_section_leaves_its_questions_to_the_one_before(ahead: Call, section: Section, cast: Cast) -> None:
    add(ahead, cast, "When", section=section)
    actions.remove_section(section, seen=section.mark, by=cast["owner"])
    assert order(ahead) == [("", "problem", 1), ("", "when", 2)]


def test_options_get_keys_that_stay_when_their_words_change(ahead: Call, cast: Cast) -> None:
    question = add(ahead, cast, "Which", kind="choice", options=options("Apple", "Birch"))
    renamed = [{**question.options[0], "label": {"en": "Pear"}}, question.options[1]]
    label, seen = question.label, question.mark
    actions.edit_question(question, seen=seen, label=label, required=False, options=renamed, by=cast["owner"])
    question.refresh_from_db()
    assert [(one["key"], one["label"]["en"]) for one in question.options] == [("apple", "Pear"), ("birch", "Birch")]


def test_option_taken_out_of_an_open_call_is_kept_for_those_who_chose_it(call: Call, cast: Cast) -> None:
    question = add(call, cast, "Which", kind="choice", options=options("Apple", "Birch", "Clover"))
    fewer = question.options[1:]
    given: Any = {"label": question.label, "required": False, "options": fewer}
    actions.edit_question(question, seen=question.mark, because=WHY, by=cast["owner"], **given)
    question.refresh_from_db()
    assert [option.key for option in question.asked.offered] == ["birch", "clover"]
    assert [str(one.label) for one in question.asked.options if one.retired] == ["Apple"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"kind": "choice", "options": options("One")}, "options"),
        ({"kind": "places", "options": options("One", "Two")}, "options"),
        ({"kind": "number", "least": 5, "most": 3}, "range"),
        ({"readers": ["public"], "secret_because": Words(en="a trade secret")}, "secret"),
        ({"shown_if": {"question": "problem", "values": ["yes"]}}, "condition"),
        ({"shown_if": {"question": "later", "values": ["yes"]}}, "condition"),
    ],
)
def test_question_that_makes_no_sense_is_refused_and_leaves_nothing(
    ahead: Call, cast: Cast, fields: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        add(ahead, cast, "Which", **fields)
    assert (refused.value.code, ahead.questions.count()) == (code, 1)


def test_question_that_others_depend_on_stays_before_them(ahead: Call, cast: Cast) -> None:
    source = add(ahead, cast, "Agree", kind="consent")
    add(ahead, cast, "Which", shown_if={"question": source.key, "values": ["yes"]})
    with pytest.raises(Refused, match="Keep that one before it"):
        actions.move_question(source, up=False, by=cast["owner"])
    with pytest.raises(Refused, match="Keep that one before it"):
        actions.remove_question(source, seen=source.mark, by=cast["owner"])
    assert [key for _section, key, _number in order(ahead)] == ["problem", "agree", "which"]


def test_readers_become_fewer_but_not_more_once_applications_are_sent(answered: Call, cast: Cast) -> None:
    question = answered.questions.get()
    given: Any = {"label": question.label, "required": True}
    with pytest.raises(Refused) as refused:
        actions.edit_question(
            question, seen=question.mark, because=WHY, by=cast["owner"], **given, readers=["jurors", "public"]
        )
    assert (refused.value.code, refused.value.field) == ("tightened", "readers")
    actions.edit_question(question, seen=question.mark, because=WHY, by=cast["owner"], **given, readers=[])
    assert answered.questions.get().readers == []


def test_form_of_a_draft_has_no_versions_and_each_change_of_an_open_one_has_one(
    ahead: Call, cast: Cast, call: Call
) -> None:
    add(ahead, cast, "First")
    assert not FormVersion.objects.exists()
    call.programme.state = call.programme.State.PUBLISHED
    call.programme.save()
    add(call, cast, "Second")
    add(call, cast, "Third")
    call.refresh_from_db()
    kept = [(one.number, [question.key for question in one.questions]) for one in call.form_versions.all()]
    assert (call.form_version, kept) == (
        3,
        [
            (1, ["problem", "first"]),
            (2, ["problem", "first", "second"]),
            (3, ["problem", "first", "second", "third"]),
        ],
    )


def test_page_writes_a_choice_with_its_condition_and_keeps_what_was_typed(
    ahead: Call, cast: Cast, client_of: ClientOf
) -> None:
    add(ahead, cast, "Agree", kind="consent")
    page, browser = address("add_question", ahead), client_of(cast["owner"])
    assert "Places that can run out" in browser.get(page).text
    typed = {
        "kind": "choice",
        "label_fi": "Kumpi?",
        "options.0.fi": "Omena",
        "shown_if": ["agree=yes"],
        "readers": ["jurors", "teams"],
    }
    assert "Give at least two options" in browser.post(page, typed).text
    browser.post(page, {**typed, "options.paste": "Päärynä; Päron; Pear"})
    made = ahead.questions.get(key="kumpi")
    assert [one["label"] for one in made.options] == [{"fi": "Omena"}, {"fi": "Päärynä", "sv": "Päron", "en": "Pear"}]
    assert (made.shown_if, made.readers) == ({"question": "agree", "values": ["yes"]}, ["jurors", "teams"])
    shown = browser.get(address("edit_question", ahead, made.pk)).text
    assert 'value="Omena"' in shown
    assert "Only if: Agree → Yes" in " ".join(browser.get(address("questions", ahead)).text.split())


def test_form_comes_back_from_its_own_file(ahead: Call, section: Section, cast: Cast, client_of: ClientOf) -> None:
    source = add(ahead, cast, "Agree", kind="consent", section=section)
    add(ahead, cast, "Which", kind="places", options=options("A", "B", places=3), section=section, readers=[])
    add(ahead, cast, "Why", kind="short", section=section, shown_if={"question": source.key, "values": ["no"]})
    browser = client_of(cast["owner"])
    file = browser.get(address("export_form", ahead)).text
    before = [(one.key, one.facts) for one in ahead.questions.current()]
    browser.post(address("import_form", ahead), {"text": file, "how": "replace"})
    assert [(one.key, one.facts) for one in ahead.questions.current()] == before
    again = browser.post(address("import_form", ahead), {"text": file, "how": "after"})
    assert "already" in again.text
    assert browser.get(address("export_form", ahead)).text == file


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "This is not JSON."),
        ("[]", "This is not a form of Rihma."),
        ('{"rihma_form": 1, "question": [{"key": "a"}]}', "question[1].label"),
        ('{"rihma_form": 1, "question": 3}', "question"),
        (
            json.dumps({"rihma_form": 1, "question": [{"key": "a", "label": {"en": "A"}, "kind": "choice"}]}),
            "Give at least two options to choose from.",
        ),
        (
            json.dumps({"rihma_form": 1, "question": [{"key": "a", "label": {"en": "A"}, "section": "x"}]}),
            "There is no section",
        ),
    ],
)
def test_file_with_a_mistake_changes_nothing_and_says_what_to_mend(
    ahead: Call, cast: Cast, client_of: ClientOf, text: str, told: str
) -> None:
    answer = client_of(cast["owner"]).post(address("import_form", ahead), {"text": text, "how": "replace"})
    assert (answer.status_code, told in answer.text, ahead.questions.count()) == (422, True, 1)


def test_form_of_an_open_call_is_not_replaced(call: Call, cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast["owner"]).post(
        address("import_form", call), {"text": '{"rihma_form": 1, "question": []}', "how": "replace"}
    )
    assert (answer.status_code, call.questions.count()) == (422, 1)


def test_schema_tells_programs_what_may_be_answered(call: Call, cast: Cast, client_of: ClientOf) -> None:
    source = add(call, cast, "Agree", kind="consent")
    add(
        call,
        cast,
        "Which",
        kind="several",
        most=1,
        options=options("A", "B"),
        shown_if={"question": source.key, "values": ["yes"]},
    )
    schema = client_of(None).get(f"/api/v1/calls/{call.pk}/form").json()
    assert (schema["x-form-version"], schema["required"]) == (3, ["problem"])
    assert schema["properties"]["which"]["items"] == {"type": "string", "enum": ["a", "b"]}
    assert schema["allOf"] == [
        {
            "if": {"properties": {"agree": {"enum": [True]}}, "required": ["agree"]},
            "then": {},
            "else": {"not": {"required": ["which"]}},
        }
    ]
