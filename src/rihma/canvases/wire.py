"""A canvas's operations and items as they go over the wire; docs/asyncapi.yaml tells what they mean."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, Raw, Struct, UnsetType
from msgspec.structs import astuple, replace

from rihma.accounts.models import Person
from rihma.canvases import hiding, kinds, rules
from rihma.canvases.doers import writer_of
from rihma.canvases.models import Canvas, Item, Operation
from rihma.canvases.shown import in_words_of_today
from rihma.canvases.store import line_of
from rihma.canvases.types import Line, Proposed, State
from rihma.guests.models import Guest


class Unreadable(Exception):
    """What was sent is no operation."""

    def __init__(self, client_id: str, problem: str) -> None:
        super().__init__(problem)
        self.client_id = client_id


# After these an item has words again that whoever opened the canvas meanwhile never saw.
BACK = frozenset({Operation.Verb.RESTORE, Operation.Verb.SHOW})
PLAIN = frozenset({"kind", "zone", "order", "text", "lang", "fields", "settles", "tag", "untag", "group", "people"})
# No log gets longer than what every program can count to.
Number = Annotated[int, Meta(ge=0, le=2**53 - 1)]


class PayloadIn(Struct, forbid_unknown_fields=True, gc=False):
    kind: str | UnsetType = UNSET
    zone: str | UnsetType = UNSET
    order: str | UnsetType = UNSET
    text: str | UnsetType = UNSET
    lang: str | UnsetType = UNSET
    fields: dict[str, Any] | UnsetType = UNSET
    settles: Number | UnsetType = UNSET
    tag: str | UnsetType = UNSET
    untag: str | UnsetType = UNSET
    group: str | UnsetType = UNSET
    people: Number | UnsetType = UNSET
    link: "LinkIn | UnsetType" = UNSET
    unlink: UUID | UnsetType = UNSET
    translation: "TranslationIn | UnsetType" = UNSET
    same_as: UUID | UnsetType = UNSET
    actor: "ActorIn | UnsetType" = UNSET


class LinkIn(Struct, forbid_unknown_fields=True, gc=False):
    to: UUID
    word: str = ""


class TranslationIn(Struct, forbid_unknown_fields=True, gc=False):
    lang: str
    text: str
    made: str = "human"


class ActorIn(Struct, forbid_unknown_fields=True, gc=False):
    name: str
    of_kind: str = ""


class OperationIn(Struct, forbid_unknown_fields=True, gc=False):
    id: str
    verb: str
    item: UUID
    payload: PayloadIn | UnsetType = UNSET
    base: Number | None = None

    def proposed(self) -> Proposed:
        said: dict[str, Any] = {}
        if self.payload is not UNSET:
            values = zip(PayloadIn.__struct_fields__, astuple(self.payload), strict=True)
            said = {name: value for name, value in values if value is not UNSET}
            for name in said.keys() - PLAIN:
                # ids and structs of a payload go to the log as JSON has them
                said[name] = msgspec.to_builtins(said[name])
        return Proposed(self.id, self.verb, self.item, said, self.base)  # type: ignore[arg-type]  # as decoded


class ItemOut(Struct, gc=False):
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
    marks: dict[str, Any]
    hidden: bool


class RowOut(Struct, gc=False):
    """`restored`: the item that came back. Whoever opened the canvas meanwhile was never told of it."""

    seq: int
    id: str
    verb: str
    item: UUID
    payload: dict[str, Any]
    by: str | None
    at: datetime
    restored: ItemOut | UnsetType = UNSET


class OperationId(Struct):
    id: str = ""


read = msgspec.json.Decoder(OperationIn).decode
read_id = msgspec.json.Decoder(OperationId).decode
encode = msgspec.json.Encoder().encode


def proposed(operation: Raw) -> Proposed:
    try:
        said = read(operation).proposed()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise Unreadable(_id_of(operation), str(problem)) from problem
    if said.verb in rules.OF_ACTIONS:
        raise Unreadable(said.client_id, f"{said.verb} is not for this way")
    return said


def row(line: Line, restored: ItemOut | UnsetType = UNSET) -> bytes:
    by = writer_of(line.by_id, line.guest_id)
    return bytes(encode(RowOut(line.seq, line.client_id, line.verb, line.item, line.payload, by, line.at, restored)))


def row_of_restore(line: Line, state: State, *, nameless: bool) -> bytes:
    """A row that says `restore`, as it is written."""
    if nameless:
        state = replace(state, by_id=None, guest_id=None)
        line = unnamed(line)
    person = Person.objects.filter(pk=state.by_id).first() if state.by_id else None
    guest = Guest.objects.filter(pk=state.guest_id).first() if state.guest_id else None
    return row(line, _out(line.item, state, str(person or guest or "")))


def rows(operations: Iterable[Operation]) -> list[tuple[int, bytes]]:
    """Rows of the log, read from it. A later row may repeat what the item that came back holds already."""
    operations = list(operations)
    back = {operation.item for operation in operations if operation.verb in BACK}
    found = Item.objects.filter(pk__in=back, removed=False).select_related("by", "guest") if back else ()
    nameless = bool(operations) and is_nameless(operations[0].canvas_id)
    items = {item.pk: _item(item, nameless=nameless) for item in found}
    hidden = hiding.hidden_in(operations[0].canvas_id, {one.item for one in operations}) if operations else set()
    return [
        (
            operation.seq,
            row(
                _read_by_all(line_of(operation), hidden, nameless=nameless),
                items.get(operation.item, UNSET) if operation.verb in BACK else UNSET,
            ),
        )
        for operation in operations
    ]


def _read_by_all(line: Line, hidden: set[UUID], *, nameless: bool) -> Line:
    if line.item in hidden:
        line = replace(line, payload=hiding.veiled_payload(line.payload))
    return unnamed(line) if nameless else line


def unnamed(line: Line) -> Line:
    """As it is told where names are hidden."""
    return replace(line, payload=hiding.unnamed_payload(line.payload), by_id=None, guest_id=None)


def is_nameless(canvas: UUID) -> bool:
    return Canvas.objects.filter(pk=canvas, names_hidden=True).exists()


def items(canvas: Canvas) -> bytes:
    """What stands on it, as JSON."""
    found, kind = list(canvas.items.live().select_related("by", "guest")), kinds.of(canvas)
    if kind:
        for item in found:
            in_words_of_today(kind, item)
    return bytes(encode([_item(item, nameless=canvas.names_hidden) for item in found]))


def _item(item: Item, *, nameless: bool) -> ItemOut:
    if nameless:
        hiding.nameless(item)
    return _out(item.pk, item.state, str(item.writer or ""))


def _out(pk: UUID, state: State, name: str) -> ItemOut:
    state = hiding.veiled_state(state)
    return ItemOut(
        pk,
        state.kind,
        state.zone,
        state.order,
        state.text,
        state.lang,
        state.fields,
        list(state.alternatives),
        writer_of(state.by_id, state.guest_id),
        name,
        state.text_seq,
        state.changed_at,
        state.marks,
        state.hidden,
    )


def _id_of(operation: Raw) -> str:
    try:
        return read_id(operation).id
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
