from itertools import product

import pytest

from rihma.applications import rules
from rihma.applications.models import Application
from rihma.applications.rules.submitting import MOVES
from rihma.base.refused import Refused


@pytest.mark.parametrize(("state", "to"), list(product(Application.State.values, repeat=2)))
def test_only_moves_of_the_table_are_allowed(state: str, to: str) -> None:
    checks = {
        "submitted": lambda: rules.check_may_submit(state, team_name="A", missing=[]),
        "withdrawn": lambda: rules.check_may_withdraw(state),
        "merged": lambda: rules.check_may_merge(state, "submitted"),
    }
    if to not in checks:
        assert to not in MOVES[state]
    elif to in MOVES[state]:
        checks[to]()
    else:
        with pytest.raises(Refused):
            checks[to]()
