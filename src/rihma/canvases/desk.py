"""One batch of operations on a locked canvas: worked through in memory, saved at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from rihma.accounts.models import Person
from rihma.base.refused import Refused
from rihma.canvases import kinds, log, order, rules
from rihma.canvases.models import Canvas, Item, Operation
from rihma.canvases.types import Alternative, Proposed, State, device_of


@dataclass(frozen=True)
class Applied:
    """What became of one operation: its row, or why not. `again`: it had been taken before and took effect then."""

    proposed: Proposed
    operation: Operation | None = None
    refused: Refused | None = None
    again: bool = False


class Desk:
    """Reads what a batch needs in a fixed number of queries; only a text that was changed meanwhile costs two more."""

    def __init__(self, canvas: Canvas, operations: Sequence[Proposed], *, by: Person, at: datetime) -> None:
        self.canvas = canvas
        self.by = by
        self.at = at
        self.kind = kinds.find(canvas.kind)
        self.rows: list[Operation] = []
        self.known = {
            row.client_id: row
            for row in canvas.operations.filter(client_id__in=[proposed.client_id for proposed in operations])
        }
        # Ids are the sender's: one that lies on another canvas must be seen, too, to be refused.
        found = Item.objects.filter(pk__in={proposed.item for proposed in operations})
        self.items = {item.pk: item for item in found}
        self.states = {item.pk: item.state for item in found if item.canvas_id == canvas.pk}
        self.live = canvas.items.live().count()

    def take(self, proposed: Proposed) -> Applied:
        known = self.known.get(proposed.client_id)
        try:
            if known:
                self._check_same(known, proposed, self.by)
                return Applied(proposed, known, again=True)
            return Applied(proposed, self._append(proposed))
        except Refused as refused:
            return Applied(proposed, refused=refused)

    def save(self) -> None:
        if not self.rows:
            return
        Operation.objects.bulk_create(self.rows)
        changed = {row.item for row in self.rows}
        new = [Item.of(self.canvas, item, self.states[item]) for item in changed if item not in self.items]
        Item.objects.bulk_create(new)
        old = [Item.of(self.canvas, item, self.states[item]) for item in changed if item in self.items]
        Item.objects.bulk_update(old, Item.CHANGES)
        self.canvas.head = self.rows[-1].seq
        self.canvas.changed_at = self.at
        self.canvas.save(update_fields=["head", "changed_at"])

    @staticmethod
    def _check_same(known: Operation, proposed: Proposed, by: Person) -> None:
        """An id used for something else would swallow what was typed."""
        if (known.item, known.verb, known.by_id) != (proposed.item, proposed.verb, by.pk):
            raise Refused("invalid", rules.ID_IN_USE)

    def _append(self, proposed: Proposed) -> Operation:
        rules.check_open(self.canvas.state)
        proposed = replace(proposed, payload=rules.tidy(proposed.payload))
        kind = rules.check_known(self.kind)
        state = self.states.get(proposed.item)
        if proposed.item in self.items and state is None:
            raise Refused("invalid", rules.NO_SUCH_ITEM)
        rules.check(kind, state, proposed)
        if proposed.verb in ("add", "restore") and (state is None or state.removed):
            rules.check_room(self.live)
        row = Operation(
            canvas=self.canvas,
            seq=self.canvas.head + len(self.rows) + 1,
            client_id=proposed.client_id,
            verb=proposed.verb,
            item=proposed.item,
            payload=self._effect(kind, state, proposed),
            base=proposed.base,
            by=self.by,
            at=self.at,
        )
        after = log.step(state, row)
        self.live += (not after.removed) - (state is not None and not state.removed)
        self.states[proposed.item] = after
        self.known[proposed.client_id] = row
        self.rows.append(row)
        return row

    def _effect(self, kind: kinds.Kind, state: State | None, proposed: Proposed) -> dict[str, Any]:
        """The payload as it goes to the log: complete, so that replaying it needs no rule."""
        said = dict(proposed.payload)
        if state is None:
            item_kind = kind.item(proposed.payload["kind"])
            defaults = {field.key: field.default for field in item_kind.fields} if item_kind else {}
            said = {
                "text": "",
                "lang": self.by.language,
                **said,
                "fields": defaults | proposed.payload.get("fields", {}),
            }
        zone = proposed.payload.get("zone", state.zone if state else "")
        if "order" not in said and (state is None or zone != state.zone):
            said["order"] = self._end_of(zone)
        if state is not None and "text" in said:
            said |= self._settled(state, proposed)
        return said

    def _settled(self, state: State, proposed: Proposed) -> dict[str, Any]:
        mine = proposed.payload["text"]
        base = proposed.base or 0
        since = self._texts_since(proposed.item, base) if base < state.text_seq else []
        own = next((row for row in reversed(since) if device_of(row.client_id) == proposed.device), None)
        if not since or own is since[-1]:
            return {"text": mine}
        # Never merged with itself: a device has seen its own operations, numbered or not.
        was = own.payload.get("typed", own.payload["text"]) if own else self._text_at(proposed.item, base)
        settled = rules.settle(was=was, theirs=state.text, mine=mine)
        effect: dict[str, Any] = {"text": settled.text}
        if settled.text != mine:
            effect["typed"] = mine
        if settled.clash and state.text not in [other["text"] for other in state.alternatives]:
            effect["alternative"] = _alternative(state, since[-1])
        return effect

    def _texts_since(self, item: UUID, base: int) -> list[Operation]:
        before = self.canvas.operations.filter(item=item, seq__gt=base, payload__has_key="text").order_by("seq")
        return [*before, *(row for row in self.rows if row.item == item and "text" in row.payload and row.seq > base)]

    def _text_at(self, item: UUID, base: int) -> str | None:
        """None where the log no longer says: it was erased, or the sender named a number before the item came."""
        row = self.canvas.operations.filter(item=item, seq__lte=base, payload__has_key="text").order_by("-seq").first()
        return row.payload["text"] if row else None

    def _end_of(self, zone: str) -> str:
        others = self.canvas.items.values_list("pk", "zone", "order")
        places = {pk: (where, key) for pk, where, key in others}
        places |= {pk: (state.zone, state.order) for pk, state in self.states.items()}
        keys = [key for where, key in places.values() if where == zone and order.is_key(key)]
        return order.between(max(keys, default=None), None)


def _alternative(state: State, last: Operation) -> Alternative:
    return {
        "seq": last.seq,
        "text": state.text,
        "lang": state.lang,
        "by": str(last.by_id) if last.by_id else None,
        "at": last.at.isoformat(),
    }
