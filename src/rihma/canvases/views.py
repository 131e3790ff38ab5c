from collections.abc import Callable
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rihma.accounts.access import person_of, public, signed_in
from rihma.accounts.http import PersonRequest
from rihma.base.forms import posted
from rihma.base.numerals import whole
from rihma.canvases import actions, hiding, kinds, queries, rules, shown
from rihma.canvases.about import about_one
from rihma.canvases.access import WhoRequest, open_to_guests
from rihma.canvases.answers import attempt, done, kinds_of, page_of, part, rights
from rihma.canvases.forms import AddForm, MoveForm, SetForm, here_of
from rihma.canvases.kinds import Kind
from rihma.canvases.live import live_of
from rihma.canvases.models import Canvas, Item
from rihma.canvases.pictures import paper, sheet
from rihma.canvases.pictures.sheet import PAPERS
from rihma.canvases.types import Payload
from rihma.teams.models import Team

A_PAGE_OF_HISTORY = 50
BLANKS: dict[str, tuple[Callable[[Kind, str], str | bytes], str]] = {
    "svg": (sheet.blank, "image/svg+xml; charset=utf-8"),
    "pdf": (paper.pdf, "application/pdf"),
}


@public
def kinds_page(request: HttpRequest) -> HttpResponse:
    """What each canvas is for, and sheets of it to print."""
    return render(request, "canvases/kinds.html", {"kinds": kinds.every(), "papers": PAPERS})


@public
def blank(request: HttpRequest, kind: str, file: str) -> HttpResponse:
    found, size = kinds.find(kind), request.GET.get("paper", "A4")
    hidden = kinds.is_own(kind) and not kinds.beside().seen_by(kind, person_of(request))
    if found is None or hidden or size not in PAPERS or file not in BLANKS:
        raise Http404(kind)
    draw, content_type = BLANKS[file]
    response = HttpResponse(draw(found, size), content_type=content_type)
    response["Content-Disposition"] = f'inline; filename="{kind}-{get_language()}-{size}.{file}"'
    return response


@signed_in
@require_POST
def open_canvas(request: PersonRequest, team_id: UUID, kind: str) -> HttpResponse:
    team = get_object_or_404(Team.objects.worked_by(request.user).select_related("programme"), pk=team_id)
    rules.check_used(kind, team.programme.canvas_kinds)
    return redirect(actions.open_canvas(team, kind, by=request.user))


@open_to_guests
def canvas(request: WhoRequest, canvas_id: UUID) -> HttpResponse:
    canvas = queries.seen(request.who, canvas_id)
    note = queries.note(canvas, whole(request.GET.get("done", "")), request.who)
    # Whoever just did something without script goes to the item it was done to, so it must be there.
    begins = not request.htmx and not {"all", "done"} & request.GET.keys()
    page = page_of(request, canvas, begins=begins) | {"note": note}
    if request.htmx:
        return render(request, "canvases/board.html", page)
    page |= live_of(request, canvas, page["board"], page["view"], can_change=page["can_change"])
    return render(request, "canvases/canvas.html", page)


@open_to_guests
def item(request: WhoRequest, canvas_id: UUID, item_id: UUID) -> HttpResponse:
    """One item and everything that can be done with it: beside the drawn view, or a page of its own."""
    canvas = queries.seen(request.who, canvas_id)
    item = hiding.veil(get_object_or_404(canvas.items.select_related("by", "guest"), pk=item_id))
    if canvas.names_hidden:
        hiding.nameless(item)
    kind, item_kind = kinds_of(canvas, item)
    here = here_of(canvas)
    context = rights(request, canvas) | {
        "shown": shown.show(kind, item, about=about_one(item)),
        "set_form": SetForm(kind, item_kind, item, here),
        "move_form": MoveForm(kind, item_kind, item, here),
        "heading": item_kind.name,
    }
    return part(request, "canvases/item.html", context)


@signed_in
def history(request: PersonRequest, canvas_id: UUID) -> HttpResponse:
    canvas = queries.seen(request.user, canvas_id)
    operations = canvas.operations.filter(seq__gt=canvas.folded).select_related("by", "guest").order_by("-seq")
    page = Paginator(operations, A_PAGE_OF_HISTORY).get_page(request.GET.get("page"))
    context = {"programme": canvas.programme, "canvas": canvas, "page": page, "told": queries.told(canvas, list(page))}
    return render(request, "canvases/history.html", context)


@signed_in
@require_POST
def hide_names(request: PersonRequest, canvas_id: UUID) -> HttpResponse:
    """Or show them again."""
    canvas = get_object_or_404(Canvas.objects.worked_by(request.user), pk=canvas_id)
    return redirect(actions.hide_names(canvas, hidden=request.POST.get("hidden") == "yes", by=request.user))


