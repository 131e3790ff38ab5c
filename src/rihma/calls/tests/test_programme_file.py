"""The call's tables of the programme file."""

import tomllib
from datetime import UTC, date, datetime, time

import pytest

from rihma.accounts.models import Person
from rihma.base.words import Words
from rihma.calls.models import Call, Question
from rihma.history.models import Event
from rihma.programmes import actions, file
from rihma.programmes.models import Programme
from tests.conftest import Cast

TEXT = """\
rihma = 1
[programme]
slug = "autumn"
title.fi = "Syksy"
starts = 2027-08-27
ends = 2027-12-10
[call]
why.fi = "Koska"
opens = 2027-05-03 09:00:00
closes = 2027-06-11 23:59:59
teams_min = 5
teams_max = 7
[[question]]
key = "problem"
label.fi = "Mikä?"
label.sv = "Vad?"
most_words = 100
[[question]]
key = "help"
label.fi = "Apu?"
kind = "short"
required = false
[[criterion]]
level_1 = {fi = "Ei näy", sv = "Syns inte"}
level_5 = {fi = "Näkyy arjessa"}
title.fi = "Aito"
weight = 2
"""


@pytest.fixture
def owner(cast: Cast) -> Person:
    return cast["owner"]


def imported(text: str, by: Person) -> Programme:
    return actions.import_file(text.encode(), by=by)


def mistakes(text: str) -> list[str]:
    return [str(problem) for problem in file.check(text.encode()).problems]


def test_call_is_made_with_its_questions_and_criteria(owner: Person) -> None:
    call = imported(TEXT, owner).call
    assert (call.closes_on, call.closes_at) == (date(2027, 6, 11), time(23, 59, 59))
    assert call.closes == datetime(2027, 6, 11, 20, 59, 59, tzinfo=UTC)
    assert call.opens == datetime(2027, 5, 3, 6, 0, tzinfo=UTC)
    assert [(q.key, q.kind, q.required, q.most_words) for q in call.questions.all()] == [
        ("problem", Question.Kind.LONG, True, 100),
        ("help", Question.Kind.SHORT, False, 300),
    ]
    assert [(one.title, one.weight, one.levels) for one in call.criteria.all()] == [
        (Words(fi="Aito"), 2, {1: Words(fi="Ei näy", sv="Syns inte"), 5: Words(fi="Näkyy arjessa")})
    ]
    assert Event.objects.filter(scope=call.programme_id, area="calls", verb="drafted").count() == 1


def test_written_call_says_what_was_read(owner: Person) -> None:
    made = imported(TEXT, owner)
    given = tomllib.loads(TEXT)
    written = tomllib.loads(file.write(made))
    assert [written[name] for name in ("call", "question", "criterion")] == [
        given[name] for name in ("call", "question", "criterion")
    ]


def test_cut_offs_are_read_and_written_in_order(owner: Person) -> None:
    text = TEXT.replace(
        "teams_min = 5", "cut_offs = [2027-05-14 16:00:00, 2027-05-28 16:00:00]\nplaces_each = true\nteams_min = 5"
    )
    made = imported(text, owner)
    assert [(one.number, one.closes_on) for one in made.call.intakes.all()] == [
        (1, date(2027, 5, 14)),
        (2, date(2027, 5, 28)),
        (3, None),
    ]
    assert tomllib.loads(file.write(made))["call"] == tomllib.loads(text)["call"]
    told = mistakes(text.replace("2027-05-28", "2027-05-13").replace("autumn", "winter"))
    assert [one.partition(": A cut-off comes after")[0] for one in told] == ["Line 11: call.cut_offs[2]"]


def test_two_stages_are_read_and_written_and_exclude_cut_offs(owner: Person) -> None:
    text = TEXT.replace(
        "teams_min = 5", "idea_closes = 2027-05-14 16:00:00\nideas_most = 20\nidea_is_read = false\nteams_min = 5"
    ).replace("most_words = 100", 'most_words = 100\nasked_in = "idea"')
    made = imported(text, owner)
    assert [(one.stage, one.closes_on) for one in made.call.stages] == [("idea", date(2027, 5, 14)), ("full", None)]
    written = tomllib.loads(file.write(made))
    assert (written["call"], written["question"][0]["asked_in"]) == (tomllib.loads(text)["call"], "idea")
    both = text.replace("ideas_most = 20", "cut_offs = [2027-05-28 16:00:00]").replace("autumn", "winter")
    assert [one.partition(": ")[2].partition(": ")[0] for one in mistakes(both)] == [
        "call.ideas_most",
        "call.idea_closes",
    ]


