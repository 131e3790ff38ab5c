"""People write without being named: whoever reads is told by no page, export or wire who wrote what."""

import pytest
from django.test import Client

from rihma.canvases import actions, wire
from rihma.canvases.models import Canvas, Operation
from rihma.canvases.tests.conftest import ClientOf, Put, url
from tests.conftest import Cast

NAME = "Koskenniemi"


@pytest.fixture
def nameless(canvas: Canvas, cast: Cast, put: Put) -> Canvas:
    """The convener wrote, two texts clashed, and names were hidden."""
    item = put("People open the letter")
    actions.change(canvas, "set", item.pk, {"text": "People burn the letter"}, base=1, by=cast["convener"])
    actions.change(canvas, "set", item.pk, {"text": "People frame the letter"}, base=1, by=cast["member"])
    return actions.hide_names(canvas, hidden=True, by=cast["member"])


def test_no_page_and_no_wire_names_who_wrote(client_of: ClientOf, cast: Cast, nameless: Canvas) -> None:
    mentor = client_of(cast["mentor"])
    item = nameless.items.get()
    for address in (
        url("canvas", nameless),
        url("canvas", nameless, view="drawn"),
        url("item", nameless, item.pk),
        url("history", nameless),
        url("moment", nameless),
        url("export", nameless, "csv"),
        url("export", nameless, "json"),
    ):
        # whom a comment may be told to is asked by name all the same
        page = mentor.get(address).content.decode().replace(f"{NAME}</span></label>", "")
        assert NAME not in page, address
    for path in ("", "/operations"):
        assert str(cast["convener"].pk) not in mentor.get(f"/api/v1/canvases/{nameless.pk}{path}").content.decode()
    rows = b"".join(row for _seq, row in wire.rows(Operation.objects.order_by("seq")))
    assert str(cast["convener"].pk).encode() not in rows + wire.items(nameless)


def test_names_come_back_because_the_log_kept_them(works: Client, cast: Cast, nameless: Canvas) -> None:
    works.post(url("hide_names", nameless), {"hidden": "no"})
    assert NAME in works.get(url("canvas", nameless)).content.decode()


def test_who_may_only_read_hides_no_names(client_of: ClientOf, cast: Cast, canvas: Canvas) -> None:
    assert client_of(cast["mentor"]).post(url("hide_names", canvas), {"hidden": "yes"}).status_code == 404
