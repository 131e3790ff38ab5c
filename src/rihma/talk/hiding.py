"""A comment that was flagged: nobody reads it until somebody has looked at it."""

from django.db import transaction

from rihma.canvases.doers import key_of
from rihma.realtime.news import tell_news
from rihma.talk.actions import COMMENTS
from rihma.talk.models import Comment


@transaction.atomic
def hide(comment: Comment) -> None:
    """Also on pages that are open, and whoever wrote it is not named so long."""
    _set(comment, hidden=True)


@transaction.atomic
def show(comment: Comment) -> None:
    _set(comment, hidden=False)


def _set(comment: Comment, *, hidden: bool) -> None:
    comment.hidden = hidden
    comment.save(update_fields=["hidden"])
    tell_news(key_of(comment.item.canvas_id), COMMENTS)
