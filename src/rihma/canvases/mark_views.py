"""What is said of an item beside its words, in pages: shown all together, each saved by itself."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import reswap, retarget

from rihma.accounts.models import Person
from rihma.canvases import actions, mark_forms, queries, rules
from rihma.canvases.access import WhoRequest, open_to_guests
from rihma.canvases.answers import done, part, rights
from rihma.canvases.forms import OperationForm
from rihma.canvases.mark_forms import LinkForm, MarkForm, SameForm, SendForm, TranslationForm
from rihma.canvases.models import Canvas, Item


@open_to_guests
def more(request: WhoRequest, canvas_id: UUID, item_id: UUID) -> HttpResponse:
    """Everything that can be said of the item."""
    canvas, item = _found(request, canvas_id, item_id)
    return part(request, "canvases/more.html", _page(request, canvas, item))


@open_to_guests
@require_POST
def mark(request: WhoRequest, canvas_id: UUID, item_id: UUID) -> HttpResponse:
    canvas, item = _found(request, canvas_id, item_id)
    form = MarkForm(item, queries.groups(canvas), request.POST)
    if form.is_valid():
        said = form.payloads()
        if not said:
            return done(request, canvas, None)
        client_id = form.cleaned_data["client_id"]
        if form.attempt(actions.mark, canvas, item.pk, said, by=request.who, client_id=client_id):
            return done(request, canvas, form.result)
    return _again(request, canvas, item, form, "mark_form")


@open_to_guests
@require_POST
def link(request: WhoRequest, canvas_id: UUID, item_id: UUID) -> HttpResponse:
    canvas, item = _found(request, canvas_id, item_id)
    form = LinkForm("link", item, queries.items_by_place(canvas), request.POST)
    if form.is_valid() and _attempt(form, request, canvas, "mark", item):
        return done(request, canvas, form.result)
    return _again(request, canvas, item, form, "link_form")


@open_to_guests
@require_POST
def unlink(request: WhoRequest, canvas_id: UUID, item_id: UUID) -> HttpResponse:
    canvas, item = _found(request, canvas_id, item_id)
    to = request.POST.get("to", "")
    if to not in [one["to"] for one in item.marks.get("links", ())]:
        return done(request, canvas, None)
    return done(request, canvas, actions.change(canvas, "mark", item.pk, {"unlink": to}, by=request.who))


@open_to_guests
@require_POST
def translate(request: WhoRequest, canvas_id: UUID, item_id: UUID, lang: str) -> HttpResponse:
    canvas, item = _found(request, canvas_id, item_id)
    if lang not in mark_forms.other_languages(item):
        raise Http404(lang)
    form = TranslationForm(item, lang, request.POST)
    if form.is_valid() and _attempt(form, request, canvas, "mark", item, base=form.cleaned_data["base"]):
        return done(request, canvas, form.result)
    return _again(request, canvas, item, form, "translation_form")


@open_to_guests
@require_POST
def same_as(request: WhoRequest, canvas_id: UUID, item_id: UUID) -> HttpResponse:
    """Merge duplicates: this one goes and says which one stands for it."""
    canvas, item = _found(request, canvas_id, item_id)
    form = SameForm("same", item, queries.items_by_place(canvas), request.POST)
    if form.is_valid() and _attempt(form, request, canvas, "remove", item):
        return done(request, canvas, form.result)
    return _again(request, canvas, item, form, "same_form")


@open_to_guests
@require_POST
def send(request: WhoRequest, canvas_id: UUID, item_id: UUID) -> HttpResponse:
    """To another canvas of the team: guests know of one only."""
    canvas, item = _found(request, canvas_id, item_id)
    if not isinstance(request.who, Person):
        raise Http404
    form = SendForm(item, queries.open_beside(canvas, request.who), request.POST)
    if form.is_valid():
        to, client_id = form.cleaned_data["canvas"], form.cleaned_data["client_id"]
        if form.attempt(actions.send, canvas, item, to, by=request.who, client_id=client_id):
            return part(request, "canvases/more.html", _page(request, canvas, item) | {"sent_to": to})
    return _again(request, canvas, item, form, "send_form")


def _attempt(
    form: LinkForm | SameForm | TranslationForm,
    request: WhoRequest,
    canvas: Canvas,
    verb: str,
    item: Item,
    base: int | None = None,
) -> bool:
    said, client_id = form.payload(), form.cleaned_data["client_id"]
    return form.attempt(actions.change, canvas, verb, item.pk, said, base=base, client_id=client_id, by=request.who)


def _again(request: WhoRequest, canvas: Canvas, item: Item, form: OperationForm, name: str) -> HttpResponse:
    """All forms of the item, with what was typed into this one, and what is wrong with it."""
    context = _page(request, canvas, item)
    if isinstance(form, TranslationForm):
        forms = context["translation_forms"]
        context["translation_forms"] = [form if one.lang == form.lang else one for one in forms]
    else:
        context[name] = form
    if not request.htmx:
        return part(request, "canvases/more.html", context)
    answer = render(request, "canvases/more.html", context, status=422)
    return reswap(retarget(answer, f"#more-{item.pk}"), "outerHTML")


def _page(request: WhoRequest, canvas: Canvas, item: Item) -> dict[str, Any]:
    others = queries.items_by_place(canvas)
    beside = list(queries.open_beside(canvas, request.who)) if isinstance(request.who, Person) else []
    texts = {str(other.pk): other.text for other in others}
    links = [one | {"text": texts[one["to"]]} for one in item.marks.get("links", ()) if one["to"] in texts]
    return rights(request, canvas) | {
        "item": item,
        "links": links,
        "mark_form": MarkForm(item, queries.groups(canvas)),
        "link_form": LinkForm("link", item, others),
        "same_form": SameForm("same", item, others),
        "send_form": SendForm(item, beside) if beside else None,
        "translation_forms": [TranslationForm(item, lang) for lang in mark_forms.other_languages(item)],
        "heading": _("More about the item"),
    }


def _found(request: WhoRequest, canvas_id: UUID, item_id: UUID) -> tuple[Canvas, Item]:
    canvas = get_object_or_404(Canvas.objects.worked_by(request.who).select_related("team", "programme"), pk=canvas_id)
    rules.check_open(canvas.state)
    item = get_object_or_404(canvas.items.live(), pk=item_id)
    rules.check_shown(item.state)
    return canvas, item
