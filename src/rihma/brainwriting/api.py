from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status
from pydantic import WithJsonSchema

from rihma.accounts.api import person_auth
from rihma.accounts.http import PersonRequest
from rihma.accounts.models import Person
from rihma.brainwriting import actions, queries, rules
from rihma.brainwriting.models import Note, Round
from rihma.canvases.access import Who, who_asks
from rihma.canvases.models import Canvas
from rihma.canvases.rules import LONGEST_CLIENT_ID, LONGEST_TEXT
from rihma.guests.api import GuestAuth

router = Router(tags=["writing alone"], auth=[*person_auth("canvases"), GuestAuth()])


class RoundIn(Schema):
    """`zones`: keys, none for all."""

    question: str = Field("", max_length=rules.LONGEST_QUESTION)
    zones: list[str] = []


class RoundOut(Schema):
    """What goes on, in numbers."""

    id: UUID
    question: str
    zones: list[str]
    state: Annotated[Round.State, WithJsonSchema({"type": "string", "enum": Round.State.values})]
    writers: int
    written: int
    opened_at: datetime


class PlaceIn(Schema):
    zone: str = Field(max_length=40)
    kind: str = Field(max_length=40)


class TextIn(PlaceIn):
    text: str = Field(max_length=10 * LONGEST_TEXT)
    lang: str = Field(max_length=5)


class NoteIn(TextIn):
    """`id` is yours: sending it again adds once."""

    id: str = Field(min_length=1, max_length=LONGEST_CLIENT_ID)


class NoteOut(Schema):
    """`reason`: why it is not on the canvas after the round was revealed. `item`: what it is or will be there."""

    id: UUID
    round: UUID = Field(alias="round_id")
    zone: str
    kind: str
    text: str
    lang: str
    reason: str
    item: UUID


class AloneOut(Schema):
    """`round` is null where none is open; `notes` are your own, those of earlier rounds that are not placed too."""

    round: RoundOut | None
    notes: list[NoteOut]


@router.get("/{canvas_id}/brainwriting", response=AloneOut)
def alone(request: PersonRequest, canvas_id: UUID) -> dict[str, object]:
    """Who writes what is told to nobody else."""
    canvas, who = _seen(request, canvas_id)
    found = queries.alone_with(canvas, who)
    return {"round": found.open, "notes": [own.note for own in (*found.own, *found.left)]}


@router.post("/{canvas_id}/brainwriting", response=RoundOut)
def start_round(request: PersonRequest, canvas_id: UUID, sent: RoundIn) -> Round:
    canvas, person = _led(request, canvas_id)
    return _counted(canvas, actions.start(canvas, question=sent.question, zones=sent.zones, by=person).pk)


@router.post("/{canvas_id}/brainwriting/{round_id}/reveal", response=RoundOut)
def reveal_round(request: PersonRequest, canvas_id: UUID, round_id: UUID) -> Round:
    canvas, person = _led(request, canvas_id)
    actions.reveal(get_object_or_404(canvas.rounds, pk=round_id), by=person)
    return _counted(canvas, round_id)


@router.post("/{canvas_id}/brainwriting/{round_id}/cancel", response=RoundOut)
def cancel_round(request: PersonRequest, canvas_id: UUID, round_id: UUID) -> Round:
    canvas, person = _led(request, canvas_id)
    actions.cancel(get_object_or_404(canvas.rounds, pk=round_id), by=person)
    return _counted(canvas, round_id)


@router.post("/{canvas_id}/brainwriting/{round_id}/notes", response=NoteOut)
def write_note(request: PersonRequest, canvas_id: UUID, round_id: UUID, sent: NoteIn) -> Note:
    canvas, who = _worked(request, canvas_id)
    begun = get_object_or_404(canvas.rounds, pk=round_id)
    return actions.write(begun, **sent.model_dump(exclude={"id"}), client_id=sent.id, by=who)


@router.put("/{canvas_id}/brainwriting/{round_id}/notes/{note_id}", response=NoteOut)
def edit_note(request: PersonRequest, canvas_id: UUID, round_id: UUID, note_id: UUID, sent: TextIn) -> Note:
    canvas, who = _worked(request, canvas_id)
    return actions.edit(_note(canvas, who, round_id, note_id), **sent.model_dump(), by=who)


@router.post("/{canvas_id}/brainwriting/{round_id}/notes/{note_id}/place", response=NoteOut)
def place_note(request: PersonRequest, canvas_id: UUID, round_id: UUID, note_id: UUID, sent: PlaceIn) -> Note:
    """Elsewhere, where it found no room."""
    canvas, who = _worked(request, canvas_id)
    return actions.place(_note(canvas, who, round_id, note_id), **sent.model_dump(), by=who)


@router.delete("/{canvas_id}/brainwriting/{round_id}/notes/{note_id}", response={204: None})
def remove_note(request: PersonRequest, canvas_id: UUID, round_id: UUID, note_id: UUID) -> Status[None]:
    canvas, who = _seen(request, canvas_id)
    actions.remove(_note(canvas, who, round_id, note_id), by=who)
    return Status(204, None)


def _seen(request: PersonRequest, canvas_id: UUID) -> tuple[Canvas, Who]:
    who = who_asks(request, canvas_id)
    return get_object_or_404(Canvas.objects.seen_by(who), pk=canvas_id), who or request.user


def _worked(request: PersonRequest, canvas_id: UUID) -> tuple[Canvas, Who]:
    who = who_asks(request, canvas_id)
    return get_object_or_404(Canvas.objects.worked_by(who), pk=canvas_id), who or request.user


def _led(request: PersonRequest, canvas_id: UUID) -> tuple[Canvas, Person]:
    """Guests take part, those with an account lead."""
    who = who_asks(request, canvas_id)
    person = who if isinstance(who, Person) else None
    return get_object_or_404(Canvas.objects.worked_by(person), pk=canvas_id), person or request.user


def _counted(canvas: Canvas, round_id: UUID) -> Round:
    return get_object_or_404(Round.objects.counted(), canvas=canvas, pk=round_id)


def _note(canvas: Canvas, who: Who, round_id: UUID, note_id: UUID) -> Note:
    mine = Note.objects.of(who).filter(round__canvas=canvas, round=round_id)
    return get_object_or_404(mine.select_related("round__canvas"), pk=note_id)