@signed_in
@require_POST
def freeze(request: PersonRequest, canvas_id: UUID) -> HttpResponse:
    canvas = get_object_or_404(Canvas.objects.run_by(request.user), pk=canvas_id)
    return redirect(actions.freeze(canvas, by=request.user))


@signed_in
@require_POST
def reopen(request: PersonRequest, canvas_id: UUID) -> HttpResponse:
    canvas = get_object_or_404(Canvas.objects.run_by(request.user), pk=canvas_id)
    return redirect(actions.reopen(canvas, by=request.user))


@open_to_guests
def add(request: WhoRequest, canvas_id: UUID) -> HttpResponse:
    canvas = get_object_or_404(Canvas.objects.worked_by(request.who).select_related("team", "programme"), pk=canvas_id)
    kind = rules.check_known(kinds.of(canvas))
    sent = request.POST if request.method == "POST" else request.GET
    form = AddForm.of(
        kind,
        here_of(canvas),
        posted(request),
        zone=sent.get("fixed_zone", ""),
        item_kind=sent.get("item_kind", ""),
        lang=request.LANGUAGE_CODE,
        given=request.GET,
    )
    if request.method == "POST" and form.is_valid():
        # The item's id comes from the page's, so that a page sent twice speaks of one item.
        pk = rules.item_of(canvas.pk, form.cleaned_data["client_id"])
        if attempt(form, request, canvas, "add", pk, form.payload()):
            return done(request, canvas, form.result)
    context = rights(request, canvas) | {"form": form, "heading": _("Add: %(kind)s") % {"kind": form.item_kind.name}}
    return part(request, "canvases/add_form.html", context, failed=form)


@open_to_guests
def set_item(request: WhoRequest, canvas_id: UUID, item_id: UUID) -> HttpResponse:
    canvas, item = _found(request, canvas_id, item_id)
    form = SetForm(*kinds_of(canvas, item), item, here_of(canvas), posted(request))
    if form.is_valid() and attempt(form, request, canvas, "set", item.pk, form.payload()):
        return done(request, canvas, form.result)
    context = rights(request, canvas) | {"item": item, "form": form, "heading": _("Edit")}
    return part(request, "canvases/set_form.html", context, failed=form)


@open_to_guests
def move(request: WhoRequest, canvas_id: UUID, item_id: UUID) -> HttpResponse:
    canvas, item = _found(request, canvas_id, item_id)
    form = MoveForm(*kinds_of(canvas, item), item, here_of(canvas), posted(request))
    if form.is_valid():
        said = form.payload()
        order = queries.wished_order(canvas, item, said.get("zone", item.zone), form.cleaned_data["order"])
        if order:
            said["order"] = order
        if not said:
            return done(request, canvas, None)
        if attempt(form, request, canvas, "move", item.pk, said):
            return done(request, canvas, form.result)
    context = rights(request, canvas) | {"item": item, "form": form, "heading": _("Move")}
    return part(request, "canvases/move_form.html", context, failed=form)


@open_to_guests
@require_POST
def remove(request: WhoRequest, canvas_id: UUID, item_id: UUID) -> HttpResponse:
    canvas, item = _found(request, canvas_id, item_id)
    return done(request, canvas, actions.change(canvas, "remove", item.pk, by=request.who))


@open_to_guests
@require_POST
def restore(request: WhoRequest, canvas_id: UUID, item_id: UUID) -> HttpResponse:
    canvas, item = _found(request, canvas_id, item_id)
    return done(request, canvas, actions.change(canvas, "restore", item.pk, by=request.who))


@open_to_guests
@require_POST
def settle(request: WhoRequest, canvas_id: UUID, item_id: UUID) -> HttpResponse:
    """Two texts clashed: the one that was kept aside takes the place of the other, or goes."""
    canvas, item = _found(request, canvas_id, item_id)
    seq = request.POST.get("settles", "")
    other = next((other for other in item.alternatives if str(other["seq"]) == seq), None)
    said: Payload = {"settles": other["seq"] if other else 0}
    if other and request.POST.get("keep") == "other":
        said |= {"text": other["text"], "lang": other["lang"]}
    base = whole(request.POST.get("base", ""))
    return done(request, canvas, actions.change(canvas, "set", item.pk, said, base=base, by=request.who))


@open_to_guests
@require_POST
def undo(request: WhoRequest, canvas_id: UUID) -> HttpResponse:
    canvas = get_object_or_404(Canvas.objects.worked_by(request.who).select_related("team", "programme"), pk=canvas_id)
    seq = whole(request.POST.get("seq", ""))
    return done(request, canvas, actions.undo(canvas, seq, by=request.who))


def _found(request: WhoRequest, canvas_id: UUID, item_id: UUID) -> tuple[Canvas, Item]:
    canvas = get_object_or_404(Canvas.objects.worked_by(request.who).select_related("team", "programme"), pk=canvas_id)
    return canvas, get_object_or_404(canvas.items, pk=item_id)
