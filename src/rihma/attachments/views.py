from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from rihma.attachments import actions, queries, rules
from rihma.attachments.answers import of_item
from rihma.attachments.forms import AttachForm, DescribeForm
from rihma.attachments.models import DESCRIBED, Attachment
from rihma.base.files import sending
from rihma.base.forms import posted
from rihma.base.ids import id_of
from rihma.base.seen import facts_of
from rihma.canvases.access import WhoRequest, open_to_guests
from rihma.canvases.answers import rights
from rihma.canvases.models import Canvas


@open_to_guests
def files(request: WhoRequest, canvas_id: UUID) -> HttpResponse:
    """All files of the canvas: a page, or the list again for a page that is open."""
    canvas = _seen(request, canvas_id)
    if request.htmx and "item" in request.GET:
        item = get_object_or_404(canvas.items.live().filter(hidden=False), pk=id_of(request.GET["item"]))
        return render(request, "attachments/item_files.html", of_item(request, item) | {"is_again": True})
    found = queries.shown_on(canvas)
    context = rights(request, canvas) | {"groups": queries.grouped(canvas, found), "count": len(found)}
    return render(request, "attachments/list.html" if request.htmx else "attachments/files.html", context)


@open_to_guests
def attach(request: WhoRequest, canvas_id: UUID) -> HttpResponse:
    canvas = get_object_or_404(Canvas.objects.worked_by(request.who).select_related("team", "programme"), pk=canvas_id)
    form = AttachForm(
        canvas,
        posted(request),
        request.FILES or None,
        camera="camera" in request.GET,
        initial={"place": request.GET.get("place", "")},
    )
    if form.is_valid() and attempt(form, request, canvas):
        return redirect("attachments:files", canvas.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "attachments/attach.html", rights(request, canvas) | {"form": form}, status=status)


def attempt(form: AttachForm, request: WhoRequest, canvas: Canvas) -> bool:
    zone, item = form.where()
    upload = form.cleaned_data["upload"]
    return form.attempt(
        actions.attach,
        canvas,
        upload.read(rules.MOST_BYTES + 1),
        name=upload.name,
        zone=zone,
        item=item,
        alt=form.cleaned_data["alt"],
        lang=request.LANGUAGE_CODE,
        by=request.who,
    )


@open_to_guests
def file(request: WhoRequest, canvas_id: UUID, file_id: UUID) -> HttpResponse:
    """One file, with all that is said of it and can be done with it."""
    canvas = _seen(request, canvas_id)
    attachment = _found(canvas, file_id)
    context = rights(request, canvas) | {
        "attachment": attachment,
        "form": DescribeForm.filled(facts_of(attachment, DESCRIBED), None),
        "may_remove": Attachment.objects.removable_by(request.who).filter(pk=file_id).exists(),
    }
    return render(request, "attachments/file.html", context)


@open_to_guests
@require_POST
def describe(request: WhoRequest, canvas_id: UUID, file_id: UUID) -> HttpResponse:
    canvas = get_object_or_404(Canvas.objects.worked_by(request.who).select_related("team", "programme"), pk=canvas_id)
    attachment = _found(canvas, file_id)
    form = DescribeForm.filled(facts_of(attachment, DESCRIBED), request.POST)
    if form.is_valid() and form.attempt_seen(
        actions.describe,
        attachment,
        newest=lambda: facts_of(_found(canvas, file_id), DESCRIBED),
        **form.cleaned_data,
        lang=request.LANGUAGE_CODE,
        by=request.who,
    ):
        return redirect("attachments:files", canvas.pk)
    context = rights(request, canvas) | {
        "attachment": attachment,
        "form": form,
        "may_remove": Attachment.objects.removable_by(request.who).filter(pk=file_id).exists(),
    }
    return render(request, "attachments/file.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@open_to_guests
@require_POST
def remove(request: WhoRequest, canvas_id: UUID, file_id: UUID) -> HttpResponse:
    own = Attachment.objects.removable_by(request.who).select_related("canvas")
    attachment = get_object_or_404(own, canvas=canvas_id, pk=file_id)
    actions.remove(attachment, by=request.who)
    return redirect("attachments:files", canvas_id)


@open_to_guests
def send(request: WhoRequest, canvas_id: UUID, file_id: UUID, size: str) -> HttpResponse:
    """The one way bytes leave: looked up from whoever asks, each time."""
    attachment = _found(_seen(request, canvas_id), file_id)
    return sent(attachment, size, request.headers.get("If-None-Match", ""))


def sent(attachment: Attachment, size: str, known: str = "") -> HttpResponse:
    """`small` and `whole` are pictures for a page; `download` is for the disk, and all there is of a PDF."""
    if size not in rules.SIZES or (size != "download" and not attachment.is_picture):
        raise Http404(size)
    return sending.sent(
        attachment.file, kind=attachment.kind, name=attachment.name, digest=attachment.digest, size=size, known=known
    )


def _seen(request: WhoRequest, canvas_id: UUID) -> Canvas:
    return get_object_or_404(Canvas.objects.seen_by(request.who).select_related("team", "programme"), pk=canvas_id)


def _found(canvas: Canvas, file_id: UUID) -> Attachment:
    return get_object_or_404(canvas.attachments.shown().select_related("canvas", "item", "by", "guest"), pk=file_id)
