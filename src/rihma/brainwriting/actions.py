from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.refused import Refused
from rihma.brainwriting import rules
from rihma.brainwriting.models import Note, Round
from rihma.canvases import actions as canvases
from rihma.canvases import kinds
from rihma.canvases import rules as canvas_rules
from rihma.canvases.desk import Applied
from rihma.canvases.doers import Doers, key_of, name_of
from rihma.canvases.kinds import Kind
from rihma.canvases.models import Canvas
from rihma.canvases.types import Payload, Proposed
from rihma.guests.models import Guest
from rihma.history.actions import record
from rihma.realtime.news import tell_news

BRAINWRITING = "brainwriting"


@transaction.atomic
def start(canvas: Canvas, *, question: str = "", zones: Sequence[str] = (), by: Person) -> Round:
    """From now on everybody who may write on the canvas may write alone beside it."""
    canvas = _locked(canvas, by)
    is_another_open = Round.objects.open().filter(canvas=canvas).exists()
    rules.check_may_start(is_frozen=canvas.is_frozen, is_another_open=is_another_open)
    rules.check_zones(_kind(canvas), zones)
    begun = Round.objects.create(
        canvas=canvas,
        question=question.strip()[: rules.LONGEST_QUESTION],
        zones=list(zones),
        by=by,
        opened_at=clock.now(),
    )
    _record(begun, canvas, "started", by)
    _tell(canvas.pk)
    return begun


@transaction.atomic
def write(  # what a note is, a name each
    begun: Round, *, zone: str, kind: str, text: str, lang: str, client_id: str, by: Person | Guest
) -> Note:
    """A note that only who wrote it reads. The same id again answers the note that is there."""
    begun = _locked_round(begun, by)
    mine = begun.notes.of(by)
    known = mine.filter(client_id=client_id).first()
    if known:
        return known
    rules.check_may_write(begun.state, own=mine.count())
    note = Note(round=begun, client_id=client_id, made_at=clock.now(), **_named(by))
    _fill(note, begun, zone=zone, kind=kind, text=text, lang=lang)
    note.save(force_insert=True)
    if rules.is_worth_telling(own=mine.count(), all_=begun.notes.count()):
        _tell(begun.canvas_id)
    return note


@transaction.atomic
def edit(note: Note, *, zone: str, kind: str, text: str, lang: str, by: Person | Guest) -> Note:
    begun = _locked_round(note.round, by)
    rules.check_is_open(begun.state)
    note = begun.notes.of(by).get(pk=note.pk)
    _fill(note, begun, zone=zone, kind=kind, text=text, lang=lang)
    note.save(update_fields=["zone", "kind", "text", "lang"])
    return note


@transaction.atomic
def remove(note: Note, *, by: Person | Guest) -> None:
    """For good, while the round is open and where it did not come onto the canvas. Again, and nothing is done."""
    begun = Round.objects.select_for_update().get(pk=note.round_id)
    if begun.notes.of(by).off_canvas().filter(pk=note.pk).delete()[0]:
        _tell(begun.canvas_id)


@transaction.atomic
def reveal(begun: Round, *, by: Person) -> Round:
    """Every note becomes an item of its writer's. Those that the canvas does not take stay with who wrote them."""
    canvas = _locked(begun.canvas, by)
    begun = Round.objects.select_for_update().get(pk=begun.pk)
    rules.check_may_reveal(begun.state, is_frozen=canvas.is_frozen)
    found = {note.pk: note for note in begun.notes.select_related("by", "guest")}
    notes = [found[pk] for pk in rules.shuffled(begun.pk, found)]
    _keep(notes, canvases.apply_of_many(canvas, _proposed(canvas, notes, by), by=by))
    _close(begun, canvas, Round.State.REVEALED, by, len(notes))
    return begun


@transaction.atomic
def cancel(begun: Round, *, by: Person) -> Round:
    """Nothing comes onto the canvas. Each can copy what they wrote for a while."""
    canvas = _locked(begun.canvas, by)
    begun = Round.objects.select_for_update().get(pk=begun.pk)
    rules.check_may_cancel(begun.state)
    _close(begun, canvas, Round.State.CANCELLED, by, begun.notes.count())
    return begun


