"""Each kind of question: what is typed is kept, what is wrong with it is said, and it is read as it was meant."""

from datetime import date

import pytest
from django.http import QueryDict

from rihma.applications.answers import kept, missing, missing_in, read, shown
from rihma.base.words import Words
from rihma.calls.rules import Asked, Condition, Option, Value

TODAY = date(2027, 1, 15)
OPTIONS = (Option("a", Words(en="Apple")), Option("b", Words(en="Birch")), Option("c", Words(en="Clover")))
FEW = (Option("mon", Words(en="Monday"), places=2), Option("tue", Words(en="Tuesday"), places=1))


def asked(kind: str, **more: object) -> Asked:
    given = {"kind": kind, "label": {"en": "Q"}, "options": [one.facts for one in OPTIONS], **more}
    return Asked.of({"key": "q", **given})


@pytest.mark.parametrize(
    ("kind", "sent", "value", "told"),
    [
        ("short", "question_q=One%20line", "One line", "One line"),
        ("long", "question_q=One%0ATwo", "One\nTwo", "One\nTwo"),
        ("number", "question_q=1%20234,5", 1234.5, "1,234.5"),
        ("number", "question_q=many", "many", "many"),
        ("date", "question_q=2027-01-31", "2027-01-31", "31 January 2027"),
        ("choice", "question_q=b", "b", "Birch"),
        ("choice", "question_q=gone", "gone", "gone"),
        ("several", "question_q=a&question_q=c", ["a", "c"], "Apple; Clover"),
        ("ranking", "question_q.1=c&question_q.2=a&question_q.3=b", ["c", "a", "b"], "1. Clover; 2. Apple; 3. Birch"),
        ("consent", "question_q=on", True, "Yes"),
        ("consent", "", False, "No"),
        (
            "person",
            "question_q.name=Aino&question_q.organisation=Kunta&question_q.email=aino@kunta.example",
            {"name": "Aino", "organisation": "Kunta", "email": "aino@kunta.example"},
            "Aino, Kunta",
        ),
        (
            "members",
            "question_q.0.name=Aino&question_q.2.name=Bo&question_q.2.task=Pilot",
            [{"name": "Aino"}, {"name": "Bo", "task": "Pilot"}],
            "Aino; Bo, Pilot",
        ),
    ],
)
def test_what_is_typed_is_kept_and_read_as_it_was_meant(kind: str, sent: str, value: Value, told: str) -> None:
    question = asked(kind)
    assert read(question, QueryDict(sent)) == value
    assert str(shown(question, value)) == told


@pytest.mark.parametrize(
    ("kind", "more", "value", "words"),
    [
        ("number", {}, "many", "“Q”: write a number, with digits only."),
        ("number", {"least": 3}, 2, "“Q”: at least 3."),
        ("number", {"most": 3}, 4, "“Q”: at most 3."),
        ("date", {}, "tomorrow", "“Q”: give a day, such as 2027-01-31."),
        ("choice", {}, "gone", "“Q”: “gone” is no longer offered. Choose again."),
        ("several", {"least": 2}, ["a"], "“Q”: choose at least 2."),
        ("several", {"most": 1}, ["a", "b"], "“Q”: choose at most 1."),
        ("ranking", {}, ["a", "b"], "“Q”: put 3 in order."),
        ("ranking", {"most": 2}, ["a", "a"], "“Q”: the same option stands in two places. Let each stand once."),
        ("person", {}, {"organisation": "Kunta"}, "“Q”: the person's name is missing."),
        ("person", {}, {"name": "Aino", "email": "aino"}, "“Q”: “aino” is not an e-mail address."),
        ("members", {"least": 2}, [{"name": "Aino"}], "“Q”: name at least 2 people."),
        ("members", {}, [{"task": "Pilot"}], "“Q”: the name on row 1 is missing."),
        ("consent", {}, False, "Answer the question “Q”."),
        ("short", {"most_words": 2}, "one two three", "Shorten the answer to “Q” by 1 word."),
    ],
)
def test_what_is_wrong_with_an_answer_is_said(kind: str, more: dict[str, object], value: Value, words: str) -> None:
    assert missing(asked(kind, **more), value, today=TODAY)[:1] == [words]


def test_option_that_was_taken_out_keeps_its_words_and_is_chosen_anew() -> None:
    question = asked(
        "choice", options=[*(one.facts for one in OPTIONS), {**OPTIONS[0].facts, "key": "d", "retired": True}]
    )
    assert str(shown(question, "d")) == "Apple"
    assert missing(question, "d", today=TODAY) == ["“Q”: “Apple” is no longer offered. Choose again."]


def test_place_is_held_by_those_who_came_first() -> None:
    question = asked("places", options=[one.facts for one in FEW])
    assert missing(question, "tue", today=TODAY, taken={"mon": 1}) == []
    assert missing(question, "tue", today=TODAY, taken={"tue": 1}) == [
        "“Q”: the places of “Tuesday” went to applications that arrived earlier. Choose another."
    ]


@pytest.mark.parametrize(("by", "needed"), [(None, True), (date(2027, 1, 14), True), (TODAY, False)])
def test_answer_with_a_day_of_its_own_is_asked_for_once_that_has_passed(by: date | None, *, needed: bool) -> None:
    question = asked("short", required_by=by.isoformat() if by else None)
    assert bool(missing(question, "", today=TODAY)) is needed


def test_hidden_question_is_neither_needed_nor_sent() -> None:
    first = Asked("first", "choice", options=OPTIONS, required=False)
    second = Asked("second", "consent", condition=Condition("first", frozenset({"b"})), label=Words(en="Second"))
    third = Asked("third", "short", condition=Condition("second", frozenset({"yes"})), label=Words(en="Third"))
    form = [first, second, third]
    left = {"first": "a", "second": True, "third": "left over"}
    assert missing_in(form, left, today=TODAY) == []
    assert kept(form, left) == {"first": "a"}
    assert missing_in(form, {"first": "b"}, today=TODAY) == ["Answer the question “Second”."]
    assert kept(form, {**left, "first": "b"}) == {"first": "b", "second": True, "third": "left over"}
