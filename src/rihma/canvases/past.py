"""A canvas as it stood at some number of its log, and what leads back there.

Where old history was folded (trimming.py), reading begins at a checkpoint: of what was before, only moments with a name
are known.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from rihma.accounts.models import Person
from rihma.base.refused import Refused
from rihma.canvases import log, marks, rules
from rihma.canvases.kinds import Kind
from rihma.canvases.models import Canvas, Item, Stood
from rihma.canvases.types import Payload, State
from rihma.guests.models import Guest

type Step = tuple[str, UUID, Payload]
TURNS = ("remove", "restore", "set", "move", "mark")


def states_at(canvas: Canvas, seq: int) -> dict[UUID, State]:
    """Refused where the log no longer reaches."""
    while True:
        folded = folded_to(canvas)
        begins = min(seq, folded)
        states = stood_at(canvas, begins)
        if seq < folded and not is_known(canvas, seq):
            raise Refused("stale", rules.FOLDED)
        rows = list(canvas.operations.filter(seq__gt=begins, seq__lte=seq).order_by("seq"))
        # Otherwise it was folded while this was being read.
        if folded_to(canvas) == folded:
            return log.replay(rows, states)


def folded_to(canvas: Canvas) -> int:
    """As it is now, whenever the canvas was read."""
    return Canvas.objects.values_list("folded", flat=True).get(pk=canvas.pk)


def stood_at(canvas: Canvas, seq: int) -> dict[UUID, State]:
    """All items at a checkpoint; nothing where there is none, as ahead of the first operation."""
    found = Stood.objects.filter(checkpoint__canvas=canvas, checkpoint__seq=seq)
    return {stood.item: stood.state for stood in found}


def is_known(canvas: Canvas, seq: int) -> bool:
    """Whether the canvas can still be shown as it was then."""
    folded = folded_to(canvas)
    return seq >= folded or canvas.checkpoints.filter(seq=seq, checked_at__isnull=False).exists()


def state_before(canvas: Canvas, item: UUID, seq: int) -> State | None:
    """One item ahead of an operation that was not folded."""
    folded = folded_to(canvas)
    stood = Stood.objects.filter(checkpoint__canvas=canvas, checkpoint__seq=folded, item=item).first()
    rows = canvas.operations.filter(item=item, seq__gt=folded, seq__lt=seq).order_by("seq")
    return log.replay(rows, {item: stood.state} if stood else {}).get(item)


def items_at(canvas: Canvas, seq: int) -> list[Item]:
    """As rows that were never saved. What is hidden now is hidden in the past too."""
    states = states_at(canvas, seq)
    hidden = set(canvas.items.filter(hidden=True).values_list("pk", flat=True))
    people = Person.objects.in_bulk({state.by_id for state in states.values() if state.by_id})
    guests = Guest.objects.in_bulk({state.guest_id for state in states.values() if state.guest_id})
    items = []
    for pk, state in states.items():
        item = Item.of(canvas, pk, state)
        item.hidden = pk in hidden
        # set even where nobody is left, so that nothing is asked for each
        item.by = people.get(state.by_id) if state.by_id else None
        item.guest = guests.get(state.guest_id) if state.guest_id else None
        items.append(item)
    return items


def way_back(kind: Kind, now: Mapping[UUID, State], then: Mapping[UUID, State]) -> list[Step]:
    """Operations that make the canvas say what it said then; nothing that was written since is lost, only removed."""
    steps = [step for pk, state in now.items() for step in _steps(kind, pk, state, then.get(pk))]
    return sorted(steps, key=lambda step: TURNS.index(step[0]))


def _steps(kind: Kind, pk: UUID, now: State, then: State | None) -> Iterator[Step]:
    if now.hidden or "erased" in now.marks:
        return
    if then is None or then.removed:
        if not now.removed:
            yield "remove", pk, {}
        return
    if now.removed:
        yield "restore", pk, {}
    fields = {key: value for key, value in then.fields.items() if now.fields.get(key) != value}
    said: Payload = {}
    # Blank then because it was erased since is no text to go back to.
    if (then.text, then.lang) != (now.text, now.lang) and (then.text or "left" not in now.marks):
        said |= {"text": then.text, "lang": then.lang}
    rest = {key: value for key, value in fields.items() if key not in kind.places}
    if said or rest:
        yield "set", pk, said | (Payload(fields=rest) if rest else Payload())
    place = {key: value for key, value in fields.items() if key in kind.places}
    if (then.zone, then.order) != (now.zone, now.order) or place:
        moved: dict[str, Any] = {"zone": then.zone, "order": then.order} | ({"fields": place} if place else {})
        yield "move", pk, Payload(**moved)  # type: ignore[typeddict-item]  # its keys are those above
    for mark in marks.between(now.marks, then.marks):
        yield "mark", pk, mark
