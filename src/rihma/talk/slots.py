"""What the pages of a canvas show of the talk about what stands on it."""

from collections.abc import Mapping
from uuid import UUID

from django.template.loader import render_to_string

from rihma.canvases.access import WhoRequest
from rihma.canvases.answers import DRAWN, view_of
from rihma.canvases.live import BLANK
from rihma.canvases.models import Canvas, Item
from rihma.talk import answers, queries

NOTHING = queries.Worn()


def canvas_page(request: WhoRequest, _canvas: Canvas) -> str:
    """Style and script of everything that opens on the page."""
    return render_to_string("talk/canvas_page.html", {}, request)


def item_talk(request: WhoRequest, item: Item) -> str:
    """In the panel of an item, and on its page."""
    context = answers.whole(request, item.canvas, item) | {"in_panel": True}
    return render_to_string("talk/talk.html", context, request)


def badges(request: WhoRequest, canvas: Canvas) -> Mapping[UUID, str]:
    """Drawn, the counts; in the list each item leads to its talk as well, also one that was added just now."""
    worn = queries.worn_on(canvas)
    if view_of(request) == DRAWN:
        return {pk: render_to_string("talk/badge.html", {"worn": of}, request) for pk, of in worn.items()}
    return {
        pk: render_to_string("talk/row.html", {"worn": worn.get(pk, NOTHING), "canvas": canvas, "item_id": pk}, request)
        for pk in (*canvas.readable, BLANK)
    }


def menu(request: WhoRequest, canvas: Canvas) -> str:
    return render_to_string("talk/menu.html", {"canvas": canvas}, request)
