from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rihma.base.forms import posted
from rihma.base.ids import id_of
from rihma.canvases.access import WhoRequest, open_to_guests
from rihma.canvases.models import Canvas, Item
from rihma.talk import actions, queries
from rihma.talk.answers import around, form_for, part, reacted, said, whole
from rihma.talk.models import Comment, Reaction


@open_to_guests
def talked_about(request: WhoRequest, canvas_id: UUID) -> HttpResponse:
    """Everything that is talked about on a canvas, also on what was removed since."""
    canvas = get_object_or_404(_seen(request), pk=canvas_id)
    context = {
        "canvas": canvas,
        "programme": canvas.programme,
        "items": queries.talked_about(canvas),
    }
    return render(request, "talk/talked_about.html", context)


@open_to_guests
def item(request: WhoRequest, canvas_id: UUID, item_id: UUID) -> HttpResponse:
    """Everything said about one item: in its place on the list, or a page of its own."""
    canvas, item = _found(request, canvas_id, item_id)
    return render(request, "talk/talk.html" if request.htmx else "talk/item.html", whole(request, canvas, item))


@open_to_guests
def comments(request: WhoRequest, canvas_id: UUID, item_id: UUID) -> HttpResponse:
    """Asked for again when somebody has said something. What is being typed beside it stays."""
    return said(request, *_found(request, canvas_id, item_id))


@open_to_guests
def comment(request: WhoRequest, canvas_id: UUID, item_id: UUID) -> HttpResponse:
    """A new comment, or with `thread` an answer."""
    canvas, item = _found(request, canvas_id, item_id, to_talk=True)
    asked = request.POST.get("thread") or request.GET.get("thread")
    thread = get_object_or_404(item.comments.filter(thread=None), pk=id_of(asked)) if asked else None
    people = queries.around(canvas, request.who).others
    form = form_for(request, people, thread.pk if thread else item.pk, posted(request))
    if form.is_valid() and form.attempt(
        actions.comment,
        item,
        **form.said(),
        thread=thread.pk if thread else None,
        client_id=form.cleaned_data["client_id"],
        by=request.who,
    ):
        return said(request, canvas, item, form.result)
    heading = _("Answer") if thread else _("Comment")
    context = around(request, canvas, item) | {"form": form, "thread": thread, "heading": heading}
    return part(request, "talk/comment_form.html", context, failed=form)


@open_to_guests
def edit(request: WhoRequest, canvas_id: UUID, item_id: UUID, comment_id: UUID) -> HttpResponse:
    canvas, comment = _comment(request, canvas_id, item_id, comment_id)
    people = queries.around(canvas, request.who).others
    form = form_for(
        request, people, comment.pk, posted(request), text=comment.text, lang=comment.lang, told=comment.told
    )
    if form.is_valid() and form.attempt(actions.edit, comment, **form.said(), by=request.who):
        return said(request, canvas, comment.item, comment)
    context = around(request, canvas, comment.item) | {"form": form, "comment": comment, "heading": _("Edit")}
    return part(request, "talk/edit_form.html", context, failed=form)


@open_to_guests
@require_POST
def remove(request: WhoRequest, canvas_id: UUID, item_id: UUID, comment_id: UUID) -> HttpResponse:
    canvas, comment = _comment(request, canvas_id, item_id, comment_id)
    return said(request, canvas, comment.item, actions.remove(comment, by=request.who))


@open_to_guests
@require_POST
def resolve(request: WhoRequest, canvas_id: UUID, item_id: UUID, comment_id: UUID) -> HttpResponse:
    canvas, comment = _comment(request, canvas_id, item_id, comment_id)
    actions.resolve(comment, by=request.who)
    return said(request, canvas, comment.item)


@open_to_guests
@require_POST
def reopen(request: WhoRequest, canvas_id: UUID, item_id: UUID, comment_id: UUID) -> HttpResponse:
    canvas, comment = _comment(request, canvas_id, item_id, comment_id)
    return said(request, canvas, comment.item, actions.reopen(comment, by=request.who))


@open_to_guests
def reactions(request: WhoRequest, canvas_id: UUID, item_id: UUID) -> HttpResponse:
    return reacted(request, *_found(request, canvas_id, item_id))


@open_to_guests
@require_POST
def react(request: WhoRequest, canvas_id: UUID, item_id: UUID) -> HttpResponse:
    """A button says what it would do, not that it was pressed: a page that is out of date turns nothing around."""
    canvas, item = _found(request, canvas_id, item_id, to_talk=True)
    kind = request.POST.get("react", "")
    if kind in Reaction.Kind.values:
        actions.react(item, kind, by=request.who)
    elif (gone := request.POST.get("take_back", "")) in Reaction.Kind.values:
        actions.take_back(item, gone, by=request.who)
    return reacted(request, canvas, item)


def _seen(request: WhoRequest) -> QuerySet[Canvas]:
    return Canvas.objects.seen_by(request.who).select_related("team", "programme")


def _found(request: WhoRequest, canvas_id: UUID, item_id: UUID, *, to_talk: bool = False) -> tuple[Canvas, Item]:
    canvases = queries.talked_on_by(request.who) if to_talk else Canvas.objects.seen_by(request.who)
    canvas = get_object_or_404(canvases.select_related("team", "programme"), pk=canvas_id)
    return canvas, get_object_or_404(canvas.items.select_related("by", "guest"), pk=item_id)


def _comment(request: WhoRequest, canvas_id: UUID, item_id: UUID, comment_id: UUID) -> tuple[Canvas, Comment]:
    canvas, item = _found(request, canvas_id, item_id, to_talk=True)
    return canvas, get_object_or_404(item.comments, pk=comment_id)