def test_programme_without_a_call_is_a_programme_too(owner: Person) -> None:
    made = imported(TEXT[: TEXT.index("[call]")], owner)
    assert not Call.objects.filter(programme=made).exists()
    assert "call" not in tomllib.loads(file.write(made))


@pytest.mark.req("R16")
def test_copy_keeps_the_clock_on_the_wall_across_summer_time(owner: Person) -> None:
    """Both close at 23.59.59 in Helsinki, one in summer time and one in winter time."""
    made = imported(TEXT, owner)
    new = actions.copy(made, "winter", date(2028, 1, 28), by=owner)
    assert (new.call.closes_on, new.call.closes_at) == (date(2027, 11, 12), time(23, 59, 59))
    assert new.call.closes == datetime(2027, 11, 12, 21, 59, 59, tzinfo=UTC)
    assert new.call.opens == datetime(2027, 10, 4, 6, 0, tzinfo=UTC)


@pytest.mark.req("R16")
def test_copy_into_an_hour_that_does_not_exist_is_refused(owner: Person) -> None:
    made = imported(TEXT.replace("closes = 2027-06-11 23:59:59", "closes = 2027-06-13 03:30:00"), owner)
    with pytest.raises(actions.rules.Refused) as refused:
        actions.copy(made, "spring", date(2027, 6, 11), by=owner)
    assert refused.value.code == "cannot_copy"
    assert Programme.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (
            "closes = 2027-06-11 23:59:59",
            "closes = 2027-06-11",
            "Line 10: call.closes: The clock time is missing. Say the exact moment: 2027-06-11 23:59:59",
        ),
        (
            "closes = 2027-06-11 23:59:59",
            "closes = 2027-06-11T23:59:59+03:00",
            "Line 10: call.closes: It has an offset from UTC. Leave the offset out: the programme's time zone applies.",
        ),
        (
            "closes = 2027-06-11 23:59:59\n",
            "",
            "Line 7: call.closes: “closes” is missing. Add a line such as: closes = 2027-01-15 23:59:59",
        ),
        (
            "closes = 2027-06-11 23:59:59",
            "closes = 2027-12-11 23:59:59",
            ("Line 10: call.closes: 2027-12-11 is outside the programme, which runs from 2027-08-27 to 2027-12-10. "
            "Change this date, or the programme's starts or ends."),
        ),
        (
            "closes = 2027-06-11 23:59:59",
            "closes = 2027-10-31 03:30:00",
            ("Line 10: call.closes: The clock shows this time twice when summer time ends. "
            "Choose a time at least an hour earlier or later."),
        ),
        (
            "opens = 2027-05-03 09:00:00",
            "opens = 2027-03-28 03:30:00",
            ("Line 9: call.opens: The clock skips this time when summer time begins. "
            "Choose a time at least an hour earlier or later."),
        ),
        (
            "opens = 2027-05-03 09:00:00",
            "opens = 2027-06-12 09:00:00",
            "Line 10: call.closes: The call closes before it opens. Give a moment after 2027-06-12 09:00:00.",
        ),
        (
            "teams_min = 5",
            "teams_min = 8",
            "Line 11: call.teams_min: At least 8 teams is more than at most 7. Change one of the two.",
        ),
        (
            'key = "help"',
            'key = "problem"',
            "Line 19: question[2].key: Question 1 has the key “problem” too. Give each question a key of its own.",
        ),
        (
            "[call]",
            "[cal]",
            "Line 7: cal: There is no key “cal” here. Did you mean “call”?",
        ),
    ],
)  # fmt: skip
def test_mistake_of_a_call_is_told_with_its_line(right: str, wrong: str, told: str) -> None:
    assert right in TEXT
    assert mistakes(TEXT.replace(right, wrong, 1))[:1] == [told]


def test_texts_of_the_call_are_needed_in_both_languages(owner: Person) -> None:
    made = imported(TEXT, owner)
    lacking = [
        lack.key for lack in actions.lacks_of(made) if not lack.key.startswith(("title", "purpose", "description"))
    ]
    assert lacking == ["call-why", "call-how", "call-who", "question-help", "criterion-1", "criterion-1-level-5"]
