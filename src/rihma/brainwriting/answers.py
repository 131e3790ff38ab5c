"""What the views of writing alone answer: parts of the canvas's page, or the way back to that page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import reswap, retarget

from rihma.brainwriting import queries
from rihma.brainwriting.forms import NoteForm, PlaceForm, StartForm, places
from rihma.brainwriting.models import Round
from rihma.canvases.access import WhoRequest
from rihma.canvases.answers import view_of
from rihma.canvases.models import Canvas
from rihma.guests.models import Guest


def shown(request: WhoRequest, canvas: Canvas) -> dict[str, Any]:
    """Numbers, own notes and, for who may write, an empty form of the open round."""
    alone = queries.alone(request, canvas, request.who)
    writes = alone.open and alone.works and alone.kind
    return {
        "alone": alone,
        "canvas": canvas,
        "view": view_of(request),
        "round": alone.open,
        "form": note_form(request, alone.open, alone) if writes and alone.open else None,
    }


def note_form(request: WhoRequest, begun: Round, alone: queries.Alone) -> NoteForm:
    found = places(alone.kind, begun.zones) if alone.kind else []
    return NoteForm(found, None, name=f"write-{begun.pk}", lang=request.LANGUAGE_CODE)


def part(request: WhoRequest, template: str, context: Mapping[str, Any], failed: PlaceForm | StartForm) -> HttpResponse:
    """For htmx only the part; else a page around it. A form that failed comes back in its own place."""
    if not request.htmx:
        canvas = context["canvas"]
        around = {"programme": canvas.programme, "is_guest": isinstance(request.who, Guest), "who": request.who}
        return render(request, "brainwriting/deed.html", {**context, **around, "part": template})
    if not failed.is_bound:
        return render(request, template, context)
    return reswap(retarget(render(request, template, context, status=422), f"#{failed.dom_id}"), "outerHTML")


def done(request: WhoRequest, canvas: Canvas, *, renew: bool = False) -> HttpResponse:
    """Numbers and own notes as they are now, and a form of the open round for a page that has none.

    No form in which somebody may be writing is replaced; `renew`: but the one that was sent. Without script the page.
    """
    if not request.htmx:
        response = redirect(f"{canvas.get_absolute_url()}?view={view_of(request)}#alone")
        response.status_code = 303
        return response
    queries.forget(request)
    return render(request, "brainwriting/now.html", shown(request, canvas) | {"renew": renew})
