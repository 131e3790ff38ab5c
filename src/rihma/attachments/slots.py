"""What a canvas shows of the files on it."""

from collections.abc import Mapping
from uuid import UUID
from weakref import WeakKeyDictionary

from django.http import HttpRequest
from django.template.loader import render_to_string

from rihma.attachments import queries
from rihma.attachments.answers import can_change, of_item
from rihma.attachments.models import Attachment
from rihma.canvases.access import WhoRequest
from rihma.canvases.models import Canvas, Item

# Kept for one request, because a page asks for the list and for the counts.
ASKED: WeakKeyDictionary[HttpRequest, dict[UUID, list[Attachment]]] = WeakKeyDictionary()


def canvas_files(request: WhoRequest, canvas: Canvas) -> str:
    """On the canvas's page: all of them, zone by zone, behind one line."""
    files = _shown_on(request, canvas)
    context = {
        "canvas": canvas,
        "groups": queries.grouped(canvas, files),
        "count": len(files),
        "can_change": can_change(request, canvas),
    }
    return render_to_string("attachments/canvas_files.html", context, request)


def item_files(request: WhoRequest, item: Item) -> str:
    if item.removed or item.hidden:
        return ""
    return render_to_string("attachments/item_files.html", of_item(request, item), request)


def item_badges(request: WhoRequest, canvas: Canvas) -> Mapping[UUID, str]:
    """How many files stand at each item."""
    counts = queries.counts(_shown_on(request, canvas)).items()
    return {item: render_to_string("attachments/badge.html", {"count": count}) for item, count in counts}


def _shown_on(request: HttpRequest, canvas: Canvas) -> list[Attachment]:
    known = ASKED.setdefault(request, {})
    if canvas.pk not in known:
        known[canvas.pk] = queries.shown_on(canvas)
    return known[canvas.pk]
