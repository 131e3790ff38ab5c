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

router = Router(tags=["canvases"], auth=[*person_auth, GuestAuth()])


class FlagIn(Schema):
    """Why somebody should look at an item. `words` are read by those who run the programme."""

    reason: Flag.Reason
    words: str = Field("", max_length=rules.LONGEST_WORDS)


class FlagOut(Schema):
    id: UUID
    state: str


@router.post("/{canvas_id}/items/{item_id}/flag", response=FlagOut)
def flag_item(request: PersonRequest, canvas_id: UUID, item_id: UUID, said: FlagIn) -> Flag:
    """Hide an item from everybody until somebody who runs the programme has looked at it."""
    who = who_asks(request, canvas_id)
    canvas = get_object_or_404(Canvas.objects.seen_by(who), pk=canvas_id)
    item = get_object_or_404(canvas.items, pk=item_id)
    return actions.flag(canvas, item.pk, reason=said.reason, words=said.words, by=who or request.user)
