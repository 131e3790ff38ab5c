from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from rihma.accounts.models import Person
from rihma.base.words import Words
from rihma.base.written import Written
from rihma.brainwriting import rules
from rihma.brainwriting.models import Note, Round
from rihma.canvases import kinds
from rihma.canvases.access import Who
from rihma.canvases.kinds import Kind
from rihma.canvases.models import Canvas


@dataclass(frozen=True)
class Own:
    """A note as who wrote it sees it: `zone` and `kind` in words, the kind only where the zone takes several."""

    note: Note
    zone: Words | str
    kind: Words | str


@dataclass(frozen=True)
class Alone:
    """What is written alone beside a canvas, as far as whoever asks may know: numbers, and notes of their own."""

    canvas: Canvas
    kind: Kind | None
    works: bool
    leads: bool
    open: Round | None = None
    own: Sequence[Own] = ()
    left: Sequence[Own] = field(default=())

    @property
    def zones(self) -> list[Words]:
        """That the open round is about; none for all."""
        wanted = self.open.zones if self.open else []
        return [zone.name for zone in (self.kind.zones if self.kind else ()) if zone.key in wanted]

    @property
    def can_start(self) -> bool:
        return self.leads and not self.open and self.kind is not None and any(rules.places_in(self.kind))


# Kept for the request, because page and menu of one canvas both ask.
ASKED: WeakKeyDictionary[HttpRequest, Alone] = WeakKeyDictionary()


def alone(request: HttpRequest, canvas: Canvas, who: Who) -> Alone:
    known = ASKED.get(request)
    if known is None or known.canvas.pk != canvas.pk:
        known = ASKED[request] = alone_with(canvas, who)
    return known


def forget(request: HttpRequest) -> None:
    """After a deed, before it is shown."""
    ASKED.pop(request, None)


def alone_with(canvas: Canvas, who: Who) -> Alone:
    works = canvas.is_worked_by(who)
    kind = kinds.of(canvas)
    # One question where nothing is written alone, because every page of a canvas asks it.
    rounds = ROUNDS(canvas.pk, who.pk) if isinstance(who, Person) else list(_rounds(canvas.pk, who))
    begun = next((one for one in rounds if one.is_open), None)
    mine = Note.objects.of(who).off_canvas().filter(round__in=rounds)
    notes = list(mine.select_related("round")) if rounds else []
    return Alone(
        canvas=canvas,
        kind=kind,
        works=works,
        leads=works and isinstance(who, Person),
        open=begun,
        own=[_own(note, kind) for note in notes if note.round.is_open],
        left=[_own(note, kind) for note in notes if not note.round.is_open],
    )


def _rounds(canvas: UUID, who: Who) -> QuerySet[Round]:
    """The one that is open, and those of which they have notes that are not on the canvas."""
    mine = Note.objects.of(who).off_canvas().filter(round=OuterRef("pk"))
    return Round.objects.filter(canvas=canvas).filter(Q(state=Round.State.OPEN) | Exists(mine)).counted()


ROUNDS = Written(lambda canvas, person: _rounds(canvas, Person(pk=person)))


def _own(note: Note, kind: Kind | None) -> Own:
    zone = kind.zone(note.zone) if kind else None
    item_kind = kind.item(note.kind) if kind else None
    several = kind is not None and len(list(rules.places_in(kind, [note.zone]))) > 1
    return Own(note, zone.name if zone else note.zone, item_kind.name if item_kind and several else "")
