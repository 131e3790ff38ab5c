from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rihma.accounts.models import Person
from rihma.base.forms import posted
from rihma.brainwriting import actions
from rihma.brainwriting.answers import done, part, shown
from rihma.brainwriting.forms import NoteForm, PlaceForm, StartForm, places
from rihma.brainwriting.models import Note, Round
from rihma.canvases import kinds
from rihma.canvases.access import WhoRequest, open_to_guests
from rihma.canvases.kinds import Kind
from rihma.canvases.models import Canvas
from rihma.canvases.rules import check_known


@open_to_guests
def now(request: WhoRequest, canvas_id: UUID) -> HttpResponse:
    """Asked for again when something has changed."""
    canvas = get_object_or_404(Canvas.objects.seen_by(request.who), pk=canvas_id)
    return done(request, canvas) if request.htmx else redirect(canvas)


@open_to_guests
def start(request: WhoRequest, canvas_id: UUID) -> HttpResponse:
    canvas, person = _led(request, canvas_id)
    form = StartForm(_kind(canvas), posted(request))
    if form.is_valid() and form.attempt(actions.start, canvas, by=person, **form.cleaned_data):
        return done(request, canvas)
    context = shown(request, canvas) | {"form": form, "heading": _("Let everybody write alone")}
    return part(request, "brainwriting/start_form.html", context, form)


@open_to_guests
@require_POST
def reveal(request: WhoRequest, canvas_id: UUID, round_id: UUID) -> HttpResponse:
    canvas, person = _led(request, canvas_id)
    actions.reveal(_round(canvas, round_id), by=person)
    return done(request, canvas)


@open_to_guests
@require_POST
def cancel(request: WhoRequest, canvas_id: UUID, round_id: UUID) -> HttpResponse:
    canvas, person = _led(request, canvas_id)
    actions.cancel(_round(canvas, round_id), by=person)
    return done(request, canvas)


@open_to_guests
def write(request: WhoRequest, canvas_id: UUID, round_id: UUID) -> HttpResponse:
    """The form stands on the canvas's page; here it comes back when a rule said no, with what was typed."""
    canvas = _worked(request, canvas_id)
    begun = _round(canvas, round_id)
    found = places(_kind(canvas), begun.zones)
    form = NoteForm(found, posted(request), name=f"write-{begun.pk}", lang=request.LANGUAGE_CODE)
    if form.is_valid() and form.attempt(
        actions.write, begun, client_id=form.cleaned_data["client_id"], by=request.who, **form.said()
    ):
        # A form that had come back is not emptied by the page itself.
        return done(request, canvas, renew="again" in request.POST)
    context = shown(request, canvas) | {"form": form, "round": begun, "heading": _("Write alone")}
    return part(request, "brainwriting/write_form.html", context, form)


@open_to_guests
def edit(request: WhoRequest, canvas_id: UUID, round_id: UUID, note_id: UUID) -> HttpResponse:
    canvas = _worked(request, canvas_id)
    note = _note(request, canvas, round_id, note_id)
    found = places(_kind(canvas), note.round.zones)
    form = NoteForm(found, posted(request), name=f"edit-{note.pk}", lang=note.lang, note=note)
    if form.is_valid() and form.attempt(actions.edit, note, by=request.who, **form.said()):
        return done(request, canvas)
    context = shown(request, canvas) | {"form": form, "note": note, "heading": _("Edit your note")}
    return part(request, "brainwriting/edit_form.html", context, form)


@open_to_guests
def place(request: WhoRequest, canvas_id: UUID, round_id: UUID, note_id: UUID) -> HttpResponse:
    """A note that found no room where it was to go."""
    canvas = _worked(request, canvas_id)
    note = _note(request, canvas, round_id, note_id)
    form = PlaceForm(places(_kind(canvas)), posted(request), f"place-{note.pk}")
    if form.is_valid() and form.attempt(actions.place, note, by=request.who, **form.said()):
        return done(request, canvas)
    context = shown(request, canvas) | {"form": form, "note": note, "heading": _("Place your note")}
    return part(request, "brainwriting/place_form.html", context, form)


@open_to_guests
@require_POST
def remove(request: WhoRequest, canvas_id: UUID, round_id: UUID, note_id: UUID) -> HttpResponse:
    """One's own, also where one may only read the canvas by now."""
    canvas = get_object_or_404(Canvas.objects.seen_by(request.who), pk=canvas_id)
    actions.remove(_note(request, canvas, round_id, note_id), by=request.who)
    return done(request, canvas)


def _worked(request: WhoRequest, canvas_id: UUID) -> Canvas:
    return get_object_or_404(Canvas.objects.worked_by(request.who).select_related("team", "programme"), pk=canvas_id)


def _led(request: WhoRequest, canvas_id: UUID) -> tuple[Canvas, Person]:
    """Those with an account who work there lead; guests take part."""
    if not isinstance(request.who, Person):
        raise Http404
    return _worked(request, canvas_id), request.who


def _round(canvas: Canvas, round_id: UUID) -> Round:
    return get_object_or_404(canvas.rounds, pk=round_id)


def _note(request: WhoRequest, canvas: Canvas, round_id: UUID, note_id: UUID) -> Note:
    mine = Note.objects.of(request.who).filter(round__canvas=canvas, round=round_id)
    return get_object_or_404(mine.select_related("round__canvas"), pk=note_id)


def _kind(canvas: Canvas) -> Kind:
    return check_known(kinds.of(canvas))
