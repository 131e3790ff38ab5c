"""What the views of a canvas answer: a page, a part of it, or the board as it is now."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django_htmx.http import reswap, retarget

from rihma.accounts.access import person_of
from rihma.base.parts import Option
from rihma.base.refused import Refused
from rihma.base.slots import fill_many
from rihma.canvases import actions, kinds, queries, rules, shown
from rihma.canvases.access import WhoRequest
from rihma.canvases.arranged import arranged
from rihma.canvases.forms import OperationForm
from rihma.canvases.kinds import ItemKind, Kind
from rihma.canvases.models import Canvas, Item
from rihma.canvases.types import Line, Payload
from rihma.guests.models import Guest

LIST, DRAWN = "list", "drawn"


def view_of(request: HttpRequest) -> str:
    return DRAWN if request.GET.get("view") == DRAWN else LIST


def rights(request: WhoRequest, canvas: Canvas) -> dict[str, Any]:
    works = canvas.is_worked_by(request.who)
    return {
        "programme": canvas.programme,
        "canvas": canvas,
        "view": view_of(request),
        "who": request.who,
        "is_guest": isinstance(request.who, Guest),
        "can_change": works and not canvas.is_frozen and kinds.of(canvas) is not None,
        "runs": canvas.programme.is_run_by(person_of(request)),
    }


def page_of(request: WhoRequest, canvas: Canvas, *, begins: bool = False) -> dict[str, Any]:
    """`begins`: of a long list the rest comes later."""
    board = shown.board_of(canvas)
    if begins and view_of(request) == LIST:
        board.hold_back()
    canvas.readable = [one.item.pk for one in board.begun if not one.item.hidden]
    board.wear(fill_many("canvases/badges", request, canvas))
    may = rights(request, canvas)
    views = [(LIST, _("List")), (DRAWN, _("Drawn"))] if board.kind else []
    return may | {
        "board": board,
        "arranged": arranged(board) if may["view"] == DRAWN else None,
        "kind": board.kind,
        "page_style": board.page_style(may["view"]),
        "views": [Option(title, f"?view={view}", active=view == may["view"]) for view, title in views],
    }


def part(
    request: WhoRequest, template: str, context: Mapping[str, Any], failed: OperationForm | None = None
) -> HttpResponse:
    """For htmx only the part; else a page around it. A form that failed comes back in its own place."""
    if not request.htmx:
        return render(request, "canvases/deed.html", {**context, "part": template})
    if failed is None or not failed.is_bound:
        return render(request, template, context)
    return reswap(retarget(render(request, template, context, status=422), f"#{failed.dom_id}"), "outerHTML")


def done(request: WhoRequest, canvas: Canvas, operation: Line | None) -> HttpResponse:
    """The board with what was done said on it; without script, by way of the page's own address."""
    if not request.htmx:
        deed = f"&done={operation.seq}#item-{operation.item}" if operation else ""
        response = redirect(f"{canvas.get_absolute_url()}?view={view_of(request)}{deed}")
        response.status_code = 303
        return response
    canvas.refresh_from_db(fields=["head", "changed_at", "state"])
    note = queries.note(canvas, operation.seq, request.who) if operation else None
    return render(request, "canvases/board.html", page_of(request, canvas) | {"note": note})


def attempt(form: OperationForm, request: WhoRequest, canvas: Canvas, verb: str, item: UUID, said: Payload) -> bool:
    return form.attempt(
        actions.change,
        canvas,
        verb,
        item,
        said,
        base=form.cleaned_data.get("base"),
        client_id=form.cleaned_data["client_id"],
        by=request.who,
    )


def kinds_of(canvas: Canvas, item: Item) -> tuple[Kind, ItemKind]:
    """Of an item that its kind can show; any other can only be listed."""
    kind = rules.check_known(kinds.of(canvas))
    shown.in_words_of_today(kind, item)
    item_kind = kind.item(item.kind)
    if item_kind is None or not rules.is_readable(kind, item.state):
        raise Refused("invalid", rules.UNREADABLE)
    return kind, item_kind
