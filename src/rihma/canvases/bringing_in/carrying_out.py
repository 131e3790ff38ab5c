"""What was planned, done: by the same operations as everything else on a canvas, a batch in each transaction."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import batched
from uuid import UUID

from django.utils.translation import gettext as _

from rihma.accounts.models import Person
from rihma.actors.actions import name_organisation
from rihma.base.refused import Refused
from rihma.canvases import actions, beside, kinds, rules
from rihma.canvases.bringing_in.data import plan_of
from rihma.canvases.bringing_in.plan import LONGEST_FILE, Plan, Row
from rihma.canvases.desk import Applied
from rihma.canvases.models import Canvas
from rihma.canvases.types import Payload, Proposed

A_BATCH = 100


@dataclass(frozen=True)
class Outcome:
    added: int
    bad: list[Row]


def bring_in(canvas: Canvas, plan: Plan, *, token: str, by: Person) -> Outcome:
    """Every row that can be is added; sent twice with the same `token`, it is added once.

    What is refused only now, because somebody else was quicker, says why as if it had been seen before.
    """
    rows = _with_ids(canvas, plan, token)
    there = {pk: row for pk, row in rows.items() if _named(row)}
    adding = [Proposed(_client_id(pk, 0), "add", pk, row.said) for pk, row in there.items()]
    for applied in _apply(canvas, adding, by):
        if applied.refused:
            there.pop(applied.proposed.item).refused = str(applied.refused)
    for _applied in _apply(canvas, list(_later(canvas, there)), by):
        pass
    came = {row.came_as: pk for pk, row in there.items() if row.came_as}
    for area in beside.areas():
        if came and area.key in plan.beside:
            area.bring_in(canvas, plan.beside[area.key], came, by=by)
    return Outcome(len(there), [row for row in plan.rows if row.refused])


def import_data(canvas: Canvas, sent: bytes, *, token: str, by: Person) -> dict[str, object]:
    """All at once, for programs: what was added, and what was not."""
    kind = rules.check_known(kinds.of(canvas))
    rules.check_open(canvas.state)
    if len(sent) > LONGEST_FILE:
        raise Refused("invalid", _("That is more than 1 MB. Bring it in in parts; nothing has been added yet."))
    plan = plan_of(canvas, kind, sent.decode("utf-8", "replace"))
    outcome = bring_in(canvas, plan, token=f"api {by.pk} {token}", by=by)
    bad = [(n, row) for n, row in enumerate(plan.rows) if row.refused]
    return {
        "added": outcome.added,
        "refused": [{"item": n, "text": row.text, "message": row.refused} for n, row in bad],
    }


def _with_ids(canvas: Canvas, plan: Plan, token: str) -> dict[UUID, Row]:
    """The same for the same row at the same place of the same page, and another where a word differs."""
    found: dict[UUID, Row] = {}
    for n, row in enumerate(plan.rows):
        # Not by its place among neighbours, since that depends on what is there, which the first time has changed.
        said = sorted((key, str(value)) for key, value in row.said.items() if key != "order")
        content = f"{token}\n{n}\n{row.typed}\n{said}\n{row.actors}"
        pk = rules.item_of(canvas.pk, sha256(content.encode("utf-8", "replace")).hexdigest())
        if not row.refused:
            found[pk] = row
    return found


def _client_id(pk: UUID, step: int) -> str:
    """No two steps come from one device, so that texts which clashed clash again."""
    return f"in-{pk.hex}-{step}"


def _named(row: Row) -> bool:
    """Whether the actors of the row could be named; that is done now and not when it was looked at."""
    try:
        for key, actor in row.actors.items():
            organisation = name_organisation(actor.name, kind=actor.kind)
            row.said["fields"] = {**row.said.get("fields", {}), key: str(organisation.pk)}
            if row.kind and row.kind.identity and row.kind.identity.key == key:
                row.said["text"] = organisation.name
    except Refused as refused:
        row.refused = str(refused)
    return not row.refused


def _later(canvas: Canvas, there: dict[UUID, Row]) -> Iterator[Proposed]:
    """What is said of an item that stands already: first all texts, then what leads from one to another."""
    came = {row.came_as: pk for pk, row in there.items() if row.came_as}
    for pk, row in there.items():
        for step, (verb, said) in enumerate(row.more, start=1):
            unseen = verb in ("set", "stale")
            yield Proposed(_client_id(pk, step), "mark" if verb == "stale" else verb, pk, said, 0 if unseen else None)
    ours = {str(pk) for pk in canvas.items.live().values_list("pk", flat=True)} if came else set()
    for pk, row in there.items():
        for step, link in enumerate(row.links, start=len(row.more) + 1):
            to = str(came.get(link["to"], link["to"]))
            if to in ours:
                tie: Payload = {"link": {"to": to, "word": link["word"]}}
                yield Proposed(_client_id(pk, step), "mark", pk, tie)


def _apply(canvas: Canvas, operations: list[Proposed], by: Person) -> Iterator[Applied]:
    for batch in batched(operations, A_BATCH):
        yield from actions.apply(canvas, batch, by=by)
