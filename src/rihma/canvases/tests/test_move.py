import pytest

from rihma.base.refused import Refused
from rihma.canvases import actions, order
from rihma.canvases.models import Canvas
from rihma.canvases.tests.conftest import Put
from tests.conftest import Cast


def test_moved_item_stands_where_it_was_put(canvas: Canvas, cast: Cast, put: Put) -> None:
    item = put()
    actions.change(canvas, "move", item.pk, {"fields": {"importance": 90, "evidence": 5}}, by=cast["member"])

    item.refresh_from_db()
    assert item.fields == {"importance": 90, "evidence": 5}
    assert (item.zone, item.text_seq) == ("wanted", 1)


def test_item_moved_to_another_zone_stands_last_there(canvas: Canvas, cast: Cast, put: Put) -> None:
    there = put(zone="able")
    item = put(zone="wanted")
    actions.change(canvas, "move", item.pk, {"zone": "able"}, by=cast["member"])

    item.refresh_from_db()
    assert item.zone == "able"
    assert item.order > there.order


def test_two_moves_of_different_fields_are_both_kept(canvas: Canvas, cast: Cast, put: Put) -> None:
    item = put()
    actions.change(canvas, "move", item.pk, {"fields": {"importance": 90}}, by=cast["member"])
    actions.change(canvas, "move", item.pk, {"fields": {"evidence": 10}}, by=cast["convener"])

    item.refresh_from_db()
    assert item.fields == {"importance": 90, "evidence": 10}


@pytest.mark.parametrize("said", [{"text": "x"}, {"zone": "nowhere"}, {"order": "-"}, {"fields": {"importance": -1}}])
def test_move_to_nowhere_is_refused(canvas: Canvas, cast: Cast, put: Put, said: dict[str, object]) -> None:
    item = put()
    with pytest.raises(Refused):
        actions.change(canvas, "move", item.pk, said, by=cast["member"])  # type: ignore[arg-type]  # wrong on purpose


def test_key_between_two_others_can_always_be_made() -> None:
    low, high = order.between(None, None), order.between(order.between(None, None), None)
    for _ in range(100):
        key = order.between(low, high)
        assert low < key < high
        assert order.is_key(key)
        low, high = (key, high) if len(key) % 2 else (low, key)


def test_thousand_items_at_either_end_keep_short_keys() -> None:
    first = last = order.between(None, None)
    for _ in range(1000):
        assert order.between(None, first) < first
        assert order.between(last, None) > last
        first, last = order.between(None, first), order.between(last, None)
    assert (len(first), len(last)) == (4, 4)


def test_keys_that_leave_no_room_answer_the_nearest() -> None:
    assert order.between("i000", "i000") == "i000"
    assert order.between("k000", "i000") == "k000"
    assert order.between("zzzz", None) > "zzzz"
    assert order.between(None, "0000") == "0000"
