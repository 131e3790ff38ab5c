"""Words that nobody is to read for now: an item that was flagged stands there without them until somebody has looked."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from rihma.canvases import marks
from rihma.canvases.models import Item, Operation
from rihma.canvases.types import State

WORDS = marks.WORDS | {"text", "typed", "alternative", "fields"}


def veil(item: Item) -> Item:
    """For showing only: what was written in it is gone from this copy."""
    if item.hidden:
        item.text, item.alternatives, item.marks = "", [], {}
    return item


def nameless(row: Item | Operation) -> None:
    """For showing only: nobody is told who wrote it."""
    row.by = row.guest = None
    if isinstance(row, Item):
        row.alternatives = [{**other, "by": None} for other in row.alternatives]
    else:
        row.payload = unnamed_payload(row.payload)


def unnamed_payload(payload: dict[str, Any]) -> dict[str, Any]:
    if "alternative" not in payload:
        return payload
    return {**payload, "alternative": {**payload["alternative"], "by": None}}


def veiled_state(state: State) -> State:
    return replace(state, text="", alternatives=(), marks={}) if state.hidden else state


def veiled_payload(payload: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the log without the words of people; `add` keeps its form."""
    kept = {key: value for key, value in payload.items() if key not in WORDS}
    return kept | ({"text": ""} if "text" in payload else {}) | ({"fields": {}} if "fields" in payload else {})


def hidden_in(canvas: UUID, items: Iterable[UUID]) -> set[UUID]:
    return set(Item.objects.filter(canvas=canvas, hidden=True, pk__in=set(items)).values_list("pk", flat=True))
