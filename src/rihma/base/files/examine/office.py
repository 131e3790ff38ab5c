"""`python -m rihma.base.files.examine.office office`: whether a zip is a document, and does nothing but be read.

Read are its entries as bytes; no XML is taken apart, so that nothing in it can unfold. It is kept as it came.
"""

import io
import re
import zlib
from collections.abc import Iterator
from zipfile import BadZipFile, ZipFile, ZipInfo

from rihma.base.files.examine.child import Found, Unfit, run

MOST_ENTRIES = 3_000
MOST_UNPACKED = 200 * 1024 * 1024
# XML of documents packs 20 to 1, an empty table 100 to 1; deflate cannot do more than 1032 to 1.
MOST_RATIO, FREE = 200, 2 * 1024 * 1024
MOST_LIST = 2 * 1024 * 1024
# A document in a document in a document is nobody's chart any more.
DEEPEST = 1
PIECE = 256 * 1024
# Between two entries stands at most what tells the length of the one before.
MOST_GAP = 32
HEAD = 30
END, END_LENGTH = b"PK\x05\x06", 22
LOCKED_FLAG, UTF8_FLAG = 0x1, 0x800
STORED, DEFLATED = 0, 8

OOXML = {
    b"wordprocessingml.document.main+xml": "docx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
    b"presentationml.presentation.main+xml": "pptx",
}
ODF = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
MACROS = re.compile(
    r"vbaproject|vbadata|macrosheets/|dialogsheets/|activex|customui|^basic/|^scripts/|^dialogs/", re.IGNORECASE
)
CARRIES = re.compile(r"\.(zip|rar|7z|exe|dll|js|vbs|bat|cmd|ps1|jar|html?|svgz|docm|xlsm|pptm)$", re.IGNORECASE)
DOCUMENT = re.compile(r"\.(docx|xlsx|pptx|odt|ods|odp)$", re.IGNORECASE)
MARKUP = re.compile(r"\.(xml|rels|vml)$", re.IGNORECASE)
# Drawings of Office link to pages, and that is all that may lead out of a document.
LEADS_OUT = re.compile(rb"<Relationship\b[^>]*>", re.IGNORECASE)
FIELD = re.compile(rb"<w:instrText[^>]*>([^<]*)|w:instr=\"([^\"]*)\"")
DDE = re.compile(rb"\bDDE(AUTO)?\b|INCLUDETEXT|INCLUDEPICTURE\s+\"?(https?:|\\\\)", re.IGNORECASE)


