"""Old history is folded: what operations said gives way to a checkpoint, once that was found to be right, twice.

- **made**: the last operation before the window is chosen, and the row of a checkpoint keeps others from doing the same.
- **written**: how each item stood then, and at each moment with a name on the way there.
- **checked**: read anew, with the rest of the log it gives just what stands on the canvas. Otherwise nothing is folded, and
  those who keep the server are told.
- **folded**: a day later, and checked once more. From now on everybody reads the checkpoint.
- **emptied**: operations up to there lose what they said. Number, id, verb, item, doer and time stay: the log has no gap,
  and what is sent again is known.
- **done**: the checkpoint before goes, unless that moment has a name.

Whoever is killed between two of these leaves a canvas that reads the same, and the next round goes on. Nobody who writes
waits for a long log to be read: the canvas is locked only to claim, to compare the last few operations, and to fold.
"""

import logging
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from rihma.canvases import log, past
from rihma.canvases.doers import writer_of
from rihma.canvases.erasing import WITHOUT_WORDS, has_words
from rihma.canvases.models import Canvas, Checkpoint, Operation, Stood, parts_of
from rihma.canvases.types import State

logger = logging.getLogger(__name__)

# Because a checkpoint holds every item, fewer would not be worth one.
LEAST = 100
# Between the two times that it is checked, so that both are not right or wrong by the same moment's chance.
REST = timedelta(days=1)
# So long that whoever claimed it must have died, and so often a canvas that failed is tried again.
AGAIN = timedelta(hours=12)
BATCH = 500


class Failed(Exception):
    """The checkpoint and the rest of the log do not give what stands on the canvas."""


class Overtaken(Exception):
    """Words were erased, or a moment was given a name, since it was made."""


def trim(now: datetime) -> int:
    """How many canvases were folded. The worker does it now and then, `rihma manage trim_canvases` at once."""
    if not settings.CANVAS_HISTORY_DAYS:
        return 0
    edge = now - timedelta(days=settings.CANVAS_HISTORY_DAYS)
    return sum(trim_one(canvas, edge, now) for canvas in Canvas.objects.filter(head__gte=LEAST).order_by("pk"))


def trim_one(canvas: Canvas, edge: datetime, now: datetime) -> bool:
    """One turn: begins, goes on with, or ends the folding of this canvas. True when it ended."""
    newest = canvas.checkpoints.last()
    try:
        if newest and newest.checked_at and not newest.emptied_at:
            return now - newest.checked_at >= REST and _end(canvas, newest, now)
        last = newest and not newest.emptied_at and (newest.failed_at or newest.made_at)
        if last and now - last < AGAIN:
            return False
        made = _claim(canvas, newest, edge, now)
        if made:
            _begin(canvas, made, now)
    except Failed:
        # Nothing is thrown away, and `rihma check` names it until it was put right.
        canvas.checkpoints.filter(seq__gt=past.folded_to(canvas)).update(failed_at=now, checked_at=None)
        Stood.objects.filter(checkpoint__canvas=canvas, checkpoint__failed_at__isnull=False).delete()
        logger.exception("The history of canvas %s is not folded", canvas.pk)
    except (Overtaken, IntegrityError):
        canvas.checkpoints.filter(seq__gt=past.folded_to(canvas)).delete()
    return False


@transaction.atomic
def _claim(canvas: Canvas, newest: Checkpoint | None, edge: datetime, now: datetime) -> Checkpoint | None:
    """None where there is too little to fold, or somebody else was faster than whoever saw this `newest`."""
    locked = Canvas.objects.select_for_update().get(pk=canvas.pk)
    if locked.checkpoints.last() != newest:
        return None
    last = locked.operations.filter(seq__gt=locked.folded, at__lt=edge).last()
    locked.checkpoints.filter(seq__gt=locked.folded).delete()
    if last is None or last.seq - locked.folded < LEAST:
        return None
    return Checkpoint.objects.create(canvas=locked, seq=last.seq, made_at=now)


def _begin(canvas: Canvas, made: Checkpoint, now: datetime) -> None:
    _reached("made")
    head = _head(canvas)
    states, before = _stood(canvas)
    since = past.folded_to(canvas)
    for seq in [*_named(canvas, made), made.seq]:
        for row in _rows(canvas, since, seq):
            _note(before, states.get(row.item), row)
            states[row.item] = log.step(states.get(row.item), row)
        since = seq
        checkpoint = made if seq == made.seq else Checkpoint.objects.create(canvas=canvas, seq=seq, made_at=now)
        items = list(states)
        for at in range(0, len(items), BATCH):
            Stood.objects.bulk_create(
                Stood(checkpoint=checkpoint, item=item, before=before.get(item, {}), **parts_of(states[item]))
                for item in items[at : at + BATCH]
            )
            _reached("half written")
    _reached("written")
    _check(canvas, head, now)
    _reached("checked")


