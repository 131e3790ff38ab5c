from itertools import product

import pytest

from rihma.applications import rules
from rihma.applications.models import Application
from rihma.base.refused import Refused


@pytest.mark.parametrize(("state", "to"), list(product(Application.State.values, repeat=2)))
def test_only_moves_of_the_table_are_allowed(state: str, to: str) -> None:
    checks = {
        "submitted": lambda: rules.check_may_submit(state, team_name="A", missing=[]),
        "withdrawn": lambda: rules.check_may_withdraw(state),
    }
    if to not in checks:
        assert to not in rules.MOVES[state]
    elif to in rules.MOVES[state]:
        checks[to]()
    else:
        with pytest.raises(Refused):
            checks[to]()


def test_answer_over_its_limit_is_told_by_how_much() -> None:
    asked = [rules.Asked("a", "Why?", required=False, most_words=2)]
    assert rules.missing_answers(asked, {"a": "one two three four"}) == ["Shorten the answer to “Why?” by 2 words."]
    assert rules.missing_answers(asked, {"a": "one two"}) == []


def test_optional_question_may_stay_unanswered() -> None:
    assert rules.missing_answers([rules.Asked("a", "Why?", required=False, most_words=9)], {}) == []
