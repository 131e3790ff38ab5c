"""What was said about words that are erased goes with them (settings.CANVAS_ERASERS)."""

from uuid import UUID

from django.db import transaction

from rihma.base import clock
from rihma.canvases.access import Who
from rihma.canvases.doers import key_of
from rihma.canvases.models import Canvas
from rihma.realtime.news import tell_news
from rihma.talk.actions import COMMENTS
from rihma.talk.models import Comment, CommentQuerySet


@transaction.atomic
def erase_of_item(canvas: Canvas, item: UUID) -> None:
    """Comments may say the words again, so all of them go; that somebody said something stays."""
    _blank(canvas, Comment.objects.filter(item=item, item__canvas=canvas))


@transaction.atomic
def erase_of_writer(canvas: Canvas, writer: Who) -> None:
    _blank(canvas, Comment.objects.by_whom(writer).filter(item__canvas=canvas))


@transaction.atomic
def erase_comment(comment: Comment) -> None:
    """One that was flagged; answers to it stay."""
    _blank(comment.item.canvas, Comment.objects.filter(pk=comment.pk))


def _blank(canvas: Canvas, comments: CommentQuerySet) -> None:
    if comments.standing().update(text="", told=[], removed_at=clock.now(), hidden=False):
        tell_news(key_of(canvas.pk), COMMENTS)
