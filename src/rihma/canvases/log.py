"""What the log amounts to. Pure: the same rows give the same items on every server and in every test."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol
from uuid import UUID

from msgspec.structs import replace

from rihma.canvases import marks
from rihma.canvases.types import Payload, Row, State

CHANGES = ("zone", "order", "text", "lang")
OPPOSITES = {"add": "remove", "remove": "restore", "restore": "remove"}
HIDING = {"hide": True, "show": False}


class ItemRow(Row, Protocol):
    @property
    def item(self) -> UUID: ...


def replay(rows: Iterable[ItemRow], stood: Mapping[UUID, State] = {}) -> dict[UUID, State]:
    """`stood`: the items ahead of the first row, where that is not the beginning."""
    items = dict(stood)
    for row in rows:
        items[row.item] = step(items.get(row.item), row)
    return items


def step(state: State | None, row: Row) -> State:
    """The item after one more row."""
    if row.verb == "add":
        return _added(row)
    if state is None:
        raise ValueError(f"operation {row.seq} speaks of an item that nobody added")
    if row.verb == "erase":
        return erased(state, row)
    said = row.payload
    if row.verb in ("remove", "restore"):
        marked = marks.step(state, row) if said or state.marks else state.marks
        return replace(state, removed=row.verb == "remove", changed_at=row.at, marks=marked)
    if row.verb == "mark":
        return replace(state, changed_at=row.at, marks=marks.step(state, row))
    if row.verb in HIDING:
        return replace(state, hidden=HIDING[row.verb])
    changes: dict[str, Any] = {key: said[key] for key in CHANGES if key in said}
    if "text" in said:
        changes["text_seq"] = row.seq
    if "fields" in said:
        changes["fields"] = {**state.fields, **said["fields"]}
    if "settles" in said or "alternative" in said:
        changes["alternatives"] = _alternatives(state, row)
    return replace(state, changed_at=row.at, **changes)


def inverse(before: State | None, row: Row) -> tuple[str, Payload] | None:
    """The operation that takes `row` back, or None where there is none. `before` is the item ahead of the row."""
    if row.verb in OPPOSITES:
        return OPPOSITES[row.verb], {}
    if before is None:
        return None
    said: Payload = {}
    if "zone" in row.payload or "order" in row.payload:
        said |= {"zone": before.zone, "order": before.order}
    if "text" in row.payload:
        said["text"] = before.text
    if "lang" in row.payload:
        said["lang"] = before.lang
    if row.verb == "mark":
        said |= marks.inverse(before, row.payload)
    if "fields" in row.payload:
        said["fields"] = {key: before.fields[key] for key in row.payload["fields"] if key in before.fields}
    return (row.verb, said) if said else None


def erased(state: State, row: Row) -> State:
    """Its place in the log stays; what anybody wrote in it does not, but for what the row says is left."""
    said = row.payload
    if "text" in said:
        left = {"text": said["text"], "lang": said["lang"], "fields": said["fields"], "text_seq": row.seq}
        # a text that was written on what stood here before would bring it back
        marked = {"left": row.seq}
        return replace(state, alternatives=(), marks=marked, hidden=False, changed_at=row.at, **left)
    return replace(
        state,
        text="",
        fields={},
        alternatives=(),
        marks={"erased": True},
        removed=True,
        hidden=False,
        changed_at=row.at,
    )


def _added(row: Row) -> State:
    said = row.payload
    state = State(
        kind=said["kind"],
        zone=said["zone"],
        order=said["order"],
        text=said["text"],
        lang=said["lang"],
        fields=dict(said["fields"]),
        by_id=row.by_id,
        guest_id=row.guest_id,
        made_at=row.at,
        changed_at=row.at,
        text_seq=row.seq,
    )
    return replace(state, marks=marks.step(state, row)) if said.keys() & marks.WITH_ADD else state


def _alternatives(state: State, row: Row) -> tuple[Any, ...]:
    kept = tuple(other for other in state.alternatives if other["seq"] != row.payload.get("settles"))
    return (*kept, row.payload["alternative"]) if "alternative" in row.payload else kept
