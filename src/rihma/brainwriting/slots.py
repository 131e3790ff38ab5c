"""What a canvas's page shows of writing alone."""

from typing import cast

from django.http import HttpRequest
from django.template.loader import render_to_string

from rihma.brainwriting import answers
from rihma.canvases.access import WhoRequest
from rihma.canvases.models import Canvas


def canvas_page(request: HttpRequest, canvas: Canvas) -> str:
    """Above the canvas: where to write while a round is open, and one's own notes that did not come onto it."""
    context = answers.shown(cast("WhoRequest", request), canvas)
    return render_to_string("brainwriting/canvas_page.html", context, request)


def menu(request: HttpRequest, canvas: Canvas) -> str:
    context = answers.shown(cast("WhoRequest", request), canvas)
    return render_to_string("brainwriting/menu.html", context, request)
