"""A canvas's operations and items as they go over the wire; docs/asyncapi.yaml tells what they mean."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from rihma.canvases.doers import writer_of
from rihma.canvases.models import Canvas, Item
from rihma.canvases.types import Line, Proposed


class Unreadable(Exception):
    """What was sent is no operation."""

    def __init__(self, client_id: str, problem: str) -> None:
        super().__init__(problem)
        self.client_id = client_id


# No log gets longer than what every program can count to.
Number = Annotated[int, Meta(ge=0, le=2**53 - 1)]


class PayloadIn(Struct, forbid_unknown_fields=True):
    kind: str | UnsetType = UNSET
    zone: str | UnsetType = UNSET
    order: str | UnsetType = UNSET
    text: str | UnsetType = UNSET
    lang: str | UnsetType = UNSET
    fields: dict[str, Any] | UnsetType = UNSET
    settles: Number | UnsetType = UNSET


class OperationIn(Struct, forbid_unknown_fields=True):
    id: str
    verb: str
    item: UUID
    payload: PayloadIn | UnsetType = UNSET
    base: Number | None = None

    def proposed(self) -> Proposed:
        said: dict[str, Any] = {}
        if self.payload is not UNSET:
            for name in PayloadIn.__struct_fields__:
                value = getattr(self.payload, name)
                if value is not UNSET:
                    said[name] = value
        return Proposed(self.id, self.verb, self.item, said, self.base)  # type: ignore[arg-type]  # as decoded


class RowOut(Struct):
    seq: int
    id: str
    verb: str
    item: UUID
    payload: dict[str, Any]
    by: str | None
    at: datetime


class ItemOut(Struct):
    id: UUID
    kind: str
    zone: str
    order: str
    text: str
    lang: str
    fields: dict[str, Any]
    alternatives: list[Any]
    by: str | None
    name: str
    text_seq: int
    changed_at: datetime


class OperationId(Struct):
    id: str = ""


read = msgspec.json.Decoder(OperationIn).decode
read_id = msgspec.json.Decoder(OperationId).decode
encode = msgspec.json.Encoder().encode


def proposed(operation: Raw) -> Proposed:
    try:
        return read(operation).proposed()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise Unreadable(_id_of(operation), str(problem)) from problem


def row(line: Line) -> bytes:
    by = writer_of(line.by_id, line.guest_id)
    return bytes(encode(RowOut(line.seq, line.client_id, line.verb, line.item, line.payload, by, line.at)))


def items(canvas: Canvas) -> bytes:
    """What stands on it, as JSON."""
    found = canvas.items.live().select_related("by", "guest")
    return bytes(encode([_item(item) for item in found]))


def _item(item: Item) -> ItemOut:
    writer = item.by or item.guest
    return ItemOut(
        item.pk,
        item.kind,
        item.zone,
        item.order,
        item.text,
        item.lang,
        item.fields,
        item.alternatives,
        writer_of(item.by_id, item.guest_id),
        str(writer or ""),
        item.text_seq,
        item.changed_at,
    )


def _id_of(operation: Raw) -> str:
    try:
        return read_id(operation).id
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
