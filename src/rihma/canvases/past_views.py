"""Any moment of a canvas: looked at, given a name, brought back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base.numerals import whole
from rihma.base.parts import Option
from rihma.canvases import actions, kinds, past, queries, rules, shown
from rihma.canvases.answers import DRAWN, LIST, view_of
from rihma.canvases.arranged import arranged
from rihma.canvases.forms import SnapshotForm
from rihma.canvases.models import Canvas, Snapshot


@signed_in
def moment(request: PersonRequest, canvas_id: UUID) -> HttpResponse:
    """The canvas as it was after one of its operations, for reading."""
    canvas = queries.seen(request.user, canvas_id)
    return _moment(request, canvas, SnapshotForm())


def _moment(request: PersonRequest, canvas: Canvas, form: SnapshotForm) -> HttpResponse:
    snapshots = list(canvas.snapshots.select_related("by"))
    at = _known(canvas, snapshots, min(whole(request.GET.get("at", "")) or canvas.head, canvas.head))
    board = shown.board_of(canvas, past.items_at(canvas, at))
    view = view_of(request)
    rows = list(canvas.operations.filter(seq=at, seq__gt=canvas.folded).select_related("by", "guest"))
    works = Canvas.objects.worked_by(request.user).filter(pk=canvas.pk).exists()
    context = {
        "programme": canvas.programme,
        "canvas": canvas,
        "at": at,
        "told": queries.told(canvas, rows),
        "board": board,
        "kind": board.kind,
        "view": view,
        "arranged": arranged(board) if view == DRAWN else None,
        "views": [
            Option(title, f"?view={one}&at={at}", active=one == view)
            for one, title in ((LIST, _("List")), (DRAWN, _("Drawn")))
        ],
        "can_change": False,
        "works": works and not canvas.is_frozen and board.kind is not None,
        "snapshots": snapshots,
        "first": max(1, canvas.folded),
        "back": at - 1 if at > max(1, canvas.folded) else None,
        "on": max(at + 1, canvas.folded) if at < canvas.head else None,
        "form": form,
    }
    return render(request, "canvases/moment.html", context)


def _known(canvas: Canvas, snapshots: list[Snapshot], at: int) -> int:
    """The moment that is asked for, or the first that is still known."""
    return at if at in [one.seq for one in snapshots] else max(at, canvas.folded)


@signed_in
@require_POST
def snapshot(request: PersonRequest, canvas_id: UUID) -> HttpResponse:
    """A name for a moment, by which it is found again."""
    canvas = get_object_or_404(Canvas.objects.worked_by(request.user).select_related("team", "programme"), pk=canvas_id)
    form = SnapshotForm(request.POST)
    at = whole(request.GET.get("at", ""))
    if form.is_valid() and form.attempt(
        actions.take_snapshot, canvas, at, name=form.cleaned_data["name"], by=request.user
    ):
        messages.success(request, _("The moment has a name now."))
        return redirect(f"{reverse('canvases:moment', args=[canvas.pk])}?at={form.result.seq}")
    return _moment(request, canvas, form)


@signed_in
@require_POST
def bring_back(request: PersonRequest, canvas_id: UUID) -> HttpResponse:
    canvas = get_object_or_404(Canvas.objects.worked_by(request.user).select_related("team", "programme"), pk=canvas_id)
    rules.check_known(kinds.of(canvas))
    done, refused = actions.bring_back(canvas, whole(request.POST.get("at", "")), by=request.user)
    if refused:
        words = ngettext(
            "%(count)s change could not be made, because there was no room for it.",
            "%(count)s changes could not be made, because there was no room for them.",
            refused,
        )
        messages.warning(request, words % {"count": refused})
    words = ngettext("Brought back with %(count)s change.", "Brought back with %(count)s changes.", done)
    messages.success(request, words % {"count": done})
    return redirect(canvas)
