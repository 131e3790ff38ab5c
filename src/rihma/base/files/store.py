"""The bytes of files on the disk: below RIHMA_DATA, each under a random name, safe there before a row speaks of it.

`<name>` is the file, `<name>.small` the little picture of it.
"""

import os
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

WHOLE, SMALL = "", ".small"
PIECE = 256 * 1024


def put(whole: bytes, small: bytes) -> str:
    """The name they stand under now, also should the power fail. Raises OSError, and leaves nothing half."""
    name = secrets.token_hex(16)
    folder = _folder(name)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write(folder / name, whole)
        if small:
            write(folder / (name + SMALL), small)
        _sync(folder)
        _sync(folder.parent)
    except OSError:
        drop(name)
        raise
    return name


def read(name: str, part: str = WHOLE) -> bytes:
    return (_folder(name) / (name + part)).read_bytes()


def pieces(name: str) -> Iterator[bytes]:
    """The same a piece at a time, for whoever passes it on and keeps nothing of it."""
    with (_folder(name) / name).open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def holds(name: str) -> bool:
    return (_folder(name) / name).exists()


def drop(name: str) -> None:
    """Gone, or was not there."""
    for part in (WHOLE, SMALL):
        (_folder(name) / (name + part)).unlink(missing_ok=True)


def older_than(moment: datetime) -> Iterator[str]:
    """Names of all that were written before: any of them without a row was left behind."""
    root: Path = settings.FILES
    for path in root.glob("*/*"):
        if path.stat().st_mtime < moment.timestamp():
            yield path.name.removesuffix(SMALL)


def _folder(name: str) -> Path:
    root: Path = settings.FILES
    return root / name[:2]


def write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """So that the name, too, outlives the power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
