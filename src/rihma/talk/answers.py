"""What the views of talk answer: a part of the canvas's page, or a page of its own."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django_htmx.http import reswap, retarget

from rihma.accounts.models import Person
from rihma.canvases.access import WhoRequest
from rihma.canvases.answers import view_of
from rihma.canvases.models import Canvas, Item
from rihma.guests.models import Guest
from rihma.talk import queries
from rihma.talk.forms import CommentForm
from rihma.talk.models import Comment

# In the address: threads that were resolved are shown, too.
ALL = "all"


def around(request: WhoRequest, canvas: Canvas, item: Item) -> dict[str, Any]:
    """What every part of the talk about one item is drawn from."""
    who = request.who
    may = queries.around(canvas, who)
    return {
        "canvas": canvas,
        "programme": canvas.programme,
        "item": item,
        "who": who,
        "is_guest": isinstance(who, Guest),
        "view": view_of(request),
        "all": ALL in request.GET,
        "people": may.others,
        "talk": queries.talk_of(item, who, may),
    }


def with_reactions(request: WhoRequest, item: Item, context: dict[str, Any]) -> dict[str, Any]:
    reactions = queries.reactions_of(item, request.who)
    return context | {"reactions": reactions, "named": [one for one in reactions if one.people]}


def whole(request: WhoRequest, canvas: Canvas, item: Item) -> dict[str, Any]:
    """Comments, reactions, and where something can be said a form for it."""
    context = with_reactions(request, item, around(request, canvas, item))
    form = form_for(request, context["people"], item.pk, None) if context["talk"].can_add else None
    return context | {"form": form}


def form_for(request: WhoRequest, people: Sequence[Person], place: UUID, data: Any, **initial: Any) -> CommentForm:
    return CommentForm(place, people, data, **{"lang": request.LANGUAGE_CODE, **initial})


def part(
    request: WhoRequest, template: str, context: Mapping[str, Any], failed: CommentForm | None = None
) -> HttpResponse:
    """For htmx only the part; else a page around it. A form that failed comes back in its own place."""
    if not request.htmx:
        return render(request, "talk/deed.html", {**context, "part": template})
    if failed is None or not failed.is_bound:
        return render(request, template, context)
    return reswap(retarget(render(request, template, context, status=422), f"#{failed.dom_id}"), "outerHTML")


def said(request: WhoRequest, canvas: Canvas, item: Item, comment: Comment | None = None) -> HttpResponse:
    """The comments as they are now; without script the page of the talk, at the comment."""
    if request.htmx:
        return render(request, "talk/list.html", around(request, canvas, item))
    shows_all = f"&{ALL}=1" if ALL in request.GET else ""
    at = f"#comment-{comment.pk}" if comment else ""
    return _back(request, canvas, item, f"{shows_all}{at}")


def reacted(request: WhoRequest, canvas: Canvas, item: Item) -> HttpResponse:
    if request.htmx:
        context = with_reactions(request, item, around(request, canvas, item))
        return render(request, "talk/reactions.html", context)
    return _back(request, canvas, item, "")


def _back(request: WhoRequest, canvas: Canvas, item: Item, behind: str) -> HttpResponse:
    address = reverse("talk:item", args=[canvas.pk, item.pk])
    response = redirect(f"{address}?view={view_of(request)}{behind}")
    response.status_code = 303
    return response
