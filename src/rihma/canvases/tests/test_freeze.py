from itertools import product

import pytest

from rihma.base.refused import Refused
from rihma.canvases import actions, rules
from rihma.canvases.models import Canvas
from rihma.history.models import Event
from tests.conftest import Cast


def test_frozen_canvas_can_be_opened_again_and_history_knows_both(canvas: Canvas, cast: Cast) -> None:
    actions.freeze(canvas, by=cast["facilitator"])
    actions.reopen(canvas, by=cast["facilitator"])

    canvas.refresh_from_db()
    assert not canvas.is_frozen
    verbs = Event.objects.filter(area="canvases").order_by("number").values_list("verb", flat=True)
    assert list(verbs) == ["opened", "frozen", "reopened"]


@pytest.mark.parametrize(("state", "to"), list(product(Canvas.State.values, repeat=2)))
def test_canvas_moves_only_between_its_states(state: str, to: str) -> None:
    assert set(rules.MOVES) == set(Canvas.State.values)
    if state != to:
        rules.check_may_move(state, to)
    else:
        with pytest.raises(Refused):
            rules.check_may_move(state, to)
