"""A canvas as a table: a row an item, for spreadsheets."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from rihma.base.dates import utc
from rihma.base.workbook import FORMULA
from rihma.canvases.kinds import Day, Number, Scale
from rihma.canvases.models import Item
from rihma.canvases.shown import Board, Place, Shown
from rihma.canvases.taking_out import told

BOM = "\ufeff"


def to_csv(board: Board) -> str:
    """Semicolons and a byte order mark: what Finnish and Swedish spreadsheets open without asking."""
    file = io.StringIO()
    file.write(BOM)
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads(board))
    for row in rows(board):
        writer.writerow([_cell(value) for value in row])
    return file.getvalue()


def heads(board: Board) -> list[str]:
    return [
        "id",
        _("Zone"),
        _("What"),
        _("Text"),
        _("Language"),
        *_columns(board).values(),
        _("Group"),
        _("Tags"),
        _("Said by"),
        _("Belongs to"),
        _("Translations"),
        _("By"),
        _("Added"),
        _("Changed"),
        _("Other texts"),
        _("Shown"),
    ]


def rows(board: Board) -> Iterator[list[Any]]:
    columns = _columns(board)
    texts = {str(shown.item.pk): shown.text for shown in board.shown}
    for shown in board.shown:
        places = {place.field.key: place for place in shown.places}
        values = [_value(places[key]) if key in places else "" for key in columns]
        first = _first(shown.item, str(shown.zone.name), str(shown.kind.name), shown.text)
        yield [*first, *values, *_marked(shown, texts), *_last(shown.item), _("yes")]
    for item in board.unreadable:
        first, last = _first(item, item.zone, item.kind, item.text), _last(item)
        yield [*first, *[""] * (len(columns) + MARKED), *last, _("no, unreadable")]


def _columns(board: Board) -> dict[str, str]:
    """A column for each field that some kind of item has; kinds that share a name of a field share the column."""
    items = board.kind.items if board.kind else ()
    return {field.key: str(field.name) for item in items for field in item.fields if field != item.identity}


def _value(place: Place) -> Any:
    """Numbers as numbers, days as spreadsheets know them, words in the reader's language."""
    if isinstance(place.field, Day):
        return date.fromisoformat(place.value)
    if isinstance(place.field, Number):
        return Decimal(str(place.value))
    return place.value if isinstance(place.field, Scale) else place.word


def _first(item: Item, zone: str, what: str, text: str) -> list[str]:
    return [str(item.pk), zone, what, text, item.lang]


MARKED = 5


def _marked(shown: Shown, texts: dict[str, str]) -> list[Any]:
    return [
        told.group_of(shown),
        ", ".join(told.tags_of(shown)),
        shown.item.marks.get("people", ""),
        " | ".join(told.links(shown, texts)),
        " | ".join(f"{one.lang}: {one.text}" for one in told.translations(shown)),
    ]


def _last(item: Item) -> list[Any]:
    others = " | ".join(
        str(other["text"]) for other in item.alternatives if isinstance(other, dict) and "text" in other
    )
    return [str(item.writer or ""), item.made_at, item.changed_at, others]


def _cell(value: object) -> str:
    text = utc(value) if isinstance(value, datetime) else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
