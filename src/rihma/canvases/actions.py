from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.ids import new_id
from rihma.base.refused import Refused
from rihma.canvases import kinds, log, past, rules, sending, store
from rihma.canvases.desk import Applied, take
from rihma.canvases.doers import doer_of, key_of
from rihma.canvases.models import Canvas, Item, Operation, Snapshot
from rihma.canvases.types import Line, Payload, Proposed
from rihma.guests import actions as guests
from rihma.guests.models import Guest, Link
from rihma.history.actions import record
from rihma.history.models import Event
from rihma.realtime import hints
from rihma.realtime.news import tell_anew
from rihma.teams.models import Team

# So that history tells who worked on a canvas rather than each thing they did, which stands in the log.
WORKED_EVERY = timedelta(hours=1)


@transaction.atomic
def open_canvas(team: Team, kind: str, *, by: Person | None) -> Canvas:
    """The team's canvas of this kind: made once, however often and from however many sides it is asked for."""
    known = rules.check_known(kinds.find(kind))
    canvas, new = Canvas.objects.get_or_create(
        team=team,
        kind=kind,
        defaults={
            "programme_id": team.programme_id,
            "kind_version": known.version,
            "title": known.name,
            "opened_at": clock.now(),
            "changed_at": clock.now(),
        },
    )
    if new:
        _record(canvas, "opened", by=by)
    return canvas


@transaction.atomic
def apply(canvas: Canvas, operations: Sequence[Proposed], *, by: Person | Guest) -> list[Applied]:
    """The one way anything on a canvas changes: log rows and items in one transaction, saved when this returns.

    One operation that is refused does not hold up the others. An id that was taken before answers its old row.
    """
    canvas = _locked(canvas, by)
    applied = _taken(canvas, [(proposed, by) for proposed in operations])
    if any(one.operation and not one.again for one in applied):
        record_work(canvas, by if isinstance(by, Person) else None)
    return applied


@transaction.atomic
def apply_of_many(
    canvas: Canvas, operations: Sequence[tuple[Proposed, Person | Guest]], *, by: Person
) -> list[Applied]:
    """What several wrote apart comes onto the canvas at once, each thing in the name of its writer; `by` lets it in."""
    canvas = _locked(canvas, by)
    applied = _taken(canvas, operations)
    if any(one.operation and not one.again for one in applied):
        record_work(canvas, by)
    return applied


def _taken(canvas: Canvas, operations: Sequence[tuple[Proposed, Person | Guest]]) -> list[Applied]:
    """On a canvas that is locked for whoever may do this."""
    now = clock.now()
    sheet = store.sheet_for(canvas, [proposed for proposed, _writer in operations])
    applied = [take(sheet, proposed, by=doer_of(writer), at=now) for proposed, writer in operations]
    store.write([sheet], now)
    if sheet.lines:
        transaction.on_commit(partial(hints.tell, key_of(canvas.pk), sheet.head))
    return applied


def change(
    canvas: Canvas,
    verb: str,
    item: UUID,
    payload: Payload | None = None,
    *,
    by: Person | Guest,
    base: int | None = None,
    client_id: str = "",
) -> Line:
    """One operation, or the refusal of it."""
    proposed = Proposed(client_id or str(new_id()), verb, item, payload or {}, base)
    applied = apply(canvas, [proposed], by=by)[0]
    if applied.refused or applied.operation is None:
        raise applied.refused or LookupError(proposed)
    return applied.operation


@transaction.atomic
def mark(canvas: Canvas, item: UUID, payloads: Sequence[Payload], *, by: Person | Guest, client_id: str) -> Line:
    """Several marks of one item at once, all or none."""
    proposed = [Proposed(f"{client_id}-{n}", "mark", item, said) for n, said in enumerate(payloads)]
    for one in apply(canvas, proposed, by=by):
        if one.refused or one.operation is None:
            raise one.refused or LookupError(item)
        last = one.operation
    return last


@transaction.atomic
def send(canvas: Canvas, item: Item, to: Canvas, *, by: Person, client_id: str) -> Line:
    """A copy on another canvas, in the first place that takes it, which keeps where it came from."""
    kind = rules.check_known(kinds.of(to))
    item_kind, zone = sending.place_for(kind, item.kind)
    said: Payload = {
        "kind": item_kind,
        "zone": zone,
        "text": item.text,
        "lang": item.lang,
        "came_from": {"canvas": str(canvas.pk), "item": str(item.pk)},
    }
    pk = rules.item_of(to.pk, client_id)
    is_there = Operation.objects.filter(canvas=to, client_id=client_id).exists()
    line = change(to, "add", pk, said, by=by, client_id=client_id)
    if not is_there:
        _record(canvas, "sent_on", by=by)
    return line


@transaction.atomic
def take_snapshot(canvas: Canvas, seq: int, *, name: str, by: Person) -> Snapshot:
    """0: of what stands now."""
    canvas = _locked(canvas, by)
    if canvas.snapshots.count() >= rules.MOST_SNAPSHOTS:
        raise Refused("full", rules.ENOUGH_SNAPSHOTS)
    seq = min(seq, canvas.head) or canvas.head
    if not past.is_known(canvas, seq):
        raise Refused("stale", rules.FOLDED)
    snapshot: Snapshot = canvas.snapshots.create(seq=seq, name=name, by=by, at=clock.now())
    _record(canvas, "snapshot_taken", by=by)
    return snapshot


