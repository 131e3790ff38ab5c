from collections.abc import Callable
from contextlib import suppress
from itertools import product
from pathlib import Path

import pytest

from rihma.accounts.models import Person
from rihma.base.refused import Refused
from rihma.experiments import actions
from rihma.experiments.models import Experiment, PlanVersion
from rihma.experiments.rules import states
from tests.conftest import Cast

DOCS = Path(__file__).parents[4] / "docs/experiments.md"
State = Experiment.State
# verb → the states from which it may happen, and where it leads
VERBS: dict[str, tuple[set[str], str]] = {
    "make_ready": ({"draft"}, "ready"),
    "start": ({"ready"}, "running"),
    "pause": ({"running"}, "paused"),
    "resume": ({"paused"}, "running"),
    "end": ({"running", "paused"}, "ended"),
    "mark_published": ({"decided"}, "published"),
}


def test_table_of_moves_knows_every_state() -> None:
    assert set(states.MOVES) == set(State.values)


@pytest.mark.parametrize(("state", "to"), list(product(State.values, State.values)))
def test_only_moves_of_the_table_are_let_through(state: str, to: str) -> None:
    if to in states.MOVES[state]:
        states.check_may_move(state, to)
        return
    with pytest.raises(Refused):
        states.check_may_move(state, to)


@pytest.mark.parametrize("verb", VERBS)
def test_verb_moves_only_from_its_states(verb: str, ready: Experiment, cast: Cast) -> None:
    # Between two actions nothing but the state counts; how it was reached is told by the tests of each verb.
    allowed, to = VERBS[verb]
    expected = {state: to if state in allowed else state for state in State.values}
    assert {state: outcome(verb, state, ready, cast["convener"]) for state in State.values} == expected


def outcome(verb: str, state: str, experiment: Experiment, by: Person) -> str:
    """The state after trying the verb in it. Starting what runs answers the lock there is; there is none here."""
    experiment.versions.all().delete()
    Experiment.objects.filter(pk=experiment.pk).update(state=state)
    act: Callable[..., object] = getattr(actions, verb)
    with suppress(Refused, PlanVersion.DoesNotExist):
        act(experiment, by=by)
    experiment.refresh_from_db()
    return experiment.state


def test_documentation_draws_the_table_of_moves() -> None:
    assert states.drawing() in DOCS.read_text(encoding="utf-8")
