"""Sheets from the database and back: a fixed number of statements a batch, however many operations are in it."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec
from django.db import models

from rihma.canvases import kinds, log, marks, rules, statements
from rihma.canvases.models import Canvas, Item, Operation, Stood
from rihma.canvases.sheet import Sheet
from rihma.canvases.statements import Row
from rihma.canvases.types import Line, Proposed, State, device_of

FEW = 20

encode = msgspec.json.Encoder().encode


class Foreign(Exception):
    """An item's id lies on another canvas. The transaction must be given up."""


class Log:
    """The log of one canvas in the database, for what a sheet does not remember."""

    def __init__(self, canvas: UUID) -> None:
        self.rows = Operation.objects.filter(canvas=canvas)
        self.items = Item.objects.filter(canvas=canvas)
        # where the log begins that still says what was written
        begins = models.F("checkpoint__canvas__folded")
        self.stood = Stood.objects.filter(checkpoint__canvas=canvas, checkpoint__seq=begins)

    def line(self, client_id: str) -> Line | None:
        row = self.rows.filter(client_id=client_id).first()
        return line_of(row) if row else None

    def last_text(self, item: UUID, base: int, device: str) -> Line | None:
        rows = self.rows.filter(item=item, seq__gt=base, payload__has_key="text").order_by("-seq")
        if device:
            rows = rows.filter(client_id__startswith=device)
        # Asked again here, because databases do not agree on capital letters.
        found = (row for row in rows.iterator(FEW) if not device or device_of(row.client_id) == device)
        row = next(found, None)
        return line_of(row) if row else self._folded_text(item, base, device)

    def _folded_text(self, item: UUID, base: int, device: str) -> Line | None:
        """Its row no longer says what it wrote, but the checkpoint does."""
        stood = self.stood.filter(item=item, text_seq__gt=base).first()
        row = self.rows.filter(seq=stood.text_seq).first() if stood else None
        if stood is None or row is None or (device and device_of(row.client_id) != device):
            return None
        # `typed`: nobody knows any more whether it was merged, so that nobody is taken to have seen it.
        row.payload = {"text": stood.text, "typed": ""}
        return line_of(row)

    def text_at(self, item: UUID, base: int) -> str | None:
        row = self.rows.filter(item=item, seq__lte=base, payload__has_key="text").order_by("-seq").first()
        if row:
            return str(row.payload["text"])
        stood = self.stood.filter(item=item, checkpoint__seq__lte=base).first()
        return stood.text if stood else None

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
    # One that no row can have is refused later, and some databases cannot even be asked for it.
    ids = {proposed.client_id for proposed in operations if rules.is_id(proposed.client_id)}
    known = Operation.objects.filter(canvas=sheet.pk, client_id__in=ids)
    sheet.known |= {row.client_id: line_of(row) for row in known}
    items = {proposed.item for proposed in operations}
    elsewhere = Item.objects.filter(pk__in=items).exclude(canvas=sheet.pk).values_list("pk", flat=True)
    sheet.foreign |= {pk.int for pk in elsewhere}


def recall(sheet: Sheet, client_id: str) -> bool:
    """Look up one operation that the sheet does not remember; whether it was taken before."""
    row = None
    if client_id not in sheet.known and rules.is_id(client_id):
        row = Operation.objects.filter(canvas=sheet.pk, client_id=client_id).first()
    if row:
        sheet.known[client_id] = line_of(row)
    return row is not None


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
    lines = [row for sheet in sheets for row in _line_rows(hex_of(sheet.pk.int), sheet.lines)]
    items = [_item_row(hex_of(sheet.pk.int), pk, sheet.items[pk]) for sheet in sheets for pk in sheet.touched]
    heads = [(sheet.head, moment(at), hex_of(sheet.pk.int)) for sheet in sheets]
    if statements.write(lines, items, heads) != len(items):
        raise Foreign


@lru_cache(maxsize=1024)
def moment(at: datetime) -> str:
    """As both databases take it in."""
    return str(at.astimezone(UTC).replace(tzinfo=None))


# The same few canvases, items and people are written down again and again.
hex_of = lru_cache(maxsize=10_000)("{:032x}".format)


def _id(pk: UUID | None) -> str | None:
    return hex_of(pk.int) if pk else None


def _json(value: Any) -> str:
    return encode(value).decode()


def _line_rows(canvas: str, lines: Iterable[Line]) -> Iterable[Row]:
    return [
        (
            canvas,
            line.seq,
            line.client_id,
            line.verb,
            hex_of(line.item.int),
            _json(line.payload),
            line.base,
            _id(line.by_id),
            _id(line.guest_id),
            moment(line.at),
        )
        for line in lines
    ]


def _item_row(canvas: str, pk: int, state: State) -> Row:
    return (
        hex_of(pk),
        canvas,
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
        _json(state.fields),
        _json(state.alternatives),
        state.removed,
        _json(state.marks),
        state.hidden,
    )
