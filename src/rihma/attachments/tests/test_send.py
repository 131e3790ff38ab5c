"""Bytes go only to those who see the canvas, and do nothing where they arrive."""

import pytest
from django.test import Client

from rihma.attachments.models import Attachment
from rihma.attachments.tests.conftest import Attach, guest_of, pdf, url
from rihma.base.files import store
from rihma.canvases import actions as canvases
from rihma.canvases.models import Canvas
from rihma.canvases.tests.conftest import ClientOf, Put
from tests.conftest import Cast


def address(attachment: Attachment, size: str) -> str:
    return url("send", attachment.canvas, attachment.pk, size)


def test_picture_is_shown_and_downloaded(attach: Attach, works: Client) -> None:
    attachment = attach()
    small, whole, download = (works.get(address(attachment, size)) for size in ("small", "whole", "download"))
    assert [small.content, whole.content] == [store.read(attachment.file, store.SMALL), store.read(attachment.file)]
    assert [answer["Content-Type"] for answer in (small, whole, download)] == ["image/jpeg"] * 3
    assert [answer["Content-Disposition"] for answer in (whole, download)] == [
        'inline; filename="wall.jpg"',
        'attachment; filename="wall.jpg"',
    ]


@pytest.mark.req("S16")
def test_file_can_do_nothing_where_it_arrives(attach: Attach, works: Client) -> None:
    answer = works.get(address(attach(), "whole"))
    policy = answer["Content-Security-Policy"].split("; ")
    assert ("default-src 'none'" in policy, "sandbox" in policy) == (True, True)
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-cache")


@pytest.mark.req("S16")
def test_pdf_is_only_downloaded(attach: Attach, works: Client) -> None:
    attachment = attach(pdf(), name="notes.pdf")
    answer = works.get(address(attachment, "download"))
    assert answer["Content-Disposition"] == 'attachment; filename="notes.pdf"'
    assert [works.get(address(attachment, size)).status_code for size in ("whole", "small", "odd")] == [404, 404, 404]


def test_browser_that_has_it_is_sent_nothing_again(attach: Attach, works: Client) -> None:
    attachment = attach()
    first = works.get(address(attachment, "small"))
    again = works.get(address(attachment, "small"), headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.req("S2", "S16")
def test_stranger_and_other_team_find_nothing(attach: Attach, cast: Cast, client_of: ClientOf) -> None:
    attachment = attach()
    for name in ("outsider", "other_convener", "juror", "expert"):
        assert client_of(cast[name]).get(address(attachment, "whole")).status_code == 404, name
    assert client_of(None).get(address(attachment, "whole")).status_code == 302
    assert client_of(cast["mentor"]).get(address(attachment, "whole")).status_code == 200


@pytest.mark.req("S2")
def test_file_is_not_found_by_way_of_another_canvas(attach: Attach, canvas: Canvas, cast: Cast, works: Client) -> None:
    other = canvases.open_canvas(canvas.team, "ecosystem_map", by=cast["owner"])
    assert works.get(url("send", other, attach().pk, "whole")).status_code == 404


@pytest.mark.req("S12", "S13")
def test_guest_whose_link_was_revoked_gets_no_file_any_more(attach: Attach, canvas: Canvas, cast: Cast) -> None:
    attachment = attach()
    guest, client = guest_of(canvas, cast["convener"], role="reader")
    assert client.get(address(attachment, "small")).status_code == 200
    canvases.revoke_guest_link(canvas, guest.link, by=cast["convener"])
    assert client.get(address(attachment, "small")).status_code == 302


def test_file_of_an_item_is_hidden_with_it(attach: Attach, canvas: Canvas, cast: Cast, put: Put, works: Client) -> None:
    item = put()
    attachment = attach(item=item.pk)
    canvases.hide(canvas, item.pk, by=cast["member"])
    assert works.get(address(attachment, "whole")).status_code == 404
    canvases.show(canvas, item.pk, by=cast["facilitator"])
    assert works.get(address(attachment, "whole")).status_code == 200
