"""`python -m rihma.base.files.examine.pdf`: whether a PDF shows pages and does nothing else. It is kept as it came."""

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import IndirectObject

from rihma.base.files.examine.child import Found, Unfit, run

ACTIVE = frozenset(
    [
        *("/JavaScript", "/JS", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/AA", "/XFA"),
        *("/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/Movie", "/Sound", "/Rendition", "/3D"),
    ]
)
# Sought in the bytes as well, because some objects stand in no table; long words, so that no picture has one by chance.
ACTIVE_PLAIN = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData)\b")
# Something that a browser or an unpacker would take for its own, before the first object or after the last.
PAGE = re.compile(rb"<(html|script|svg|body|iframe)\b|<!doctype", re.IGNORECASE)
HEAD, TAIL = 1_024, 70_000
SAYS_WHAT = ("/S", "/Subtype", "/Type")


def examine(content: bytes) -> Found:
    _check_alone(content)
    if ACTIVE_PLAIN.search(content):
        raise Unfit("active")
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise Unfit("locked")
        pages = len(reader.pages)
        if any(_is_active(found) for found in _objects(reader)):
            raise Unfit("active")
    except PyPdfError as problem:
        raise Unfit("broken") from problem
    if not pages:
        raise Unfit("broken")
    return {"pages": pages}, content, b""


def _check_alone(content: bytes) -> None:
    after = content[content.rfind(b"%%EOF") + 5 :]
    is_archive = b"PK\x05\x06" in content[-TAIL:] and b"PK\x01\x02" in content
    if PAGE.search(content[:HEAD]) or is_archive or (b"%%EOF" in content and len(after.strip()) > HEAD):
        raise Unfit("mixed")


def _objects(reader: PdfReader) -> Iterator[Any]:
    """Every object that its tables tell of, also those that no page leads to."""
    yield reader.trailer
    numbers = {number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)
    for number in sorted(numbers):
        yield IndirectObject(number, 0, reader).get_object()


def _is_active(found: Any) -> bool:
    """Whether something in it acts, however deep. References are not followed: each object is looked at by its number."""
    waiting = [found]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            for key, value in dict.items(one):
                if key in ACTIVE or (key in SAYS_WHAT and isinstance(value, str) and value in ACTIVE):
                    return True
                waiting.append(value)
        elif isinstance(one, list):
            waiting.extend(one)
    return False


if __name__ == "__main__":
    run(examine)
