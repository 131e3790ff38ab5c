import pytest

from rihma.base.refused import Refused
from rihma.canvases import actions
from rihma.canvases.models import Canvas
from rihma.canvases.tests.conftest import Put
from tests.conftest import Cast


def test_undo_takes_back_ones_own_change_and_leaves_what_others_did_since(canvas: Canvas, cast: Cast, put: Put) -> None:
    item = put("People open letters")
    own = actions.change(canvas, "set", item.pk, {"text": "Young people open letters"}, base=1, by=cast["member"])
    actions.change(
        canvas, "set", item.pk, {"text": "Young people open letters soon"}, base=own.seq, by=cast["convener"]
    )
    actions.undo(canvas, own.seq, by=cast["member"])

    item.refresh_from_db()
    assert item.text == "People open letters soon"


@pytest.mark.parametrize(("verb", "removed"), [("add", True), ("remove", False), ("restore", True)])
def test_undo_is_the_opposite_deed(canvas: Canvas, cast: Cast, put: Put, verb: str, removed: bool) -> None:
    item = put()
    verbs = {"add": [], "remove": ["remove"], "restore": ["remove", "restore"]}[verb]
    for step in verbs:
        actions.change(canvas, step, item.pk, by=cast["convener"])
    actions.undo(canvas, len(verbs) + 1, by=cast["convener"])

    item.refresh_from_db()
    assert item.removed == removed


def test_undone_move_brings_back_only_the_fields_it_changed(canvas: Canvas, cast: Cast, put: Put) -> None:
    item = put(importance=10, evidence=10)
    moved = actions.change(canvas, "move", item.pk, {"zone": "able", "fields": {"importance": 90}}, by=cast["member"])
    actions.change(canvas, "move", item.pk, {"fields": {"evidence": 90}}, by=cast["convener"])
    actions.undo(canvas, moved.seq, by=cast["member"])

    item.refresh_from_db()
    assert (item.zone, item.fields) == ("wanted", {"importance": 10, "evidence": 90})


def test_what_another_did_cannot_be_undone(canvas: Canvas, cast: Cast, put: Put) -> None:
    put()
    for seq, person in ((1, cast["member"]), (7, cast["convener"])):
        with pytest.raises(Refused) as refused:
            actions.undo(canvas, seq, by=person)
        assert refused.value.code == "invalid"


def test_settling_cannot_be_undone_for_the_other_text_is_in_the_log(canvas: Canvas, cast: Cast, put: Put) -> None:
    item = put("People open the letter")
    for text, person in (("People burn the letter", "member"), ("People frame the letter", "convener")):
        actions.change(canvas, "set", item.pk, {"text": text}, base=1, by=cast[person])
    actions.change(canvas, "set", item.pk, {"settles": 2}, by=cast["member"])
    with pytest.raises(Refused):
        actions.undo(canvas, 4, by=cast["member"])
