from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base.forms import posted
from rihma.base.parts import Option
from rihma.canvases import kinds
from rihma.canvases.arranged import arranged
from rihma.canvases.kinds.writing import write
from rihma.canvases.models import Canvas
from rihma.canvases.pictures import sheet
from rihma.canvases.shown import board_of
from rihma.programmes import file
from rihma.programmes.models import Programme
from rihma.tailoring import actions
from rihma.tailoring.forms import ImportForm, PublishForm
from rihma.tailoring.models import OwnKind
from rihma.tailoring.queries import canvases_on, is_ahead, lacks_of
from rihma.tailoring.tabs import tabs


@signed_in
@require_safe
def own_kinds(request: PersonRequest, slug: str) -> HttpResponse:
    programme = _programme(request, slug)
    known = {kind.key: kind for kind in kinds.every()}
    own = list(programme.own_kinds.all())
    for one in own:
        one.programme = programme
    context = {
        "programme": programme,
        "rows": [{"own": one, "origin": known.get(one.copied_from)} for one in own],
        "shipped": kinds.every(),
    }
    return render(request, "tailoring/list.html", context)


@signed_in
@require_POST
def copy(request: PersonRequest, slug: str, kind: str) -> HttpResponse:
    own = actions.copy(_programme(request, slug), kind, by=request.user)
    messages.success(request, _("The copy is a draft. Nobody else sees it before you publish it."))
    return redirect("tailoring:edit", slug, own.key)


@signed_in
@require_http_methods(["GET", "POST"])
def import_file(request: PersonRequest, slug: str) -> HttpResponse:
    """A file or a text. With mistakes the text stays in the page, to be mended there."""
    programme = _programme(request, slug)
    context = {"programme": programme, "form": ImportForm(posted(request))}
    if request.method == "GET":
        return render(request, "tailoring/import.html", context)
    data = ImportForm(request.POST, request.FILES).given()
    try:
        own = actions.import_file(programme, data, by=request.user)
    except file.BadFile as bad:
        text = file.as_text(data)
        context |= {
            "form": ImportForm(initial={"text": text}),
            "problems": file.quoted(bad.problems, text),
            "bad": bad,
        }
        return render(request, "tailoring/import.html", context)
    messages.success(request, _("The draft is made from the file. Nobody else sees it before you publish it."))
    return redirect("tailoring:edit", slug, own.key)


@signed_in
@require_safe
def export(request: PersonRequest, slug: str, key: str) -> HttpResponse:
    """The draft as the file of a kind, so that it can be sent on, or come with Rihma one day."""
    own = _own(request, slug, key)
    response = HttpResponse(write(own.draft), content_type="application/toml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{own.key}.toml"'
    return response


@signed_in
@require_safe
def preview(request: PersonRequest, slug: str, key: str) -> HttpResponse:
    """As it will look: the same templates as a canvas, with nothing on it."""
    own = _own(request, slug, key)
    view = request.GET.get("view")
    view = view if view in ("list", "paper") else "drawn"
    canvas = Canvas(kind=own.key, kind_version=own.version, title=own.kind.name)
    board = board_of(canvas, [], {}, own.kind)
    views = [("drawn", _("Drawn")), ("list", _("List")), ("paper", _("On paper"))]
    context = _page(own, "tailoring:preview") | {
        "canvas": canvas,
        "kind": own.kind,
        "board": board,
        "arranged": arranged(board) if view == "drawn" else None,
        "view": view,
        "views": [Option(title, f"?view={name}", active=name == view) for name, title in views],
        "sheet": sheet.blank(own.kind) if view == "paper" else "",
        "can_change": False,
    }
    return render(request, "tailoring/preview.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def publish(request: PersonRequest, slug: str, key: str) -> HttpResponse:
    """What still lacks, what it means for canvases, and the button."""
    own = _own(request, slug, key)
    form = PublishForm(posted(request))
    if own.key in own.programme.canvas_kinds:
        del form.fields["for_teams"]
    if request.method == "POST" and form.is_valid() and form.attempt(actions.publish, own, by=request.user):
        if form.cleaned_data.get("for_teams"):
            actions.give(own, by=request.user)
        messages.success(request, _("It is published. Teams get this version from now on."))
        return redirect("tailoring:list", slug)
    context = _page(own, "tailoring:publish") | {"form": form, "lacks": lacks_of(own), "canvases": canvases_on(own)}
    context["is_ahead"] = is_ahead(own)
    return render(request, "tailoring/publish.html", context)


@signed_in
@require_POST
def retire(request: PersonRequest, slug: str, key: str) -> HttpResponse:
    actions.retire(_own(request, slug, key), by=request.user)
    messages.success(request, _("It is retired. Canvases that teams have begun stay."))
    return redirect("tailoring:list", slug)


@signed_in
@require_POST
def take_up(request: PersonRequest, slug: str, key: str) -> HttpResponse:
    actions.take_up(_own(request, slug, key), by=request.user)
    messages.success(request, _("It is in use again. Choose it for your teams where the programme's facts are edited."))
    return redirect("tailoring:list", slug)


@signed_in
@require_POST
def discard(request: PersonRequest, slug: str, key: str) -> HttpResponse:
    actions.discard(_own(request, slug, key), by=request.user)
    messages.success(request, _("The draft is gone."))
    return redirect("tailoring:list", slug)


def _programme(request: PersonRequest, slug: str) -> Programme:
    return get_object_or_404(Programme.objects.run_by(request.user), slug=slug)


def _own(request: PersonRequest, slug: str, key: str) -> OwnKind:
    found = OwnKind.objects.run_by(request.user).select_related("programme")
    return get_object_or_404(found, programme__slug=slug, key=key)


def _page(own: OwnKind, route: str) -> dict[str, object]:
    return {"own": own, "programme": own.programme, "tabs": tabs(own, route)}
