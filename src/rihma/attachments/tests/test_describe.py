"""What a picture shows is asked for, and its lack is shown."""

import pytest
from django.test import Client

from rihma.attachments import actions
from rihma.attachments.tests.conftest import Attach, guest_of, text_of, url
from rihma.canvases.models import Canvas
from rihma.canvases.tests.conftest import Put
from tests.conftest import Cast
from tests.stale import form_of, seen_on


def test_missing_description_is_shown_until_somebody_writes_one(attach: Attach, canvas: Canvas, works: Client) -> None:
    attachment = attach(alt="")
    assert "Description missing" in text_of(works.get(url("files", canvas)))
    typed = {"alt": "  Six notes\non a wall ", "seen": seen_on(works, url("file", canvas, attachment.pk))}
    assert works.post(url("describe", canvas, attachment.pk), typed).status_code == 302
    attachment.refresh_from_db()
    assert (attachment.alt, attachment.lang) == ("Six notes on a wall", "en")
    page = works.get(url("files", canvas)).content.decode()
    assert ("Description missing" in page, 'alt="Six notes on a wall"' in page) == (False, True)


def test_second_to_describe_sees_what_the_first_wrote(
    attach: Attach, canvas: Canvas, works: Client, cast: Cast
) -> None:
    attachment = attach(alt="")
    typed = {"alt": "A wall", "seen": seen_on(works, url("file", canvas, attachment.pk))}
    actions.describe(attachment, "Six notes on a wall", lang="en", by=cast["convener"])
    answer = works.post(url("describe", canvas, attachment.pk), typed)
    form = form_of(answer)
    assert (answer.status_code, form["alt"].value()) == (422, "A wall")
    assert form["alt"].help_text == "Saved by somebody else meanwhile: Six notes on a wall"
    attachment.refresh_from_db()
    assert attachment.alt == "Six notes on a wall"
    again = works.post(url("describe", canvas, attachment.pk), {**typed, "seen": form["seen"].value()})
    assert again.status_code == 302


@pytest.mark.req("S13")
def test_reader_describes_nothing(attach: Attach, canvas: Canvas, cast: Cast) -> None:
    attachment = attach(alt="")
    _guest, reader = guest_of(canvas, cast["convener"], role="reader")
    assert reader.post(url("describe", canvas, attachment.pk), {"alt": "x"}).status_code == 404


def test_canvas_shows_files_by_zone_and_item(attach: Attach, canvas: Canvas, put: Put, works: Client) -> None:
    item = put("Phones are off at work")
    attach(alt="In the zone")
    attach(item=item.pk, alt="At the item")
    page = text_of(works.get(canvas.get_absolute_url()))
    assert ("Photos and files 2" in page, "In the zone" in page, "1 file" in page) == (True, True, True)
    panel = text_of(works.get(f"{canvas.get_absolute_url()}items/{item.pk}/?view=drawn"))
    assert ("At the item" in panel, "In the zone" in panel) == (True, False)
    part = works.get(url("files", canvas), headers={"hx-request": "true"}).content.decode()
    assert part.startswith("<summary>")
