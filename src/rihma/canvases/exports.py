"""A canvas as a file: for spreadsheets, for documents, for programs."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rihma.base.dates import utc
from rihma.canvases.kinds import Day, Number, Scale
from rihma.canvases.models import Item
from rihma.canvases.shown import Board, Place, Shown

# A cell that begins with one of these would run as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
MARKS = re.compile(r"([\\`*_{}\[\]<>()#+!|~&])")
BOM = "\ufeff"


def to_csv(board: Board) -> str:
    """Semicolons and a byte order mark: what Finnish and Swedish spreadsheets open without asking."""
    file = io.StringIO()
    file.write(BOM)
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(_heads(board))
    for row in _rows(board):
        writer.writerow([_cell(value) for value in row])
    return file.getvalue()


def to_markdown(board: Board) -> str:
    lines = [f"# {_plain(str(board.canvas))}", ""]
    for column in board.columns:
        lines += [f"## {column.zone.name}", ""]
        lines += [line for shown in column.items for line in _bullet(shown)] or [_("Nothing yet.")]
        lines.append("")
    if board.unreadable:
        lines += ["## " + _("Items that cannot be shown"), ""]
        lines += [f"- {_plain(item.text)}" for item in board.unreadable] + [""]
    return "\n".join(lines)


def to_json(board: Board) -> str:
    kind = board.kind
    data = {
        "id": str(board.canvas.pk),
        "kind": board.canvas.kind,
        "kind_version": board.canvas.kind_version,
        "head": board.canvas.head,
        "changed_at": utc(board.canvas.changed_at),
        "licence": kind.licence if kind else "",
        "items": [
            *(_data(shown.item, readable=True) for shown in board.shown),
            *(_data(item, readable=False) for item in board.unreadable),
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


@dataclass(frozen=True)
class Format:
    write: Callable[[Board], str]
    content_type: str


FORMS = {
    "csv": Format(to_csv, "text/csv; charset=utf-8"),
    "md": Format(to_markdown, "text/markdown; charset=utf-8"),
    "json": Format(to_json, "application/json"),
}


def _heads(board: Board) -> list[str]:
    return [
        "id",
        _("Zone"),
        _("What"),
        _("Text"),
        _("Language"),
        *_columns(board).values(),
        _("By"),
        _("Added"),
        _("Changed"),
        _("Other texts"),
        _("Shown"),
    ]


def _columns(board: Board) -> dict[str, str]:
    """A column for each field that some kind of item has; kinds that share a name of a field share the column."""
    items = board.kind.items if board.kind else ()
    return {field.key: str(field.name) for item in items for field in item.fields if field != item.identity}


def _rows(board: Board) -> Iterator[list[Any]]:
    columns = _columns(board)
    for shown in board.shown:
        places = {place.field.key: place for place in shown.places}
        values = [_value(places[key]) if key in places else "" for key in columns]
        first = _first(shown.item, str(shown.zone.name), str(shown.kind.name), shown.text)
        yield [*first, *values, *_last(shown.item), _("yes")]
    empty = [""] * (len(_heads(board)) - len(FIXED))
    for item in board.unreadable:
        yield [*_first(item, item.zone, item.kind, item.text), *empty, *_last(item), _("no, unreadable")]


def _value(place: Place) -> Any:
    """Numbers as numbers, days as spreadsheets know them, words in the reader's language."""
    return place.value if isinstance(place.field, Scale | Number | Day) else place.word


FIXED = ("id", "zone", "what", "text", "language", "by", "added", "changed", "others", "shown")


def _first(item: Item, zone: str, what: str, text: str) -> list[str]:
    return [str(item.pk), zone, what, text, item.lang]


def _last(item: Item) -> list[str]:
    others = " | ".join(
        str(other["text"]) for other in item.alternatives if isinstance(other, dict) and "text" in other
    )
    return [str(item.writer or ""), utc(item.made_at), utc(item.changed_at), others]


def _cell(value: object) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _bullet(shown: Shown) -> Iterator[str]:
    where = ", ".join(f"{place.field.name}: {_plain(str(place.word))}" for place in shown.said)
    yield f"- {_plain(shown.text)} ({where})" if where else f"- {_plain(shown.text)}"
    for other in shown.others:
        yield "  - " + _("or: %(text)s") % {"text": _plain(other.alternative["text"])}


def _plain(text: str) -> str:
    """People's words as words: no mark of theirs becomes a heading, a link or a tag."""
    return MARKS.sub(r"\\\1", " ".join(text.split()))


def _data(item: Item, *, readable: bool) -> dict[str, Any]:
    return {
        "id": str(item.pk),
        "kind": item.kind,
        "zone": item.zone,
        "order": item.order,
        "text": item.text,
        "lang": item.lang,
        "fields": item.fields,
        "alternatives": item.alternatives,
        "by": str(item.writer) if item.writer else None,
        "made_at": utc(item.made_at),
        "changed_at": utc(item.changed_at),
        "readable": readable,
    }
