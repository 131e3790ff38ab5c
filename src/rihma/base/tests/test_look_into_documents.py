"""Documents are taken for what they are and not for what they say; what acts, reaches out or unfolds is refused."""

import io
import struct
import zlib
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from rihma.base.files.kinds import GROUPS, check_takes, family_of, tidy_name
from rihma.base.files.looking import look
from rihma.base.refused import Refused

pytestmark = pytest.mark.req("S16")

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
MEGABYTE = 1024 * 1024


def ooxml(main: str = WORD, more: Mapping[str, str | bytes] | None = None, said: str = "<w:t>Plan</w:t>") -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        packed.writestr(
            "[Content_Types].xml", f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
        )
        packed.writestr("_rels/.rels", RELATIONS.format(""))
        packed.writestr("word/document.xml", f"<w:document>{said}</w:document>")
        for name, content in (more or {}).items():
            packed.writestr(name, content)
    return out.getvalue()


def odf(kind: str = "text", manifest: str = "<manifest/>", more: Mapping[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        packed.writestr(ZipInfo("mimetype"), f"application/vnd.oasis.opendocument.{kind}", ZIP_STORED)
        packed.writestr("content.xml", "<office:document-content/>")
        packed.writestr("META-INF/manifest.xml", manifest)
        for name, content in (more or {}).items():
            packed.writestr(name, content)
    return out.getvalue()


def refusal_of(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        look(content, check_takes(content, list(GROUPS), most=10 * MEGABYTE))
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (ooxml(), "docx"),
        (ooxml(SHEET), "xlsx"),
        (ooxml(SLIDES, {"ppt/embeddings/Microsoft_Excel_Sheet1.xlsx": ooxml(SHEET)}), "pptx"),
        (odf(), "odt"),
        (odf("spreadsheet"), "ods"),
        (odf("presentation"), "odp"),
        (
            ooxml(
                more={
                    "word/_rels/document.xml.rels": RELATIONS.format(
                        '<Relationship Type="http://x/relationships/hyperlink" Target="https://a.example" TargetMode="External"/>'
                    )
                }
            ),
            "docx",
        ),
    ],
)
def test_document_is_known_by_what_is_in_it_and_kept_as_it_came(content: bytes, kind: str) -> None:
    looked = look(content, "office")
    assert (looked.kind, looked.whole, looked.small) == (kind, content, b"")


def reaching(kind: str) -> bytes:
    told = f'<Relationship Type="http://x/relationships/{kind}" Target="http://evil.example/a" TargetMode="External"/>'
    return ooxml(more={"word/_rels/settings.xml.rels": RELATIONS.format(told)})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (ooxml(WORD.replace("main+xml", 'main+xml" x="macroEnabled')), "macros"),
        (ooxml(more={"word/vbaProject.bin": b"\x01"}), "macros"),
        (ooxml(more={"word/VBAPROJECT.BIN": b"\x01"}), "macros"),
        (ooxml(more={"word/activeX/activeX1.xml": "<ax/>"}), "macros"),
        (ooxml(SHEET, {"xl/macrosheets/sheet1.xml": "<x/>"}), "macros"),
        (odf(more={"Basic/Standard/Module1.xml": b"<x/>"}), "macros"),
        (reaching("attachedTemplate"), "fetches something"),
        (reaching("oleObject"), "fetches something"),
        (reaching("image"), "fetches something"),
        (ooxml(said="<w:instrText>DDE</w:instrText><w:instrText>AUTO c:\\\\x</w:instrText>"), "fetches something"),
        (ooxml(more={"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}), "carries other files"),
        (ooxml(more={"word/media/image1.png": b"MZ\x90\x00"}), "carries other files"),
        (ooxml(more={"word/media/a.zip": b"PK\x05\x06" + b"\x00" * 18}), "carries other files"),
        (
            ooxml(more={"word/embeddings/a.docx": ooxml(more={"word/embeddings/b.docx": ooxml()})}),
            "carries other files",
        ),
        (ooxml(more={"word/embeddings/a.docx": ooxml(more={"word/vbaProject.bin": b"\x01"})}), "macros"),
        (ooxml(said='<!DOCTYPE a [<!ENTITY b "c">]>'), "damaged"),
        (odf(manifest="<manifest:encryption-data/>"), "locked with a password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, "old Office file"),
        (ooxml("text/plain"), "not a document but an archive"),
        (ooxml(more={"../../evil.xml": "<x/>"}), "not a document but an archive"),
        (ooxml(more={"/etc/evil.xml": "<x/>"}), "not a document but an archive"),
        (ooxml()[:-30], "damaged"),
        (ooxml() + b"<script>alert(1)</script>", "two kinds of file"),
        (b"PK\x03\x04" + b"\x00" * 40 + ooxml(), "two kinds of file"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "not taken here"),
        (b"<!doctype html><script>alert(1)</script>", "not taken here"),
        (b"MZ" + ooxml(), "not taken here"),
        (b"", "empty"),
        (b"%PDF-1.7\n<script>alert(1)</script>\n%%EOF", "two kinds of file"),
        (b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n" + ooxml(), "two kinds of file"),
        (ooxml() + b"\x00" * (10 * MEGABYTE), "larger than 10 MB"),
    ],
)
def test_what_acts_reaches_out_or_is_something_else_is_refused_in_words(content: bytes, words: str) -> None:
    assert words in refusal_of(content)


def test_ten_kilobytes_that_unfold_to_gigabytes_are_refused() -> None:
    bomb = ooxml(more={f"word/media/{number}.png": b"\x00" * (8 * MEGABYTE) for number in range(3)})
    assert len(bomb) < MEGABYTE // 20
    assert "far larger" in refusal_of(bomb)


def test_many_entries_that_are_little_each_are_refused_for_what_they_come_to() -> None:
    assert "far larger" in refusal_of(ooxml(more={f"word/media/{number}.png": b"" for number in range(4_000)}))


def test_entries_that_lie_over_each_other_are_refused() -> None:
    """As in bombs of which each entry unfolds the same bytes again."""
    assert "far larger" in refusal_of(_overlapping())


def _overlapping() -> bytes:
    """A document whose list names one more entry at the place of an entry that is there."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", f'<Override ContentType="{WORD}"/>')
        packed.writestr("word/a.xml", b"a" * 50_000)
        again = ZipInfo("word/a.xml")
        found = packed.getinfo("word/a.xml")
        for name in ("CRC", "compress_size", "file_size", "header_offset", "compress_type"):
            setattr(again, name, getattr(found, name))
        packed.filelist.append(again)
    return out.getvalue()


def test_length_that_is_a_lie_is_found() -> None:
    content = bytearray(ooxml(more={"word/a.xml": b"a" * 50_000}))
    place = content.rfind(b"word/a.xml") - 46
    content[place + 24 : place + 28] = struct.pack("<I", 10)
    content[place + 16 : place + 20] = struct.pack("<I", zlib.crc32(b"a" * 10))
    assert refusal_of(bytes(content))


@pytest.mark.parametrize(
    ("said", "kind", "shown"),
    [
        ("plan.pdf.exe", "pdf", "plan.pdf"),
        ("plan.exe.pdf", "pdf", "plan.pdf"),
        ("plan.v2.docx", "docx", "plan.v2.docx"),
        ("..\\..\\plan.pdf", "pdf", "plan.pdf"),
        ("plan\u202efdp.docx", "docx", "planfdp.docx"),
        ("計画 خطة.odt", "odt", "計画 خطة.odt"),
        ("a\u0308.PDF", "pdf", "ä.pdf"),
        ("p" * 300 + ".pdf", "pdf", "p" * 116 + ".pdf"),
        ("\x00", "pdf", "file.pdf"),
        (".pdf", "pdf", "pdf.pdf"),
    ],
)
def test_name_ends_as_what_the_file_is_and_hides_nothing(said: str, kind: str, shown: str) -> None:
    assert tidy_name(said, kind) == shown


def test_first_bytes_tell_what_is_worth_looking_into() -> None:
    made: dict[bytes, str | None] = {b"%PDF-1.4": "pdf", ooxml()[:8]: "office", b"GIF89a": None, b"": None}
    assert {content: family_of(content) for content in made} == made
