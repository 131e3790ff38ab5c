"""Rules of a programme's own in the programme file."""

from datetime import timedelta

import pytest

from rihma.programmes import actions, file
from rihma.programmes.programme_file import lacks
from rihma.programmes.requirements import condition
from tests.conftest import Cast

RULE = """
[[rule]]
key = "late-comers"
title.fi = "Mukana alusta asti"
title.sv = "Med från början"
remedy.fi = "Kutsu ajoissa."
remedy.sv = "Bjud in i tid."
holds = 'none(members where joined_on > 2027-09-24) and answers.first_step != "no"'
binding = false
"""
QUESTION = """
[call]
closes = 2027-06-11 23:59:59
teams_max = 5

[[question]]
key = "first-step"
label.fi = "Mitä teette ensin?"
"""
MISSPELT = RULE.replace("members", "membrs")


def mistakes(text: str) -> list[str]:
    return [str(problem) for problem in file.check(text.encode()).problems]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("added", "told"),
    [
        (RULE + QUESTION, ""),
        (
            MISSPELT + QUESTION,
            (
                "Line 62: rule[1].holds: Line 1 of the condition, character 6: “membrs” cannot be counted. "
                "Did you mean “members”?"
            ),
        ),
        (
            RULE,
            (
                "Line 62: rule[1].holds: Line 1 of the condition, character 48: "
                "There is no name “answers.first_step” here. These are known: bounded_experiment, formed_on, "
                "programme_ends, programme_starts, seats, theme, today, willing_to_open."
            ),
        ),
        (
            RULE.replace("late-comers", "theme") + QUESTION,
            (
                "Line 57: rule[1].key: The key “theme” is that of a rule in [eligibility]. "
                "Give the rule a key of its own."
            ),
        ),
        (
            RULE + RULE + QUESTION,
            "Line 66: rule[2].key: Rule 1 has the key “late-comers” too. Give each rule a key of its own.",
        ),
    ],
)
def test_mistake_in_a_rule_is_told_with_its_line_and_remedy(text: str, added: str, told: str) -> None:
    assert " | ".join(mistakes(text + added)) == told


def test_rule_comes_in_and_goes_out_the_same(text: str, cast: Cast) -> None:
    made = actions.import_file((text + RULE + QUESTION).encode(), by=cast["owner"])
    (rule,) = made.written_rules
    assert (rule.key, rule.binding, str(condition(rule.holds))) == (
        "late-comers",
        False,
        'none(members where joined_on > 2027-09-24) and answers.first_step != "no"',
    )
    written = file.write(made)
    made.delete()
    assert file.write(actions.import_file(written.encode(), by=cast["owner"])) == written


def test_days_in_a_rule_move_with_the_round_that_is_copied(text: str, cast: Cast) -> None:
    made = actions.import_file((text + RULE + QUESTION).encode(), by=cast["owner"])
    copied = actions.copy(made, "next", made.starts + timedelta(weeks=52), by=cast["owner"])
    assert "joined_on > 2028-09-22" in copied.own_rules[0]["holds"]


def test_rule_in_one_national_language_is_told_before_publishing(text: str, cast: Cast) -> None:
    made = actions.import_file((text + RULE.replace("title.sv", "title.en") + QUESTION).encode(), by=cast["owner"])
    assert [(lack.key, lack.languages) for lack in lacks(made) if lack.key.startswith("rule")] == [
        ("rule-late-comers", ("sv",))
    ]
