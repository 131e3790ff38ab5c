"""What may still change in a call, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from rihma.base.refused import Refused
from rihma.base.seen import check_seen, mark_of
from rihma.calls import rules
from rihma.calls.rules import Moment, Requirements, Stage, Times, times_of

ASKED = {"label": {"fi": "Mikä?"}, "help": {}, "kind": "long", "required": False, "most_words": 100}
CRITERION = {"title": {"fi": "Aito"}, "description": {}, "weight": 2}
WHY = ("because",)
HELSINKI = ZoneInfo("Europe/Helsinki")
CLOSING = Moment(date(2027, 3, 1), time(16, 15), HELSINKI)
TIMES = Times(None, CLOSING)
NOW = datetime(2027, 2, 1, tzinfo=UTC)


def code_of(deed: object, *args: object, **named: object) -> str:
    """What a rule answers, in a word."""
    assert callable(deed)
    try:
        deed(*args, **named)
    except Refused as refused:
        return f"{refused.code}:{refused.field}" if refused.field else refused.code
    return "ok"


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        ({"ahead": True, "is_open": False, "answered": False}, Stage.AHEAD),
        ({"ahead": False, "is_open": True, "answered": False}, Stage.OPEN),
        ({"ahead": False, "is_open": True, "answered": True}, Stage.ANSWERED),
        ({"ahead": False, "is_open": False, "answered": True}, Stage.OVER),
        ({"ahead": False, "is_open": False, "answered": False}, Stage.OVER),
    ],
)
def test_stage_follows_from_the_clock_and_what_was_sent(facts: dict[str, bool], stage: Stage) -> None:
    assert rules.stage_of(**facts) == stage


@pytest.mark.parametrize(
    ("stage", "required", "because", "answer"),
    [
        (Stage.AHEAD, True, (), "ok"),
        (Stage.OPEN, True, (), "because:because"),
        (Stage.OPEN, True, WHY, "ok"),
        (Stage.ANSWERED, True, WHY, "required:required"),
        (Stage.ANSWERED, False, WHY, "ok"),
        (Stage.OVER, False, WHY, "over"),
    ],
)
def test_question_is_added_while_it_can_be_answered(
    stage: Stage, required: bool, because: tuple[str, ...], answer: str
) -> None:
    assert code_of(rules.check_may_add_question, stage, because, required=required) == answer


@pytest.mark.parametrize(
    ("stage", "change", "answer"),
    [
        (Stage.AHEAD, {"required": True, "most_words": 10}, "ok"),
        (Stage.OPEN, {"required": True, "most_words": 10}, "ok"),
        (Stage.ANSWERED, {"required": True}, "tightened:required"),
        (Stage.ANSWERED, {"most_words": 99}, "tightened:most_words"),
        (Stage.ANSWERED, {"kind": "short"}, "tightened:kind"),
        (Stage.ANSWERED, {"most_words": 101, "label": {"fi": "Mikä on?"}}, "ok"),
        (Stage.OVER, {"label": {"fi": "Mikä on?"}}, "over"),
        (Stage.OVER, {"label": {"fi": "Mikä?", "sv": "Vad?"}}, "ok"),
        (Stage.OVER, {"help": {"sv": "Ett stöd som ingen fick"}}, "over"),
    ],
)
def test_question_becomes_easier_but_not_stricter_once_applications_are_sent(
    stage: Stage, change: dict[str, object], answer: str
) -> None:
    assert code_of(rules.check_may_edit_line, stage, ASKED, {**ASKED, **change}, WHY) == answer


def test_missing_language_needs_no_reason_and_other_words_do() -> None:
    translated = {**ASKED, "label": {"fi": "Mikä?", "sv": "Vad?"}}
    reworded = {**ASKED, "label": {"fi": "Miksi?"}}
    found = [code_of(rules.check_may_edit_line, Stage.OPEN, ASKED, after, ()) for after in (translated, reworded)]
    assert found == ["ok", "because:because"]


@pytest.mark.parametrize(
    ("stage", "change", "answer"),
    [
        (Stage.OPEN, {"weight": 3}, "ok"),
        (Stage.ANSWERED, {"weight": 3}, "weight:weight"),
        (Stage.ANSWERED, {"title": {"fi": "Aito ongelma"}}, "ok"),
        (Stage.READ, {"title": {"fi": "Aito ongelma"}}, "read"),
        (Stage.READ, {"title": {"fi": "Aito", "sv": "Äkta"}}, "ok"),
    ],
)
def test_weight_stays_once_applications_are_sent(stage: Stage, change: dict[str, object], answer: str) -> None:
    assert code_of(rules.check_may_edit_line, stage, CRITERION, {**CRITERION, **change}, WHY) == answer


@pytest.mark.parametrize(
    ("stage", "because", "answer"),
    [
        (Stage.AHEAD, (), "ok"),
        (Stage.OPEN, (), "because:because"),
        (Stage.OPEN, WHY, "ok"),
        (Stage.ANSWERED, WHY, "answered"),
        (Stage.OVER, WHY, "over"),
        (Stage.READ, WHY, "read"),
    ],
)
def test_criteria_stand_once_applications_are_written_to_them(
    stage: Stage, because: tuple[str, ...], answer: str
) -> None:
    assert code_of(rules.check_may_add_criterion, stage, because) == answer
    assert code_of(rules.check_may_remove_criterion, stage, because) == answer


@pytest.mark.parametrize(
    ("stage", "change", "answer"),
    [
        (Stage.AHEAD, {"organisations_min": 3}, "ok"),
        (Stage.OPEN, {"organisations_min": 3}, "ok"),
        (Stage.ANSWERED, {"organisations_min": 3}, "stricter:organisations_min"),
        (Stage.ANSWERED, {"organisations_min": 1}, "ok"),
        (Stage.ANSWERED, {"willing_to_open": True}, "stricter:willing_to_open"),
        (Stage.ANSWERED, {"theme": False}, "ok"),
        (Stage.ANSWERED, {"teams_max": 6}, "stricter:teams_max"),
        (Stage.ANSWERED, {"teams_max": 8}, "ok"),
        (Stage.OVER, {"teams_max": 8}, "over"),
        (Stage.AHEAD, {"teams_min": 9}, "places:teams_min"),
    ],
)
def test_rules_become_easier_but_not_stricter_once_applications_are_sent(
    stage: Stage, change: dict[str, int], answer: str
) -> None:
    before = Requirements(organisations_min=2, teams_min=5, teams_max=7)
    after = replace(before, **change)  # type: ignore[arg-type] # one table for numbers and yes-or-no
    assert code_of(rules.check_may_set_rules, stage, before, after, WHY) == answer


@pytest.mark.parametrize(
    ("stage", "moved", "because", "answer"),
    [
        (Stage.AHEAD, {"day": date(2027, 2, 2)}, (), "ok"),
        (Stage.AHEAD, {"day": date(2026, 1, 1)}, (), "past:closes_on"),
        (Stage.OPEN, {"day": date(2027, 3, 8)}, (), "because:because"),
        (Stage.OPEN, {"day": date(2027, 3, 8)}, WHY, "ok"),
        (Stage.OPEN, {"day": date(2027, 1, 31)}, WHY, "past:closes_on"),
        (Stage.ANSWERED, {"day": date(2027, 2, 7)}, WHY, "too_soon:closes_on"),
        (Stage.ANSWERED, {"day": date(2027, 2, 9)}, WHY, "ok"),
        (Stage.OVER, {"day": date(2027, 3, 8)}, WHY, "ok"),
        (Stage.OPEN, {"day": date(2027, 3, 28), "clock": time(3, 30)}, WHY, "time_skipped:closes_at"),
    ],
)
def test_closing_moves_with_a_reason_and_with_time_to_react(
    stage: Stage, moved: dict[str, date], because: tuple[str, ...], answer: str
) -> None:
    after = Times(None, replace(CLOSING, **moved))  # type: ignore[arg-type] # one table for the day and the clock
    assert code_of(rules.check_may_set_times, stage, TIMES, after, NOW, because, public=True) == answer


def test_call_that_closed_soon_may_still_get_a_day_more() -> None:
    now = CLOSING.instant - timedelta(hours=1)
    later = Times(None, replace(CLOSING, day=date(2027, 3, 2)))
    assert code_of(rules.check_may_set_times, Stage.OPEN, TIMES, later, now, WHY, public=True) == "ok"


@pytest.mark.parametrize(
    ("stage", "opens", "public", "answer"),
    [
        (Stage.AHEAD, date(2027, 2, 2), True, "ok"),
        (Stage.AHEAD, date(2027, 1, 31), True, "past:opens_on"),
        (Stage.AHEAD, date(2027, 1, 31), False, "ok"),
        (Stage.AHEAD, date(2027, 3, 2), True, "opens_late:opens_on"),
        (Stage.AHEAD, None, True, "ok"),
        (Stage.OPEN, date(2027, 2, 2), True, "opened:opens_on"),
        (Stage.ANSWERED, None, True, "opened:opens_on"),
        (Stage.OVER, date(2027, 1, 31), True, "opened:opens_on"),
    ],
)
def test_opening_moves_until_the_call_is_open(stage: Stage, opens: date | None, public: bool, answer: str) -> None:
    before = times_of(date(2027, 2, 8), time(9), CLOSING.day, CLOSING.clock, HELSINKI)
    after = times_of(opens, time(9), CLOSING.day, CLOSING.clock, HELSINKI)
    assert code_of(rules.check_may_set_times, stage, before, after, NOW, WHY, public=public) == answer


@pytest.mark.parametrize(
    ("words", "taken", "key"),
    [
        ({"fi": "Mikä on ongelma?", "en": "What is the problem?"}, [], "what-is-the-problem"),
        ({"fi": "Mikä on ongelma?"}, ["mika-on-ongelma"], "mika-on-ongelma-2"),
        ({"fi": "Apu"}, ["apu", "apu-2"], "apu-3"),
        ({"fi": "???"}, [], "question"),
        ({"fi": "Kuka _ ja miksi juuri hän tekisi tämän kaiken"}, [], "kuka-ja-miksi-juuri-han-tekisi-t"),
    ],
)
def test_key_comes_from_the_first_words_and_is_never_given_twice(
    words: dict[str, str], taken: list[str], key: str
) -> None:
    assert rules.key_of(words, taken) == key


def test_mark_names_what_was_seen() -> None:
    assert mark_of(ASKED) == mark_of(dict(reversed(ASKED.items())))
    assert code_of(check_seen, mark_of(ASKED), mark_of({**ASKED, "required": True})) == "newer"
