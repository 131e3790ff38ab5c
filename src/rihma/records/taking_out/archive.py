"""One zip, written while it is sent, so that a thousand cases take no more memory than one."""

import json
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import chain, count
from typing import IO, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import translation

from rihma.base.files import store
from rihma.records.models import Case
from rihma.records.taking_out.paper import case_pdf, copy_pdf
from rihma.records.taking_out.sent_along import place_of, sent_along
from rihma.records.taking_out.told import case_told

# The first moment that a zip can tell, so that the same case is the same bytes whenever it is taken out.
MOMENT = (1980, 1, 1, 0, 0, 0)
PLAIN_FILE = 0o644 << 16
UNIX = 3
MOST_WAITING = 4

type File = tuple[str, Iterable[bytes]]


def folder_of(case: Case) -> str:
    """Its number, as any file system takes it."""
    return re.sub(r"[^\w-]+", "-", case.number, flags=re.ASCII).strip("-") or str(case.pk)


def archived(cases: Iterable[Case]) -> Iterator[bytes]:
    """The bytes of the zip: a folder a case, and at the end the digests of all files, as `sha256sum -c` reads them."""
    sink = _Sink()
    digests, folders = [], set[str]()
    with ZipFile(cast("IO[bytes]", sink), "w", ZIP_DEFLATED) as zipped:
        for case in cases:
            folder = _free(folder_of(case), folders)
            for name, content in files_of(case, folder):
                digest = sha256()
                with zipped.open(_entry(name), "w") as entry:
                    for piece in content:
                        digest.update(piece)
                        entry.write(piece)
                        # So that of a large file no more than a few pieces wait here.
                        if len(sink.waiting) > MOST_WAITING:
                            yield sink.taken()
                yield sink.taken()
                digests.append(f"{digest.hexdigest()}  {name}\n")
        zipped.writestr(_entry("SHA256SUMS"), "".join(digests))
    yield sink.taken()


def files_of(case: Case, folder: str) -> Iterator[File]:
    """In the language of its team: whoever takes it out, the same words. Then what was sent along, as it is kept."""
    with translation.override(case.application.team.language):
        data = json.dumps(case_told(case), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1, sort_keys=True)
        papers = [("case.json", data.encode()), ("case.pdf", case_pdf(case)), ("copy.pdf", copy_pdf(case))]
    yield from ((f"{folder}/{name}", [content]) for name, content in papers)
    for row in sent_along(case.application):
        # One whose bytes are lost is told in case.json, and keeps nothing else from being taken out.
        if store.holds(row.file):
            yield f"{folder}/{place_of(row)}", store.pieces(row.file)


def _free(folder: str, folders: set[str]) -> str:
    """Two numbers may look alike once a file system has taken them."""
    free = next(name for name in chain([folder], (f"{folder}_{n}" for n in count(2))) if name not in folders)
    folders.add(free)
    return free


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, MOMENT)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = PLAIN_FILE
    entry.create_system = UNIX
    return entry


class _Sink:
    """A file that cannot go back: what was written is taken and forgotten."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def write(self, written: bytes) -> int:
        self.waiting.append(bytes(written))
        return len(written)

    def flush(self) -> None:
        """What was written is there at once."""

    def taken(self) -> bytes:
        taken, self.waiting = b"".join(self.waiting), []
        return taken
