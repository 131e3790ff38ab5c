"""Sheets from the database and back: a fixed number of statements a batch, however many operations are in it.

Written by hand, because building each row through the ORM costs more than all the rest of an operation.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection, models

from rihma.canvases import kinds, log, marks
from rihma.canvases.models import Canvas, Item, Operation
from rihma.canvases.sheet import Sheet
from rihma.canvases.types import Line, Proposed, State, device_of

LINE = ("canvas", "seq", "client_id", "verb", "item", "payload", "base", "by", "guest", "at")
ITEM = ("id", "canvas", *State.__struct_fields__)
# Which of an item's columns an operation may change; the others stay as they were added.
CHANGED = (
    *("zone", "order", "text", "lang", "fields", "alternatives", "removed", "text_seq", "changed_at"),
    *("marks", "hidden"),
)

FEW = 20

encode = msgspec.json.Encoder().encode


class Foreign(Exception):
    """An item's id lies on another canvas. The transaction must be given up."""


class Log:
    """The log of one canvas in the database, for what a sheet does not remember."""

    def __init__(self, canvas: UUID) -> None:
        self.rows = Operation.objects.filter(canvas=canvas)
        self.items = Item.objects.filter(canvas=canvas)

    def last_text(self, item: UUID, base: int, device: str) -> Line | None:
        rows = self.rows.filter(item=item, seq__gt=base, payload__has_key="text").order_by("-seq")
        if device:
            rows = rows.filter(client_id__startswith=device)
        # Asked again here, because databases do not agree on capital letters.
        found = (row for row in rows.iterator(FEW) if not device or device_of(row.client_id) == device)
        row = next(found, None)
        return line_of(row) if row else None

    def text_at(self, item: UUID, base: int) -> str | None:
        row = self.rows.filter(item=item, seq__lte=base, payload__has_key="text").order_by("-seq").first()
        return str(row.payload["text"]) if row else None

    def places(self) -> Iterable[tuple[UUID, str, str, bool]]:
        return self.items.values_list("pk", "zone", "order", "removed")


def line_of(row: Operation) -> Line:
    return Line(**{name: getattr(row, name) for name in Line.__struct_fields__})


def sheet_for(canvas: Canvas, operations: Sequence[Proposed]) -> Sheet:
    """With what these operations speak of."""
    sheet = _empty(canvas)
    spoken_of = {proposed.item for proposed in operations}
    spoken_of |= {end for proposed in operations for end in marks.ends(proposed.payload)}
    found = Item.objects.filter(pk__in=spoken_of)
    sheet.items = {item.pk.int: item.state for item in found if item.canvas_id == canvas.pk}
    sheet.foreign = {item.pk.int for item in found if item.canvas_id != canvas.pk}
    remember(sheet, operations)
    return sheet


def whole_sheet(canvas: Canvas) -> Sheet:
    sheet = _empty(canvas)
    sheet.items = {item.pk.int: item.state for item in canvas.items.all()}
    return sheet


def catch_up(sheet: Sheet) -> None:
    """Take in what others wrote meanwhile."""
    for row in Operation.objects.filter(canvas=sheet.pk, seq__gt=sheet.head).order_by("seq"):
        before = sheet.items.get(row.item.int)
        sheet.put(line_of(row), before, log.step(before, row))
    sheet.written()


def remember(sheet: Sheet, operations: Sequence[Proposed]) -> None:
    """Look up whether any of these was taken before, and whether their items are of this canvas at all."""
    ids = {proposed.client_id for proposed in operations}
    known = Operation.objects.filter(canvas=sheet.pk, client_id__in=ids)
    sheet.known |= {row.client_id: line_of(row) for row in known}
    items = {proposed.item for proposed in operations}
    elsewhere = Item.objects.filter(pk__in=items).exclude(canvas=sheet.pk).values_list("pk", flat=True)
    sheet.foreign |= {pk.int for pk in elsewhere}


def _empty(canvas: Canvas) -> Sheet:
    return Sheet(
        pk=canvas.pk,
        kind=kinds.of(canvas),
        state=canvas.state,
        head=canvas.head,
        live=canvas.items.live().count(),
        past=Log(canvas.pk),
    )