@transaction.atomic
def place(note: Note, *, zone: str, kind: str, by: Person | Guest) -> Note:
    """A note for which there was no room comes onto the canvas where its writer says."""
    canvas = note.round.canvas
    begun = Round.objects.select_for_update().get(pk=note.round_id)
    note = begun.notes.of(by).get(pk=note.pk)
    rules.check_may_place(begun.state, is_placed=note.is_placed)
    rules.check_place(_kind(canvas), (), zone, kind)
    note.zone, note.kind = zone, kind
    canvases.change(canvas, "add", note.item, _said(note), by=by, client_id=str(note.item))
    _leave(note)
    note.save(update_fields=["zone", "kind", "text", "is_placed", "reason"])
    return note


def _fill(note: Note, begun: Round, *, zone: str, kind: str, text: str, lang: str) -> None:
    text = canvas_rules.tidy({"text": text})["text"]
    rules.check_has_words(text)
    canvas_rules.check_text(text)
    rules.check_place(_kind(begun.canvas), begun.zones, zone, kind)
    if lang not in canvas_rules.LANGUAGES:
        raise Refused("invalid", rules.CHOOSE_LANGUAGE, "lang")
    note.zone, note.kind, note.text, note.lang = zone, kind, text, lang


def _proposed(canvas: Canvas, notes: Sequence[Note], by: Person) -> list[tuple[Proposed, Person | Guest]]:
    """In the name of who wrote it, or of who reveals where the writer may write there no longer."""
    key, doers = key_of(canvas.pk), Doers()
    doers.learn((key, name_of(note.writer)) for note in notes)
    return [
        (
            Proposed(str(note.item), "add", note.item, _said(note)),
            note.writer if doers.find(key, name_of(note.writer)) else by,
        )
        for note in notes
    ]


def _said(note: Note) -> Payload:
    return {"kind": note.kind, "zone": note.zone, "text": note.text, "lang": note.lang}


def _keep(notes: Sequence[Note], applied: Sequence[Applied]) -> None:
    for note, one in zip(notes, applied, strict=True):
        if one.refused:
            note.reason = rules.why_not(one.refused.code)
        else:
            _leave(note)
    Note.objects.bulk_update(notes, ["text", "is_placed", "reason"], batch_size=500)


def _leave(note: Note) -> None:
    """Its words stand on the canvas from now on, and only there, so that erasing them there is enough."""
    note.text, note.is_placed, note.reason = "", True, ""


def _close(begun: Round, canvas: Canvas, to: Round.State, by: Person, notes: int) -> None:
    begun.state, begun.closed_at = to, clock.now()
    begun.save(update_fields=["state", "closed_at"])
    _record(begun, canvas, to.value, by, notes=notes)
    _tell(canvas.pk)


def _locked(canvas: Canvas, by: Person) -> Canvas:
    """Rights are read under the lock: somebody who has just left the team leads nothing more."""
    locked = Canvas.objects.worked_by(by).select_for_update().filter(pk=canvas.pk).first()
    if locked is None:
        raise Refused("forbidden", canvas_rules.NO_LONGER_YOURS)
    return locked


def _locked_round(begun: Round, by: Person | Guest) -> Round:
    """Under the round's own lock, so that a room that writes alone does not hold up those who write on the canvas."""
    begun = Round.objects.select_for_update().get(pk=begun.pk)
    if not Canvas.objects.worked_by(by).filter(pk=begun.canvas_id).exists():
        raise Refused("forbidden", canvas_rules.NO_LONGER_YOURS)
    return begun


def _kind(canvas: Canvas) -> Kind:
    return canvas_rules.check_known(kinds.of(canvas))


def _named(who: Person | Guest) -> dict[str, Person | Guest]:
    return {"guest": who} if isinstance(who, Guest) else {"by": who}


def _tell(canvas: UUID) -> None:
    tell_news(key_of(canvas), BRAINWRITING)


def _record(begun: Round, canvas: Canvas, verb: str, by: Person, **data: object) -> None:
    record(begun, verb, scope=canvas.programme_id, thread=canvas.team_id, by=by, **data)
