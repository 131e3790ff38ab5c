"""What the views of working together answer: a part of the canvas's page, or by way of that page."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import reswap, retarget

from rihma.base import clock
from rihma.canvases.access import WhoRequest
from rihma.canvases.answers import DRAWN, view_of
from rihma.canvases.answers import page_of as board_of
from rihma.canvases.models import Canvas
from rihma.facilitation import queries
from rihma.facilitation.forms import PlaceForm
from rihma.guests.models import Guest


def together(request: WhoRequest, canvas: Canvas) -> dict[str, Any]:
    return {
        "around": queries.around(request, canvas, request.who),
        "canvas": canvas,
        "view": view_of(request),
        "now": clock.now(),
    }


def page_of(request: WhoRequest, canvas: Canvas) -> dict[str, Any]:
    """For pages of their own, with the way back to the canvas."""
    is_guest = isinstance(request.who, Guest)
    return together(request, canvas) | {"programme": canvas.programme, "is_guest": is_guest, "who": request.who}


def dots(request: WhoRequest, canvas: Canvas, item: UUID, *, in_panel: bool = False) -> dict[str, Any]:
    """Of one item: one's own dots, and all of them where these are shown."""
    around = queries.around(request, canvas, request.who)
    standing = around.standing
    found = standing.items.get(item) if standing else None
    return {
        "canvas": canvas,
        "vote": standing.vote if standing else None,
        "item": found,
        "mine": standing.mine.get(item, 0) if standing else 0,
        "count": standing.counts.get(item, 0) if standing else 0,
        "can_vote": around.works and standing is not None and standing.vote.is_open and item in standing.votable,
        "view": view_of(request),
        "in_panel": in_panel,
    }


def part(
    request: WhoRequest, template: str, context: Mapping[str, Any], failed: PlaceForm | None = None
) -> HttpResponse:
    """For htmx only the part; else a page around it. A form that failed comes back in its own place."""
    if not request.htmx:
        return render(request, "facilitation/deed.html", {**context, "part": template})
    if failed is None or not failed.is_bound:
        return render(request, template, context)
    return reswap(retarget(render(request, template, context, status=422), f"#{failed.dom_id}"), "outerHTML")


def done(request: WhoRequest, canvas: Canvas) -> HttpResponse:
    """What stands above the canvas, as it is now; without script the canvas's page."""
    if not request.htmx:
        return _back(f"{canvas.get_absolute_url()}?view={view_of(request)}")
    queries.forget(request)
    return render(request, "facilitation/together.html", together(request, canvas))


def voted(request: WhoRequest, canvas: Canvas) -> HttpResponse:
    """The same, with the board: its items have got buttons, or lost them."""
    if not request.htmx:
        return done(request, canvas)
    queries.forget(request)
    context = board_of(request, canvas) | together(request, canvas)
    return render(request, "facilitation/voted.html", context)


def placed(request: WhoRequest, canvas: Canvas, item: UUID) -> HttpResponse:
    """The item's dots, and with them how many are left; without script the place where the item stands."""
    view = view_of(request)
    if not request.htmx:
        at = f"items/{item}/?view={view}" if view == DRAWN else f"?view={view}#item-{item}"
        return _back(f"{canvas.get_absolute_url()}{at}")
    queries.forget(request)
    context = together(request, canvas) | dots(request, canvas, item, in_panel=view == DRAWN)
    return render(request, "facilitation/placed.html", context)


def _back(address: str) -> HttpResponse:
    response = redirect(address)
    response.status_code = 303
    return response
