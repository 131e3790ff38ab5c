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

from rihma.records.models import Case
from rihma.records.taking_out.paper import case_pdf, copy_pdf
from rihma.records.taking_out.told import case_told

# The first moment that a zip can tell, so that the same case is the same bytes whenever it is taken out.
MOMENT = (1980, 1, 1, 0, 0, 0)
PLAIN_FILE = 0o644 << 16
UNIX = 3

type File = tuple[str, bytes]


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
                digests.append(f"{sha256(content).hexdigest()}  {name}\n")
                zipped.writestr(_entry(name), content)
                yield sink.taken()
        zipped.writestr(_entry("SHA256SUMS"), "".join(digests))
    yield sink.taken()


def files_of(case: Case, folder: str) -> list[File]:
    """In the language of its team: whoever takes it out, the same words."""
    with translation.override(case.application.team.language):
        data = json.dumps(case_told(case), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1, sort_keys=True)
        return [
            (f"{folder}/case.json", data.encode()),
            (f"{folder}/case.pdf", case_pdf(case)),
            (f"{folder}/copy.pdf", copy_pdf(case)),
        ]


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
