from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.attachments.views import sent
from rihma.base.forms import Form, posted
from rihma.canvases.access import WhoRequest, open_to_guests
from rihma.canvases.answers import rights
from rihma.canvases.models import Canvas
from rihma.moderation import actions, queries
from rihma.moderation.forms import EraseItemForm, EraseWriterForm, FlagForm, decide_form
from rihma.moderation.models import Flag
from rihma.moderation.things import Thing, what
from rihma.programmes.models import Programme
from rihma.talk.models import Comment


@open_to_guests
def flag(request: WhoRequest, canvas_id: UUID, item_id: UUID) -> HttpResponse:
    """Ask to have an item looked at: whoever sees the canvas may."""
    canvas = _seen(request, canvas_id)
    return _flag(request, canvas, get_object_or_404(canvas.items, pk=item_id))


@open_to_guests
def flag_comment(request: WhoRequest, canvas_id: UUID, comment_id: UUID) -> HttpResponse:
    canvas = _seen(request, canvas_id)
    return _flag(request, canvas, get_object_or_404(Comment.objects.read_on(canvas), pk=comment_id))


@open_to_guests
def flag_file(request: WhoRequest, canvas_id: UUID, file_id: UUID) -> HttpResponse:
    canvas = _seen(request, canvas_id)
    return _flag(request, canvas, get_object_or_404(canvas.attachments.shown(), pk=file_id))


def _seen(request: WhoRequest, canvas_id: UUID) -> Canvas:
    return get_object_or_404(Canvas.objects.seen_by(request.who).select_related("team", "programme"), pk=canvas_id)


def _flag(request: WhoRequest, canvas: Canvas, thing: Thing) -> HttpResponse:
    form = FlagForm(posted(request))
    if form.is_valid() and form.attempt(actions.flag, canvas, thing, **form.cleaned_data, by=request.who):
        messages.success(request, _("It is hidden from everybody now. Who runs the programme has been told."))
        return redirect(canvas)
    context = rights(request, canvas) | {"thing": thing, "what": what(thing), "form": form}
    return render(request, "moderation/flag.html", context, status=_status(form))


@signed_in
def queue(request: PersonRequest, slug: str) -> HttpResponse:
    """What people flagged, with what it says: only those who decide read it."""
    return render(request, "moderation/queue.html", _queue_of(_programme(request, slug)))


@signed_in
@require_POST
def show(request: PersonRequest, flag_id: UUID) -> HttpResponse:
    return _decide(request, flag_id, "show")


@signed_in
@require_POST
def erase(request: PersonRequest, flag_id: UUID) -> HttpResponse:
    return _decide(request, flag_id, "erase")


@signed_in
def file(request: PersonRequest, flag_id: UUID, size: str) -> HttpResponse:
    """Of a file that nobody else gets, whoever decides sees what it is."""
    flag = get_object_or_404(Flag.objects.decided_by(request.user).select_related("file"), pk=flag_id)
    if flag.file is None:
        raise Http404(size)
    return sent(flag.file, size, request.headers.get("If-None-Match", ""))


def _decide(request: PersonRequest, flag_id: UUID, verb: str) -> HttpResponse:
    flags = Flag.objects.decided_by(request.user).select_related("canvas__programme")
    flag = get_object_or_404(flags, pk=flag_id)
    programme, form = flag.canvas.programme, decide_form(flag, request.POST)
    action = {"show": actions.show, "erase": actions.erase}[verb]
    if form.is_valid() and form.attempt(action, flag, form.cleaned_data["decision"], by=request.user):
        return redirect("moderation:queue", programme.slug)
    return render(request, "moderation/queue.html", _queue_of(programme, {flag.pk: form}), status=_status(form))


def _queue_of(programme: Programme, failed: Mapping[UUID, Form] | None = None) -> dict[str, Any]:
    """Each flag with its form; one that failed keeps what was typed."""
    flags = queries.queue(programme)
    forms = [(failed or {}).get(flag.pk) or decide_form(flag) for flag in flags]
    return {
        "programme": programme,
        "flags": list(zip(flags, forms, strict=True)),
        "erasures": programme.erasures.select_related("by", "canvas"),
    }


@signed_in
def erase_item(request: PersonRequest, canvas_id: UUID, item_id: UUID) -> HttpResponse:
    """What one item says, and ever said: gone for good."""
    canvas = get_object_or_404(Canvas.objects.run_by(request.user).select_related("team", "programme"), pk=canvas_id)
    item = get_object_or_404(canvas.items.select_related("by", "guest"), pk=item_id)
    form = EraseItemForm(posted(request))
    if form.is_valid() and form.attempt(actions.erase_item, canvas, item.pk, **form.cleaned_data, by=request.user):
        messages.success(request, _("It was erased, here and in the history of the canvas."))
        return redirect(canvas)
    context = {"programme": canvas.programme, "canvas": canvas, "item": item, "form": form}
    return render(request, "moderation/erase_item.html", context, status=_status(form))


@signed_in
def erase_writer(request: PersonRequest, slug: str) -> HttpResponse:
    programme = _programme(request, slug)
    form = EraseWriterForm(programme, posted(request))
    if form.is_valid() and form.attempt(actions.erase_writer, programme, **form.said(), by=request.user):
        messages.success(request, _("Erased: %(what)s.") % {"what": form.result.how_much})
        return redirect("moderation:queue", programme.slug)
    context = {"programme": programme, "form": form}
    return render(request, "moderation/erase_writer.html", context, status=_status(form))


def _programme(request: PersonRequest, slug: str) -> Programme:
    return get_object_or_404(Programme.objects.run_by(request.user), slug=slug)


def _status(form: Form) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