@transaction.atomic
def bring_back(canvas: Canvas, seq: int, *, by: Person) -> tuple[int, int]:
    """A moment once more, by new operations: how many took effect, and how many found no room."""
    canvas = _locked(canvas, by)
    rules.check_open(canvas.state)
    kind = rules.check_known(kinds.of(canvas))
    now = {item.pk: item.state for item in canvas.items.all()}
    steps = past.way_back(kind, now, past.states_at(canvas, min(seq, canvas.head)))
    proposed = [Proposed(str(new_id()), verb, item, said, canvas.head) for verb, item, said in steps]
    applied = apply(canvas, proposed, by=by)
    _record(canvas, "brought_back", by=by)
    refused = sum(one.refused is not None for one in applied)
    return len(applied) - refused, refused


def hide(canvas: Canvas, item: UUID, *, by: Person | Guest) -> Line:
    """Nobody reads it until somebody who runs the canvas has looked. Whoever sees the canvas may ask for that."""
    return _decide(canvas, "hide", item, by)


def show(canvas: Canvas, item: UUID, *, by: Person) -> Line:
    """It was no harm: everybody reads it again."""
    return _decide(canvas, "show", item, by)


def erase(canvas: Canvas, item: UUID, *, by: Person, left: Payload | None = None) -> Line:
    """The item's words go, or stand as `left` says; that its rows of the log lose theirs is done beside (erasing.py)."""
    return _decide(canvas, "erase", item, by, left)


@transaction.atomic
def _decide(canvas: Canvas, verb: str, item: UUID, by: Person | Guest, said: Payload | None = None) -> Line:
    reach = (
        Canvas.objects.seen_by(by) if verb == "hide" else Canvas.objects.run_by(by if isinstance(by, Person) else None)
    )
    locked = reach.select_for_update().filter(pk=canvas.pk).first()
    if locked is None:
        raise Refused("forbidden", rules.NO_LONGER_YOURS)
    applied = _taken(locked, [(Proposed(str(new_id()), verb, item, said or {}), by)])[0]
    if applied.refused or applied.operation is None:
        raise applied.refused or LookupError(item)
    return applied.operation


def undo(canvas: Canvas, seq: int, *, by: Person | Guest) -> Line:
    """Take back one of one's own operations, by a new one. What others did to the same item since then stays."""
    row = canvas.operations.by_whom(by).filter(seq=seq).first()
    if row is None or seq <= past.folded_to(canvas):
        raise Refused("invalid", rules.CANNOT_UNDO)
    opposite = log.inverse(past.state_before(canvas, row.item, seq), row)
    if opposite is None:
        raise Refused("invalid", rules.CANNOT_UNDO)
    verb, said = opposite
    return change(canvas, verb, row.item, said, base=seq, by=by)


@transaction.atomic
def hide_names(canvas: Canvas, *, hidden: bool, by: Person) -> Canvas:
    """Whoever reads is not told who wrote; the log knows it all the same."""
    canvas = _locked(canvas, by)
    if canvas.names_hidden != hidden:
        canvas.names_hidden = hidden
        canvas.save(update_fields=["names_hidden"])
        _record(canvas, "names_hidden" if hidden else "names_shown", by=by)
        tell_anew(key_of(canvas.pk))
    return canvas


@transaction.atomic
def freeze(canvas: Canvas, *, by: Person) -> Canvas:
    """From now on it can only be read."""
    return _move(canvas, Canvas.State.FROZEN, "frozen", by)


@transaction.atomic
def reopen(canvas: Canvas, *, by: Person) -> Canvas:
    return _move(canvas, Canvas.State.OPEN, "reopened", by)


@transaction.atomic
def let_guests_in(  # what a link is, a name each
    canvas: Canvas, *, role: str, ends_at: datetime, most: int, is_anonymous: bool, by: Person
) -> Link:
    """A new link to this canvas, for whoever is shown it."""
    canvas = _locked(canvas, by)
    link = guests.make(
        key_of(canvas.pk),
        canvas.programme_id,
        role=role,
        ends_at=ends_at,
        most=most,
        is_anonymous=is_anonymous,
        by=by,
    )
    _record(canvas, "guests_let_in", by=by)
    return link


@transaction.atomic
def close_guest_link(canvas: Canvas, link: Link, *, by: Person) -> Link:
    """Nobody new, those inside stay; again, and it is open once more."""
    link = guests.close(link)
    _record(_locked(canvas, by), "guests_closed" if link.closed_at else "guests_let_in", by=by)
    return link


@transaction.atomic
def revoke_guest_link(canvas: Canvas, link: Link, *, by: Person) -> Link:
    """All who came by it are out."""
    link = guests.revoke(link)
    _record(_locked(canvas, by), "guests_sent_out", by=by)
    return link


def _move(canvas: Canvas, to: Canvas.State, verb: str, by: Person) -> Canvas:
    canvas = Canvas.objects.select_for_update().get(pk=canvas.pk)
    rules.check_may_move(canvas.state, to)
    canvas.state = to
    canvas.save(update_fields=["state"])
    _record(canvas, verb, by=by)
    return canvas


def _locked(canvas: Canvas, by: Person | Guest) -> Canvas:
    """Rights are read under the lock: somebody who has just left the team writes nothing more."""
    locked = Canvas.objects.worked_by(by).select_for_update().filter(pk=canvas.pk).first()
    if locked is None:
        raise Refused("forbidden", rules.NO_LONGER_YOURS)
    return locked


def record_work(canvas: Canvas, by: Person | None) -> None:
    """None: guests did."""
    verb = "worked" if by else "guests_worked"
    lately = Event.objects.of_thread(canvas.team_id).filter(
        area="canvases", verb=verb, by=by, subject=f"canvas:{canvas.pk}", at__gt=clock.now() - WORKED_EVERY
    )
    if not lately.exists():
        _record(canvas, verb, by=by)


def _record(canvas: Canvas, verb: str, *, by: Person | None) -> None:
    record(canvas, verb, scope=canvas.programme_id, thread=canvas.team_id, by=by, kind=canvas.kind)
