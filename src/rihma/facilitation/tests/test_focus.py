"""Who works on a canvas asks everybody to look at one zone of it, and ends that."""

import pytest
from django.test import Client

from rihma.base.refused import Refused
from rihma.canvases.models import Canvas
from rihma.facilitation import actions
from rihma.facilitation.models import Focus
from rihma.facilitation.tests.conftest import ClientOf, ComeIn, page_url, text_of, url
from rihma.history.models import Event
from tests.conftest import Cast


def test_everybody_is_asked_to_look_at_the_zone(canvas: Canvas, cast: Cast, works: Client, come_in: ComeIn) -> None:
    assert works.get(url("focus", canvas)).status_code == 200
    assert works.post(url("focus", canvas), {"zone": "able"}).status_code == 303
    _guest, phone = come_in("reader")
    for browser in (works, phone):
        page = browser.get(page_url(canvas))
        assert f"{cast['member'].name} asks you to look at:" in text_of(page)
        assert 'href="#zone-able"' in page.content.decode()


def test_link_leads_to_the_list_where_the_drawing_has_no_zones(canvas: Canvas, works: Client) -> None:
    works.post(url("focus", canvas), {"zone": "able"})
    assert 'href="?view=list#zone-able"' in works.get(page_url(canvas, "drawn")).content.decode()


def test_other_zone_takes_the_place_of_the_first(canvas: Canvas, cast: Cast) -> None:
    actions.focus(canvas, "able", by=cast["member"])
    actions.focus(canvas, "wanted", by=cast["facilitator"])
    focus = Focus.objects.get()
    assert (focus.zone, focus.by) == ("wanted", cast["facilitator"])


def test_unknown_zone_is_refused(canvas: Canvas, cast: Cast) -> None:
    with pytest.raises(Refused, match="no such zone"):
        actions.focus(canvas, "core", by=cast["member"])


def test_focus_that_was_ended_is_gone_from_the_page(canvas: Canvas, works: Client) -> None:
    works.post(url("focus", canvas), {"zone": "able"})
    for _ in range(2):
        assert works.post(url("end_focus", canvas)).status_code == 303
    assert "asks you to look" not in text_of(works.get(page_url(canvas)))
    assert list(Event.objects.filter(area="facilitation").order_by("number").values_list("verb", flat=True)) == [
        "focused",
        "focus_ended",
    ]


@pytest.mark.parametrize("role", ["mentor", "outsider"])
def test_who_only_reads_asks_nobody(canvas: Canvas, cast: Cast, client_of: ClientOf, role: str) -> None:
    with pytest.raises(Refused):
        actions.focus(canvas, "able", by=cast[role])
    assert client_of(cast[role]).post(url("focus", canvas), {"zone": "able"}).status_code == 404
