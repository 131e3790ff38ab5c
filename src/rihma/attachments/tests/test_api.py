"""Programs list, add and fetch files as pages do."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rihma.attachments.models import Attachment
from rihma.attachments.tests.conftest import Attach, guest_of, photo, url
from rihma.canvases import actions as canvases
from rihma.canvases.models import Canvas
from rihma.canvases.tests.conftest import ClientOf, Put
from tests.conftest import Cast


def test_program_adds_lists_and_fetches(canvas: Canvas, put: Put, works: Client, cast: Cast) -> None:
    item = put()
    upload = SimpleUploadedFile("wall.jpg", photo())
    said = {"upload": upload, "zone": "wanted", "item": str(item.pk), "alt": "Our wall", "lang": "en"}
    made = works.post(f"/api/v1/canvases/{canvas.pk}/files", said)
    assert (made.status_code, made.json()["item"], made.json()["width"]) == (200, str(item.pk), 640)
    listed = works.get(f"/api/v1/canvases/{canvas.pk}/files").json()
    assert [(one["id"], one["alt"], one["by"]) for one in listed] == [
        (made.json()["id"], "Our wall", str(cast["member"].pk))
    ]
    fetched = works.get(f"/api/v1/canvases/{canvas.pk}/files/{listed[0]['id']}/download")
    assert (fetched.content[:2], fetched["Content-Disposition"]) == (b"\xff\xd8", 'attachment; filename="wall.jpg"')


def test_program_is_refused_with_a_code(canvas: Canvas, works: Client) -> None:
    upload = SimpleUploadedFile("wall.jpg", b"<svg/>")
    answer = works.post(f"/api/v1/canvases/{canvas.pk}/files", {"upload": upload, "zone": "wanted"})
    assert (answer.status_code, answer.json()["code"], Attachment.objects.count()) == (409, "invalid", 0)


def test_guest_and_outsider_reach_as_far_as_the_canvas(
    attach: Attach, canvas: Canvas, cast: Cast, client_of: ClientOf
) -> None:
    attachment = attach()
    _guest, reader = guest_of(canvas, cast["convener"], role="reader")
    address = f"/api/v1/canvases/{canvas.pk}/files"
    upload = {"upload": SimpleUploadedFile("wall.jpg", photo()), "zone": "wanted"}
    assert [reader.get(address).status_code, reader.post(address, upload).status_code] == [200, 404]
    outsider = client_of(cast["outsider"])
    assert [outsider.get(address).status_code, outsider.get(f"{address}/{attachment.pk}/whole").status_code] == [
        404,
        404,
    ]


def test_nobody_is_told_who_added_a_file_where_names_are_hidden(
    canvas: Canvas, works: Client, cast: Cast, attach: Attach
) -> None:
    attachment = attach()
    canvases.hide_names(canvas, hidden=True, by=cast["member"])
    listed = works.get(f"/api/v1/canvases/{canvas.pk}/files").json()
    page = works.get(url("file", canvas, attachment.pk)).content.decode()
    assert (listed[0]["by"], "Cecilia Koskenniemi" in page) == (None, False)
