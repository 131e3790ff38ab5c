from rihma.canvases import actions
from rihma.canvases.models import Canvas
from rihma.canvases.tests.conftest import Put
from tests.conftest import Cast


def test_removed_item_stays_in_the_log_and_among_the_removed(canvas: Canvas, cast: Cast, put: Put) -> None:
    item = put()
    actions.change(canvas, "remove", item.pk, by=cast["member"])

    item.refresh_from_db()
    assert (item.removed, item.text) == (True, "People open the letter")
    assert not canvas.items.live().exists()
    assert [row.verb for row in canvas.operations.all()] == ["add", "remove"]


def test_item_removed_by_two_at_once_is_removed(canvas: Canvas, cast: Cast, put: Put) -> None:
    item = put()
    for role in ("member", "convener"):
        actions.change(canvas, "remove", item.pk, by=cast[role])

    item.refresh_from_db()
    assert item.removed
