"""Whoever may write on a canvas may put a photo or a PDF there; it is taken for what it is and not for what it says."""

import errno
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.db import DatabaseError
from django.test import Client
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from rihma.attachments import actions, rules
from rihma.attachments.models import Attachment
from rihma.attachments.tests.conftest import Attach, guest_of, on_disk, pdf, photo, post, text_of, url
from rihma.base.files import store
from rihma.base.files.kinds import tidy_name
from rihma.base.refused import Refused
from rihma.canvases import actions as canvases
from rihma.canvases.models import Canvas
from rihma.canvases.tests.conftest import ClientOf, Put
from rihma.history.models import Event
from tests.conftest import Cast

GPS = 0x8825
ORIENTATION = 0x0112


def exif() -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = "Camera of Aamu"
    exif[GPS] = {1: "N", 2: (60.0, 10.0, 15.0), 3: "E", 4: (24.0, 56.0, 15.0)}
    return exif


def refusal_of(attach: Attach, content: bytes, **said: object) -> str:
    with pytest.raises(Refused) as refused:
        attach(content, **said)
    assert (on_disk(), Attachment.objects.count()) == ([], 0)
    return str(refused.value)


def test_member_adds_a_photo_from_a_page_without_script(canvas: Canvas, works: Client, cast: Cast) -> None:
    assert (
        'accept="image/jpeg,image/png,image/webp,application/pdf"' in works.get(url("attach", canvas)).content.decode()
    )
    answer = post(works, canvas, photo(), name="wall.png")
    assert (answer.status_code, answer["Location"]) == (302, url("files", canvas))
    attachment = Attachment.objects.get()
    assert (attachment.name, attachment.kind, attachment.alt, attachment.by) == (
        "wall.jpg",
        "jpeg",
        "Our wall",
        cast["member"],
    )
    assert on_disk() == [attachment.file, f"{attachment.file}.small"]
    assert Event.objects.filter(area="attachments", verb="attached", by=cast["member"]).count() == 1


def test_guest_adds_a_photo_to_an_item(canvas: Canvas, cast: Cast, put: Put) -> None:
    item = put()
    guest, client = guest_of(canvas, cast["convener"])
    assert post(client, canvas, photo(), place=f"wanted/{item.pk}").status_code == 302
    attachment = Attachment.objects.get()
    assert (attachment.item, attachment.guest, attachment.by) == (item, guest, None)
    page = text_of(client.get(canvas.get_absolute_url()))
    assert "1 file" in page


@pytest.mark.req("S13")
def test_reader_and_stranger_find_no_form(canvas: Canvas, cast: Cast, client_of: ClientOf) -> None:
    _guest, reader = guest_of(canvas, cast["convener"], role="reader")
    answers = [
        post(client, canvas, photo()).status_code
        for client in (reader, client_of(cast["outsider"]), client_of(cast["mentor"]))
    ]
    assert (answers, Attachment.objects.count()) == ([404, 404, 404], 0)


@pytest.mark.req("S16")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_photo_is_drawn_anew_without_place_camera_and_comment(attach: Attach, kind: str) -> None:
    saying = {"comment": b"hidden words"} if kind == "JPEG" else {}
    content = photo(kind, (800, 400), exif=exif(), icc_profile=b"no profile at all", **saying)
    assert b"Camera of Aamu" in content
    attachment = attach(content)
    for part in (store.WHOLE, store.SMALL):
        kept = store.read(attachment.file, part)
        image = Image.open(BytesIO(kept))
        assert (dict(image.getexif()), {"icc_profile", "comment", "exif"} & image.info.keys()) == ({}, set())
        assert b"Camera of Aamu" not in kept
        assert b"hidden words" not in kept
    # it was held upright: what was left is above now
    assert (attachment.width, attachment.height) == (400, 800)
    upright = Image.open(BytesIO(store.read(attachment.file))).convert("RGB")
    top, bottom = upright.getpixel((200, 100)), upright.getpixel((200, 700))
    assert (top[0] > 200, bottom[2] > 200) == (True, True)


def test_large_photo_is_made_smaller(attach: Attach) -> None:
    attachment = attach(photo(size=(5000, 1000)))
    small = Image.open(BytesIO(store.read(attachment.file, store.SMALL)))
    assert ((attachment.width, attachment.height), small.size) == ((2560, 512), (480, 96))


def test_see_through_picture_stays_so(attach: Attach) -> None:
    out = BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(out, "PNG")
    attachment = attach(out.getvalue(), name="logo.png")
    assert Image.open(BytesIO(store.read(attachment.file))).mode == "RGBA"


@pytest.mark.req("S16")
@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"GIF89a" + b"\x00" * 30,
        b"PK\x03\x04" + b"\x00" * 30,
        b"MZ" + b"\x00" * 60,
        b"\n%PDF-1.7",
    ],
)
def test_what_is_no_photo_and_no_pdf_is_refused_whatever_it_is_called(attach: Attach, content: bytes) -> None:
    assert "not taken here" in refusal_of(attach, content, name="holiday.jpg")


def test_phone_that_sends_heic_is_told_what_to_do(attach: Attach) -> None:
    assert "Save it as a JPEG" in refusal_of(attach, b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40)


@pytest.mark.req("S16")
def test_bomb_of_pixels_is_refused_before_it_opens(attach: Attach) -> None:
    def chunk(name: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4) + name + body + zlib.crc32(name + body).to_bytes(4)

    head = (60_000).to_bytes(4) + (60_000).to_bytes(4) + b"\x01\x00\x00\x00\x00"
    lines = zlib.compress(b"\x00" * 60_000_000, 9)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")
    assert len(bomb) < 100_000
    assert "50 megapixels" in refusal_of(attach, bomb)


