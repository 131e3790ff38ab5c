"""What a canvas's page shows of those who work together on it."""

from collections.abc import Mapping
from typing import cast
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string

from rihma.canvases.access import Who, WhoRequest
from rihma.canvases.answers import DRAWN, view_of
from rihma.canvases.models import Canvas, Item
from rihma.facilitation import answers, queries


def canvas_page(request: HttpRequest, canvas: Canvas) -> str:
    """Where to look, what time it is, and how the vote stands."""
    asked = cast("WhoRequest", request)
    return render_to_string("facilitation/canvas_page.html", answers.together(asked, canvas), request)


def item_dots(request: HttpRequest, item: Item) -> str:
    """In the panel of an item: how many dots lie on it, and one's own to place and take."""
    asked = cast("WhoRequest", request)
    standing = queries.around(request, item.canvas, _who(request)).standing
    if standing is None or not (item.pk in standing.votable or item.pk in standing.counts):
        return ""
    return render_to_string("facilitation/dots.html", answers.dots(asked, item.canvas, item.pk, in_panel=True), request)


def badges(request: HttpRequest, canvas: Canvas) -> Mapping[UUID, str]:
    """Beside each item that the vote is about: in the list with its buttons, drawn only the count."""
    asked = cast("WhoRequest", request)
    standing = queries.around(request, canvas, _who(request)).standing
    if standing is None:
        return {}
    name = "badge" if view_of(asked) == DRAWN or not standing.vote.is_open else "dots"
    worn = standing.votable if name == "dots" else standing.counts.keys() | standing.mine.keys()
    return {pk: render_to_string(f"facilitation/{name}.html", answers.dots(asked, canvas, pk), request) for pk in worn}


def menu(request: HttpRequest, canvas: Canvas) -> str:
    asked = cast("WhoRequest", request)
    return render_to_string("facilitation/menu.html", answers.together(asked, canvas), request)


def _who(request: HttpRequest) -> Who:
    return cast("WhoRequest", request).who
