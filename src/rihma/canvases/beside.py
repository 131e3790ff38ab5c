"""What stands beside the items of a canvas, kept by areas above: comments, votes, files.

They say so in the settings (CANVAS_BESIDE), so that it is taken out with the canvas, and brought in again where it can be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec
from django.conf import settings
from django.utils.module_loading import import_string

from rihma.base.refused import Refused

if TYPE_CHECKING:
    from rihma.accounts.models import Person
    from rihma.canvases.models import Canvas


@dataclass(frozen=True)
class Line:
    """`lang`: of the text, where it is somebody's words; `about`: who and when; `is_answer`: to the line before."""

    text: str
    lang: str = ""
    about: str = ""
    is_answer: bool = False


@dataclass(frozen=True)
class Part:
    """What belongs to no single item: a section of its own behind the zones."""

    title: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Table:
    """The same as rows, for a sheet of a workbook."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[object]]


@dataclass(frozen=True)
class Taken:
    """All of one area, as it goes out. `data` stands in the file under the area's name."""

    at_items: Mapping[UUID, Sequence[Line]] = field(default_factory=dict)
    parts: Sequence[Part] = ()
    tables: Sequence[Table] = ()
    data: Any = None


class Beside:
    """What an area says of itself; what cannot come back says nothing to `bring_in`."""

    key: str

    def take_out(self, canvas: "Canvas") -> Taken:
        raise NotImplementedError

    def read(self, raw: bytes) -> Any:
        """Refuses what it did not write. What it gives goes to `bring_in`."""

    def bring_in(self, canvas: "Canvas", said: Any, came: Mapping[str, UUID], *, by: "Person") -> None:
        """`came`: which item each id of the file has become; what stood at others stays out."""


def as_written[Said](raw: bytes, said: type[Said], words: str) -> Said:
    """What `take_out` gave as `data`; anything else is refused in these words."""
    try:
        return msgspec.json.decode(raw, type=said)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise Refused("invalid", words, "text") from error


@cache
def areas() -> Sequence[Beside]:
    return [import_string(path) for path in settings.CANVAS_BESIDE]


def taken_out(canvas: "Canvas") -> dict[str, Taken]:
    return {area.key: area.take_out(canvas) for area in areas()}
