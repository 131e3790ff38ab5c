from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from rihma.accounts.api import person_auth
from rihma.accounts.http import PersonRequest
from rihma.canvases.access import who_asks
from rihma.canvases.models import Canvas
from rihma.guests.api import GuestAuth
from rihma.moderation import actions, rules
from rihma.moderation.models import Flag
from rihma.moderation.things import Thing
from rihma.talk.models import Comment

router = Router(tags=["canvases"], auth=[*person_auth("canvases"), GuestAuth()])


class FlagIn(Schema):
    """Why somebody should look at it. `words` are read by those who run the programme."""

    reason: Flag.Reason
    words: str = Field("", max_length=rules.LONGEST_WORDS)


class FlagOut(Schema):
    id: UUID
    state: str


@router.post("/{canvas_id}/items/{item_id}/flag", response=FlagOut)
def flag_item(request: PersonRequest, canvas_id: UUID, item_id: UUID, said: FlagIn) -> Flag:
    """Hide an item from everybody until somebody who runs the programme has looked at it."""
    canvas = _seen(request, canvas_id)
    return _flag(request, canvas, get_object_or_404(canvas.items, pk=item_id), said)


@router.post("/{canvas_id}/comments/{comment_id}/flag", response=FlagOut)
def flag_comment(request: PersonRequest, canvas_id: UUID, comment_id: UUID, said: FlagIn) -> Flag:
    """Likewise a comment; answers to it stay."""
    canvas = _seen(request, canvas_id)
    return _flag(request, canvas, get_object_or_404(Comment.objects.read_on(canvas), pk=comment_id), said)


@router.post("/{canvas_id}/files/{file_id}/flag", response=FlagOut)
def flag_file(request: PersonRequest, canvas_id: UUID, file_id: UUID, said: FlagIn) -> Flag:
    """Likewise a photo or PDF: from now on nobody gets it."""
    canvas = _seen(request, canvas_id)
    return _flag(request, canvas, get_object_or_404(canvas.attachments.shown(), pk=file_id), said)


def _seen(request: PersonRequest, canvas_id: UUID) -> Canvas:
    return get_object_or_404(Canvas.objects.seen_by(who_asks(request, canvas_id)), pk=canvas_id)


def _flag(request: PersonRequest, canvas: Canvas, thing: Thing, said: FlagIn) -> Flag:
    who = who_asks(request, canvas.pk)
    return actions.flag(canvas, thing, reason=said.reason, words=said.words, by=who or request.user)
