"""Words that should not have been written go for good: from items, log and checkpoints, and from what stands beside.

Numbers, places and who did what stay, so the log has no gap and can still be replayed. Open pages forget by the row that
says `erase`; whoever was away gets the rows without their words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from rihma.accounts.models import Person
from rihma.canvases import actions, hiding, past
from rihma.canvases.doers import name_of
from rihma.canvases.models import Canvas, Item, Operation, Stood
from rihma.canvases.types import Payload
from rihma.guests.models import Guest

# Left alone, because where an item stands is no word of anybody.
WITHOUT_WORDS = (Operation.Verb.MOVE, Operation.Verb.REMOVE, Operation.Verb.RESTORE, Operation.Verb.HIDE)


@dataclass(frozen=True)
class Erased:
    """How many items went, and how many of others stand as they were before."""

    items: int
    put_back: int


@transaction.atomic
def erase_item(canvas: Canvas, item: UUID, *, by: Person) -> None:
    """One item, with all that anybody ever wrote in it."""
    actions.erase(canvas, item, by=by)
    _blank(canvas.operations.filter(item=item))
    _forget(canvas, item)
    for path in settings.CANVAS_ERASERS["item"]:
        import_string(path)(canvas, item)


@transaction.atomic
def erase_writer(canvas: Canvas, writer: Person | Guest, *, by: Person) -> Erased:
    """All that somebody wrote on a canvas. What they added goes; others' items stand as before the first word of theirs."""
    own = {item.pk for item in added_by(canvas, writer)}
    touched = _touched_by(canvas, writer) - own
    for item in own:
        erase_item(canvas, item, by=by)
    for item in touched:
        _put_back(canvas, item, writer, by)
    for path in settings.CANVAS_ERASERS["writer"]:
        import_string(path)(canvas, writer)
    return Erased(len(own), len(touched))


def added_by(canvas: Canvas, writer: Person | Guest) -> Iterable[Item]:
    mine = {"guest": writer} if isinstance(writer, Guest) else {"by": writer}
    return [item for item in canvas.items.filter(**mine) if "erased" not in item.marks]


def _touched_by(canvas: Canvas, writer: Person | Guest) -> set[UUID]:
    rows = canvas.operations.by_whom(writer).exclude(verb__in=WITHOUT_WORDS)
    items = {row.item for row in rows if has_words(row)}
    items |= set(_folded(canvas).filter(before__has_key=name_of(writer)).values_list("item", flat=True))
    gone = canvas.items.filter(pk__in=items, marks__erased=True).values_list("pk", flat=True)
    return items - set(gone)


def _put_back(canvas: Canvas, item: UUID, writer: Person | Guest, by: Person) -> None:
    """Later words of others may repeat theirs, so these go as well."""
    rows = canvas.operations.filter(item=item)
    first, left = _first_words(canvas, item, writer)
    _blank(rows.filter(seq__gte=first))
    _forget(canvas, item, first)
    actions.erase(canvas, item, by=by, left=left)


def _first_words(canvas: Canvas, item: UUID, writer: Person | Guest) -> tuple[int, Payload]:
    """The number of their first operation with words in it, and what stood there before."""
    stood = _folded(canvas).filter(item=item, before__has_key=name_of(writer)).first()
    if stood:
        was = stood.before[name_of(writer)]
        return was["seq"], {"text": was["text"], "lang": was["lang"], "fields": was["fields"]}
    rows = canvas.operations.filter(item=item).by_whom(writer).exclude(verb__in=WITHOUT_WORDS).order_by("seq")
    first = next(row.seq for row in rows if has_words(row))
    before = past.state_before(canvas, item, first)
    if before is None:
        raise LookupError(item)
    return first, {"text": before.text, "lang": before.lang, "fields": before.fields}


def _folded(canvas: Canvas) -> QuerySet[Stood]:
    """The items where the log begins."""
    return Stood.objects.filter(checkpoint__canvas=canvas, checkpoint__seq=past.folded_to(canvas))


def _forget(canvas: Canvas, item: UUID, first: int = 0) -> None:
    """What checkpoints hold of it from this number on."""
    # It is made anew, because it was made of the words that go.
    canvas.checkpoints.filter(seq__gt=past.folded_to(canvas)).delete()
    for stood in Stood.objects.filter(checkpoint__canvas=canvas, checkpoint__seq__gte=first, item=item):
        stood.text, stood.fields, stood.alternatives, stood.marks = "", {}, [], {}
        stood.before = {writer: was for writer, was in stood.before.items() if was["seq"] < first}
        stood.save()


def has_words(row: Operation) -> bool:
    return any(row.payload.get(key) for key in hiding.WORDS)


def _blank(rows: Iterable[Operation]) -> None:
    """The rows as they are told to everybody from now on."""
    blanked = list(rows)
    for row in blanked:
        row.payload = hiding.veiled_payload(row.payload)
    Operation.objects.bulk_update(blanked, ["payload"], batch_size=500)