def write(sheets: Iterable[Sheet], at: datetime) -> None:
    """Everything that the sheets took, inside the caller's transaction."""
    sheets = [sheet for sheet in sheets if sheet.lines]
    if not sheets:
        return
    lines = [_line_row(sheet.pk, line) for sheet in sheets for line in sheet.lines]
    items = [_item_row(sheet.pk, pk, sheet.items[pk]) for sheet in sheets for pk in sheet.touched]
    with connection.cursor() as cursor:
        cursor.execute(_insert_lines(connection.vendor), [encode(lines).decode()])
        cursor.execute(_upsert_items(connection.vendor), [encode(items).decode()])
        if cursor.rowcount != len(items):
            raise Foreign
        cursor.executemany(_update_head(), [(sheet.head, moment(at), _id(sheet.pk)) for sheet in sheets])


@lru_cache(maxsize=1024)
def moment(at: datetime) -> str:
    """As both databases take it in."""
    return str(at.astimezone(UTC).replace(tzinfo=None))


def _id(pk: UUID | None) -> str | None:
    return pk.hex if pk else None


def _line_row(canvas: UUID, line: Line) -> tuple[Any, ...]:
    return (
        canvas.hex,
        line.seq,
        line.client_id,
        line.verb,
        line.item.hex,
        line.payload,
        line.base,
        _id(line.by_id),
        _id(line.guest_id),
        moment(line.at),
    )


def _item_row(canvas: UUID, pk: int, state: State) -> tuple[Any, ...]:
    return (
        f"{pk:032x}",
        canvas.hex,
        state.kind,
        state.zone,
        state.order,
        state.text,
        state.lang,
        _id(state.by_id),
        moment(state.made_at),
        moment(state.changed_at),
        state.text_seq,
        _id(state.guest_id),
        state.fields,
        state.alternatives,
        state.removed,
        state.marks,
        state.hidden,
    )


@cache
def _insert_lines(_vendor: str) -> str:
    return _insert(Operation, LINE)


@cache
def _upsert_items(_vendor: str) -> str:
    columns = [_column(Item, name) for name in CHANGED]
    changes = ", ".join(f"{column} = excluded.{column}" for column in columns)
    table, canvas = _quoted(Item._meta.db_table), _column(Item, "canvas")
    # An id that is taken on another canvas changes nothing, and `write` counts that.
    same = f"{table}.{canvas} = excluded.{canvas}"
    return f"{_insert(Item, ITEM)} WHERE true ON CONFLICT ({_column(Item, 'id')}) DO UPDATE SET {changes} WHERE {same}"


@cache
def _update_head() -> str:
    head, changed_at, pk = (_column(Canvas, name) for name in ("head", "changed_at", "id"))
    table = _quoted(Canvas._meta.db_table)
    return " ".join(("UPDATE", table, f"SET {head} = %s, {changed_at} = %s", f"WHERE {pk} = %s"))


def _insert(model: type[models.Model], names: Sequence[str]) -> str:
    """One statement takes a JSON array of rows: so Python steps aside once a batch, not once a row."""
    columns = ", ".join(_column(model, name) for name in names)
    values = ", ".join(_value(model, name, place) for place, name in enumerate(names))
    each = "json_each(%s)" if connection.vendor == "sqlite" else "json_array_elements(%s::json) AS each(value)"
    table = _quoted(model._meta.db_table)
    return " ".join(("INSERT INTO", table, f"({columns})", "SELECT", values, "FROM", each))


def _value(model: type[models.Model], name: str, place: int) -> str:
    field = _field(model, name)
    arrow = "->" if isinstance(field, models.JSONField) else "->>"
    value = f"(value {arrow} {place})"
    return value if connection.vendor == "sqlite" else f"{value}::{field.rel_db_type(connection)}"


def _column(model: type[models.Model], name: str) -> str:
    return _quoted(str(_field(model, name).column))


def _field(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)  # tells the type: relations from elsewhere are not asked for
    return field


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