class Budget:
    """What one file may come to, with all that stands in it."""

    def __init__(self) -> None:
        self.left, self.entries = MOST_UNPACKED, MOST_ENTRIES

    def take(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise Unfit("bomb")


def examine(content: bytes) -> Found:
    return {"kind": _document(content, Budget(), depth=0)}, content, b""


def _document(content: bytes, budget: Budget, *, depth: int) -> str:
    """Which kind it is; whatever is wrong with it or with what stands in it ends here."""
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
            budget.entries -= len(entries)
            if budget.entries < 0:
                raise Unfit("bomb")
            _check_whole(content, packed, entries)
            _check_names(entries)
        kind = _kind(content, entries)
        for entry in entries:
            _check_entry(content, entry, budget, depth)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as problem:
        raise Unfit("broken") from problem
    return kind


def _check_whole(content: bytes, packed: ZipFile, entries: list[ZipInfo]) -> None:
    """One entry behind the other from the first byte on, then their list, then the end: nothing lies over or between."""
    end = len(content) - END_LENGTH
    if content[end : end + 4] != END or packed.comment:
        raise Unfit("mixed")
    place = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        start = entry.header_offset
        if start < place:
            raise Unfit("bomb")
        if start - place > (MOST_GAP if place else 0):
            raise Unfit("mixed")
        head = content[start : start + HEAD]
        if len(head) < HEAD or head[:4] != b"PK\x03\x04":
            raise Unfit("broken")
        named = content[start + HEAD : start + HEAD + int.from_bytes(head[26:28], "little")]
        # Who reads from the front and who reads the list must find the same names.
        if named.decode("utf-8" if entry.flag_bits & UTF8_FLAG else "cp437", "replace") != entry.orig_filename:
            raise Unfit("mixed")
        place = _begins(content, entry) + entry.compress_size
    listed = packed.start_dir
    if listed < place:
        raise Unfit("bomb")
    if listed - place > MOST_GAP:
        raise Unfit("mixed")


def _begins(content: bytes, entry: ZipInfo) -> int:
    """Where its packed bytes stand: behind a head with a name and something more, of lengths that the head tells."""
    start = entry.header_offset
    head = content[start : start + HEAD]
    return start + HEAD + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")


def _unpacked(content: bytes, entry: ZipInfo) -> Iterator[bytes]:
    """Piece by piece to the end, whatever length and check sum the entry claims; both must have been true then."""
    start = _begins(content, entry)
    packed = content[start : start + entry.compress_size]
    length = check = 0
    for piece in _stored(packed) if entry.compress_type == STORED else _inflated(packed):
        length += len(piece)
        check = zlib.crc32(piece, check)
        yield piece
    if (length, check) != (entry.file_size, entry.CRC):
        raise Unfit("broken")


def _stored(packed: bytes) -> Iterator[bytes]:
    yield from (packed[place : place + PIECE] for place in range(0, len(packed), PIECE))


def _inflated(packed: bytes) -> Iterator[bytes]:
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    while packed and not inflating.eof:
        yield inflating.decompress(packed, PIECE)
        packed = inflating.unconsumed_tail
    if not inflating.eof or inflating.unused_data:
        raise Unfit("broken")


def _check_names(entries: list[ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names):
        raise Unfit("mixed")
    for entry in entries:
        parts = entry.filename.replace("\\", "/").split("/")
        if entry.filename.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
            raise Unfit("not_office")
        if entry.flag_bits & LOCKED_FLAG:
            raise Unfit("document_locked")
        if entry.compress_type not in (STORED, DEFLATED):
            raise Unfit("broken")
        if MACROS.search(entry.filename):
            raise Unfit("macros")
        if CARRIES.search(entry.filename):
            raise Unfit("carries")


def _kind(content: bytes, entries: list[ZipInfo]) -> str:
    named = {entry.filename: entry for entry in entries}
    if types := _read(content, named.get("[Content_Types].xml")):
        if re.search(rb"macroEnabled|vbaProject|ms-office\.activeX", types, re.IGNORECASE):
            raise Unfit("macros")
        found = {kind for said, kind in OOXML.items() if said in types}
        if len(found) == 1:
            return found.pop()
    elif entries and entries[0].filename == "mimetype":
        kind = ODF.get(_read(content, entries[0]).strip())
        if kind and (manifest := _read(content, named.get("META-INF/manifest.xml"))):
            if b"encryption-data" in manifest:
                raise Unfit("document_locked")
            return kind
    raise Unfit("not_office")


def _read(content: bytes, entry: ZipInfo | None) -> bytes:
    """A short one: its kind, its list."""
    read = bytearray()
    for piece in _unpacked(content, entry) if entry else ():
        read += piece
        if len(read) > MOST_LIST:
            raise Unfit("bomb")
    return bytes(read)


def _check_entry(content: bytes, entry: ZipInfo, budget: Budget, depth: int) -> None:
    """Unpacked to the end, because only then it is known how long it is."""
    is_markup, is_document = bool(MARKUP.search(entry.filename)), bool(DOCUMENT.search(entry.filename))
    kept, length = bytearray(), 0
    for piece in _unpacked(content, entry):
        if not length:
            _check_first(piece, is_document=is_document)
        budget.take(len(piece))
        length += len(piece)
        if length > FREE and length > MOST_RATIO * max(entry.compress_size, 1):
            raise Unfit("bomb")
        if is_document or is_markup:
            kept += piece
    if is_markup:
        _check_markup(bytes(kept), is_relations=entry.filename.lower().endswith(".rels"))
    if is_document:
        if depth >= DEEPEST:
            raise Unfit("carries")
        _document(bytes(kept), budget, depth=depth + 1)


def _check_first(piece: bytes, *, is_document: bool) -> None:
    """Another archive, program or container, whatever it is called."""
    if piece.startswith((b"PK\x03\x04", b"PK\x05\x06")) and not is_document:
        raise Unfit("carries")
    if piece.startswith((b"MZ", b"\x7fELF", b"Rar!", b"7z\xbc\xaf", b"\xd0\xcf\x11\xe0", b"%PDF-", b"\x1f\x8b\x08")):
        raise Unfit("carries")


def _check_markup(text: bytes, *, is_relations: bool) -> None:
    if b"\x00" in text[:4]:
        # In sixteen bits nothing below would be found; documents are not written so.
        text = text.decode("utf-16", "replace").encode()
    if re.search(rb"<!(DOCTYPE|ENTITY)", text[:PIECE], re.IGNORECASE):
        raise Unfit("broken")
    if is_relations:
        for one in LEADS_OUT.findall(text):
            if re.search(rb'TargetMode\s*=\s*["\']External', one) and not re.search(rb'/hyperlink["\']', one):
                raise Unfit("reaches")
    said = b"".join(b"".join(parts) for parts in FIELD.findall(text))
    if DDE.search(said) or b"<ddeLink" in text or b"<ms:script" in text or b"<script:event-listener" in text:
        raise Unfit("reaches")


if __name__ == "__main__":
    run(examine)
