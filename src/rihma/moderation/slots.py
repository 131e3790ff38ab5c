"""Where other pages offer to flag, to look at flags and to erase."""

from collections.abc import Mapping
from typing import cast
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from rihma.accounts.access import person_of
from rihma.attachments.models import Attachment
from rihma.canvases.access import WhoRequest
from rihma.canvases.answers import DRAWN, view_of
from rihma.canvases.live import BLANK
from rihma.canvases.models import Canvas, Item
from rihma.moderation.models import Flag
from rihma.programmes.models import Programme
from rihma.talk.models import Comment


def item_flag(request: HttpRequest, item: Item) -> str:
    """In the panel of an item, and on its page."""
    if "erased" in item.marks:
        return ""
    runs = item.canvas.programme.is_run_by(person_of(request))
    context = {"canvas": item.canvas, "item": item, "runs": runs, "may_flag": not (item.hidden or item.removed)}
    return render_to_string("moderation/item.html", context, request)


def comment_flag(request: HttpRequest, comment: Comment) -> str:
    """Under a comment that can be read."""
    address = reverse("moderation:flag_comment", args=[comment.item.canvas_id, comment.pk])
    return render_to_string("moderation/flag_it.html", {"address": address}, request)


def file_flag(request: HttpRequest, attachment: Attachment) -> str:
    address = reverse("moderation:flag_file", args=[attachment.canvas_id, attachment.pk])
    return render_to_string("moderation/flag_it.html", {"address": address}, request)


def badges(request: HttpRequest, canvas: Canvas) -> Mapping[UUID, str]:
    """In the list each item can be flagged where it stands; drawn, that is done in its panel."""
    if view_of(cast("WhoRequest", request)) == DRAWN:
        return {}
    link = render_to_string("moderation/flag_link.html", {"canvas": canvas, "item_id": BLANK}, request)
    return {pk: link.replace(str(BLANK), str(pk)) for pk in (*canvas.readable, BLANK)}


def programme_tools(request: HttpRequest, programme: Programme) -> str:
    """For those who run the programme."""
    waiting = Flag.objects.waiting().filter(canvas__programme=programme).count()
    return render_to_string("moderation/programme_tools.html", {"programme": programme, "waiting": waiting}, request)
