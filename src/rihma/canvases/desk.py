"""Operations worked through in memory against what is on the canvas; `store` writes down what came of it."""

from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from rihma.base.refused import Refused
from rihma.canvases import actors_here, kinds, log, marks, order, rules
from rihma.canvases.kinds import Kind
from rihma.canvases.sheet import Sheet
from rihma.canvases.types import Alternative, Doer, Line, Proposed, State, device_of


class Applied(Struct, frozen=True):
    """What became of one operation: its row, or why not. `again`: it had been taken before and took effect then."""

    proposed: Proposed
    operation: Line | None = None
    refused: Refused | None = None
    again: bool = False


def take(sheet: Sheet, proposed: Proposed, *, by: Doer, at: datetime) -> Applied:
    """The sheet holds it afterwards, or it is refused and the sheet is as it was."""
    known = sheet.known_as(proposed.client_id)
    try:
        if known:
            _check_same(known, proposed, by)
            return Applied(proposed, known, again=True)
        return Applied(proposed, _append(sheet, proposed, by, at))
    except Refused as refused:
        return Applied(proposed, refused=refused)


def _check_same(known: Line, proposed: Proposed, by: Doer) -> None:
    """An id used for something else would swallow what was typed."""
    was = (known.item, known.verb, known.by_id, known.guest_id)
    if was != (proposed.item, proposed.verb, by.person, by.guest):
        raise Refused("invalid", rules.ID_IN_USE)


def _append(sheet: Sheet, proposed: Proposed, by: Doer, at: datetime) -> Line:
    if proposed.verb not in rules.OF_ACTIONS:
        rules.check_open(sheet.state)
    if "text" in proposed.payload or "translation" in proposed.payload:
        tidied = rules.tidy(proposed.payload)
        if tidied is not proposed.payload:
            proposed = replace(proposed, payload=tidied)
    kind = rules.check_known(sheet.kind)
    if "actor" in proposed.payload and proposed.verb == "add":
        proposed = replace(proposed, payload=actors_here.identified(kind, proposed.payload))
    if kind.upgrades and "zone" in proposed.payload:
        # A page that was open when its kind changed still speaks of the zones that it knows.
        zone = kinds.zone_of_today(kind, proposed.payload["zone"])
        proposed = replace(proposed, payload={**proposed.payload, "zone": zone})
    before = sheet.items.get(proposed.item.int)
    if before is None and proposed.item.int in sheet.foreign:
        raise Refused("invalid", rules.NO_SUCH_ITEM)
    rules.check(kind, before, proposed)
    if "link" in proposed.payload or "same_as" in proposed.payload:
        _check_ends(sheet, proposed)
    if proposed.verb in ("add", "restore") and (before is None or before.removed):
        rules.check_room(sheet.live)
    _check_zone(sheet, kind, before, proposed)
    line = Line(
        seq=sheet.head + 1,
        client_id=proposed.client_id,
        verb=proposed.verb,
        item=proposed.item,
        payload=_effect(sheet, kind, before, proposed, by),
        base=proposed.base,
        by_id=by.person,
        guest_id=by.guest,
        at=at,
    )
    sheet.put(line, before, log.step(before, line))
    return line


def _check_ends(sheet: Sheet, proposed: Proposed) -> None:
    """What an item is tied to stands on the same canvas, and is not itself."""
    for end in marks.ends(proposed.payload):
        other = sheet.items.get(end.int)
        if end == proposed.item or other is None or other.removed:
            raise Refused("invalid", rules.NO_SUCH_ITEM, "to")


def _check_zone(sheet: Sheet, kind: Kind, before: State | None, proposed: Proposed) -> None:
    """Whoever comes to stand in a zone needs room there; what stands in it already needs none."""
    was = before.zone if before and not before.removed else ""
    comes = before is None or not before.removed or proposed.verb == "restore"
    to = proposed.payload.get("zone", before.zone if before else "") if comes and proposed.verb != "remove" else was
    zone = kind.zone(to)
    if to != was and zone and zone.most < rules.MOST_ITEMS:
        rules.check_zone_room(zone, sheet.live_in(to))


def _effect(sheet: Sheet, kind: Kind, state: State | None, proposed: Proposed, by: Doer) -> dict[str, Any]:
    """The payload as it goes to the log: complete, so that replaying it needs no rule."""
    said: dict[str, Any] = dict(proposed.payload)
    if state is None:
        item_kind = kind.item(said["kind"])
        defaults = {field.key: field.default for field in item_kind.fields} if item_kind else {}
        said = {"text": "", "lang": by.language, **said, "fields": defaults | said.get("fields", {})}
    elif "text" in said and proposed.verb == "set":
        said |= _settled(sheet, state, proposed)
    elif "translation" in said:
        of = state.text_seq if proposed.base is None else proposed.base
        said["translation"] = {**said["translation"], "of": of}
    if "order" not in said and (state is None or said.get("zone", state.zone) != state.zone):
        said["order"] = order.between(sheet.end_of(said["zone"]), None)
    return said


def _settled(sheet: Sheet, state: State, proposed: Proposed) -> dict[str, Any]:
    mine = proposed.payload["text"]
    base, device = proposed.base or 0, proposed.device
    last = sheet.last_text(proposed.item, base) if base < state.text_seq else None
    # Never merged with itself: a device has seen its own operations, numbered or not. What came of one of them when it
    # met another's words it has not seen, though: those must not be written over by what is typed on.
    if last is None or (device_of(last.client_id) == device and "typed" not in last.payload):
        return {"text": mine}
    own = sheet.last_text(proposed.item, base, device)
    was = own.payload.get("typed", own.payload["text"]) if own else sheet.text_at(proposed.item, base)
    settled = rules.settle(was=was, theirs=state.text, mine=mine)
    effect: dict[str, Any] = {"text": settled.text}
    if settled.text != mine:
        effect["typed"] = mine
    if settled.clash and state.text not in [other["text"] for other in state.alternatives]:
        effect["alternative"] = _alternative(state, last)
    return effect


def _alternative(state: State, last: Line) -> Alternative:
    return {
        "seq": last.seq,
        "text": state.text,
        "lang": state.lang,
        "by": str(last.by_id) if last.by_id else None,
        "at": last.at.isoformat(),
    }
