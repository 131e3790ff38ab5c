from rihma.canvases import actions
from rihma.canvases.models import Canvas
from rihma.canvases.tests.conftest import Put
from tests.conftest import Cast


def test_restored_item_comes_back_where_it_was(canvas: Canvas, cast: Cast, put: Put) -> None:
    item = put(importance=80, evidence=20)
    for verb in ("remove", "restore"):
        actions.change(canvas, verb, item.pk, by=cast["member"])

    again = canvas.items.live().get()
    assert (again.pk, again.text, again.zone, again.order) == (item.pk, item.text, item.zone, item.order)
    assert again.fields == {"importance": 80, "evidence": 20}