@pytest.mark.req("S16")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_half_a_photo_is_refused(attach: Attach, kind: str) -> None:
    whole = photo(kind, (900, 900))
    assert "damaged" in refusal_of(attach, whole[: len(whole) // 2])


@pytest.mark.req("S16")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_file_that_is_also_something_else_loses_that(attach: Attach, kind: str) -> None:
    other = b"<script>alert(document.domain)</script>PK\x05\x06"
    attachment = attach(photo(kind) + other)
    assert (other in store.read(attachment.file), b"script" in store.read(attachment.file)) == (False, False)


def test_empty_and_too_large_files_are_refused_in_words(canvas: Canvas, works: Client) -> None:
    empty, large = post(works, canvas, b""), post(works, canvas, photo() + b"\x00" * rules.MOST_BYTES)
    assert (empty.status_code, "The file is empty" in text_of(empty)) == (422, True)
    assert (large.status_code, "larger than 10 MB" in text_of(large)) == (422, True)
    # what was said of it stays
    assert 'value="Our wall"' in large.content.decode()


def test_plain_pdf_is_kept_as_it_came(attach: Attach) -> None:
    content = pdf()
    attachment = attach(content, name="notes.PDF")
    assert (attachment.kind, attachment.name, store.read(attachment.file)) == ("pdf", "notes.pdf", content)
    assert on_disk() == [attachment.file]


def _script(writer: PdfWriter) -> None:
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)


def _other_file(writer: PdfWriter) -> None:
    writer.add_attachment("virus.exe", b"MZ")


def _launch(writer: PdfWriter) -> None:
    action = {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd.exe")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)


def _acts_deep_down(writer: PdfWriter) -> None:
    deep = DictionaryObject({NameObject("/AA"): DictionaryObject()})
    writer.pages[0][NameObject("/Odd")] = ArrayObject([DictionaryObject({NameObject("/More"): deep})])


@pytest.mark.req("S16")
@pytest.mark.parametrize(
    "change",
    [
        _script,
        _other_file,
        _launch,
        _acts_deep_down,
    ],
)
def test_pdf_that_acts_or_carries_something_is_refused(attach: Attach, change: Callable[[PdfWriter], object]) -> None:
    assert "more than show pages" in refusal_of(attach, pdf(change))


@pytest.mark.req("S16")
def test_script_under_a_disguised_name_is_found(attach: Attach) -> None:
    disguised = pdf(_script).replace(b"/JavaScript", b"/J#61v#61Script").replace(b"/JS", b"/J#53")
    assert b"JavaScript" not in disguised
    assert "more than show pages" in refusal_of(attach, disguised)


@pytest.mark.req("S16")
def test_locked_and_broken_pdfs_are_refused(attach: Attach) -> None:
    assert "locked with a password" in refusal_of(attach, pdf(lambda writer: writer.encrypt("x", algorithm="RC4-128")))
    assert "damaged" in refusal_of(attach, b"%PDF-1.7\n" + b"rubbish" * 100)


@pytest.mark.req("S16")
@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\Temp\\a.jpg", "a.jpg"),
        ("photo\u202egpj.exe", "photogpj.jpg"),
        ("a\u0308iti\x00.JPG", "äiti.jpg"),
        ("x" * 300 + ".jpeg", "x" * 116 + ".jpg"),
        ("", "file.jpg"),
    ],
)
def test_name_is_for_eyes_only(said: str, shown: str) -> None:
    assert tidy_name(said, "jpeg") == shown


def test_canvas_holds_fifty_files_and_frozen_ones_take_none(
    attach: Attach, canvas: Canvas, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach()
    monkeypatch.setattr(rules, "MOST_FILES", 1)
    with pytest.raises(Refused, match="as many files as it can"):
        attach()
    canvases.freeze(canvas, by=cast["owner"])
    canvas.refresh_from_db()
    with pytest.raises(Refused, match="frozen"):
        attach()
    assert Attachment.objects.count() == 1


def test_place_that_is_no_more_is_refused(attach: Attach, canvas: Canvas, cast: Cast, put: Put) -> None:
    item = put()
    canvases.change(canvas, "remove", item.pk, by=cast["convener"])
    assert "no longer on the canvas" in refusal_of(attach, b"", item=item.pk)
    assert "no longer on the canvas" in refusal_of(attach, b"", zone="nowhere")


@pytest.mark.req("S12")
def test_member_who_has_left_meanwhile_adds_nothing(attach: Attach, cast: Cast) -> None:
    assert "no longer" in refusal_of(attach, b"", by=cast["other_convener"])


@pytest.mark.req("R3")
def test_full_disk_is_told_and_leaves_nothing_half(
    attach: Attach, canvas: Canvas, works: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = store.write

    def full(path: Path, content: bytes) -> None:
        if path.suffix:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(path, content)

    monkeypatch.setattr(store, "write", full)
    answer = post(works, canvas, photo())
    assert (answer.status_code, "no room for files" in text_of(answer)) == (422, True)
    assert (on_disk(), Attachment.objects.count()) == ([], 0)


def test_row_that_cannot_be_written_leaves_no_file(attach: Attach, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_given: object, **_more: object) -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(actions, "record", lost)
    with pytest.raises(DatabaseError):
        attach()
    assert (on_disk(), Attachment.objects.count()) == ([], 0)