def _end(canvas: Canvas, checkpoint: Checkpoint, now: datetime) -> bool:
    if past.folded_to(canvas) < checkpoint.seq:
        _check(canvas, _head(canvas), now)
        _fold(canvas, checkpoint)
    _reached("folded")
    said = canvas.operations.filter(seq__lte=checkpoint.seq).exclude(payload={}, base=None)
    while pks := list(said.order_by("seq").values_list("pk", flat=True)[:BATCH]):
        # From the oldest on, so that what is left half done never shows an older word in place of a later one.
        Operation.objects.filter(pk__in=pks).update(payload={}, base=None)
        _reached("half emptied")
    _reached("emptied")
    with transaction.atomic():
        names = canvas.snapshots.values("seq")
        canvas.checkpoints.filter(seq__lt=checkpoint.seq).exclude(seq__in=names).delete()
        canvas.checkpoints.filter(seq__lte=checkpoint.seq).update(emptied_at=now)
    _reached("done")
    return True


@transaction.atomic
def _fold(canvas: Canvas, checkpoint: Checkpoint) -> None:
    locked = Canvas.objects.select_for_update().get(pk=canvas.pk)
    checked = set(locked.checkpoints.filter(checked_at__isnull=False).values_list("seq", flat=True))
    if not checked >= {checkpoint.seq, *_named(locked, checkpoint)}:
        raise Overtaken
    locked.folded = checkpoint.seq
    locked.save(update_fields=["folded"])


def _check(canvas: Canvas, head: int, now: datetime) -> None:
    """Every checkpoint leads to the next and the last one to the canvas, as they are read from the database now.

    `head`: where the log ended when they were made.
    """
    waiting = list(canvas.checkpoints.filter(seq__gt=past.folded_to(canvas)))
    states, _before = _stood(canvas)
    since = past.folded_to(canvas)
    for checkpoint in waiting:
        states = log.replay(_rows(canvas, since, checkpoint.seq), states)
        if states != past.stood_at(canvas, checkpoint.seq):
            raise Failed(f"operations up to {checkpoint.seq} do not give its items")
        since = checkpoint.seq
    end = _head(canvas)
    states = log.replay(_rows(canvas, since, end), states)
    with transaction.atomic():
        locked = Canvas.objects.select_for_update().get(pk=canvas.pk)
        states = log.replay(_rows(canvas, end, locked.head), states)
        if locked.operations.filter(seq__gt=head, verb=Operation.Verb.ERASE).exists():
            raise Overtaken
        if states != {item.pk: item.state for item in locked.items.all()}:
            raise Failed(f"operations since {since} do not give what stands on the canvas")
        locked.checkpoints.filter(seq__gt=locked.folded).update(checked_at=now)


def _head(canvas: Canvas) -> int:
    return Canvas.objects.values_list("head", flat=True).get(pk=canvas.pk)


def _rows(canvas: Canvas, after: int, until: int) -> Iterator[Operation]:
    return canvas.operations.filter(seq__gt=after, seq__lte=until).order_by("seq").iterator(BATCH)


def _named(canvas: Canvas, checkpoint: Checkpoint) -> "QuerySet[Any, int]":
    """Moments with a name that would be lost with what was said before this checkpoint."""
    found = canvas.snapshots.filter(seq__lt=checkpoint.seq, seq__gt=past.folded_to(canvas))
    return found.order_by("seq").values_list("seq", flat=True).distinct()


def _stood(canvas: Canvas) -> tuple[dict[UUID, State], dict[UUID, dict[str, Any]]]:
    """The items where the log begins, and what stood there before each who wrote in them."""
    found = list(Stood.objects.filter(checkpoint__canvas=canvas, checkpoint__seq=past.folded_to(canvas)))
    return {one.item: one.state for one in found}, {one.item: one.before for one in found if one.before}


def _note(before: dict[UUID, dict[str, Any]], state: State | None, row: Operation) -> None:
    """What is needed to erase this writer from an item of somebody else's, once the row says nothing any more."""
    if row.verb == Operation.Verb.ERASE and "text" not in row.payload:
        before.pop(row.item, None)
    writer = writer_of(row.by_id, row.guest_id)
    if state is None or writer is None or row.verb in WITHOUT_WORDS or not has_words(row):
        return
    known: Mapping[str, Any] = before.get(row.item, {})
    if writer not in known:
        was = {"seq": row.seq, "text": state.text, "lang": state.lang, "fields": state.fields}
        before[row.item] = {**known, writer: was}


def _reached(step: str) -> None:
    """Tests have the process killed at each step; no setting of an operator's does that."""
    watch = getattr(settings, "CANVAS_TRIMMING_WATCH", "")
    if watch:
        import_string(watch)(step)
