from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, File, Form, Router, Schema, UploadedFile

from rihma.accounts.api import person_auth
from rihma.accounts.http import PersonRequest
from rihma.attachments import actions, rules
from rihma.attachments.models import Attachment
from rihma.attachments.views import sent
from rihma.canvases.access import who_asks
from rihma.canvases.models import Canvas
from rihma.guests.api import GuestAuth

router = Router(tags=["files"], auth=[*person_auth("canvases"), GuestAuth()])


class FileOut(Schema):
    """`alt` says what it shows to whoever does not see it, in `lang`; "" when nobody has said that yet."""

    id: UUID
    zone: str
    item: UUID | None = Field(alias="item_id")
    kind: str
    name: str
    alt: str
    lang: str
    digest: str
    size: int
    width: int | None
    height: int | None
    by: UUID | None
    made_at: datetime

    @staticmethod
    def resolve_by(attachment: Attachment) -> UUID | None:
        """Nobody where a canvas keeps names back."""
        return None if attachment.canvas.names_hidden else attachment.by_id


class FileIn(Schema):
    """Where it belongs: a zone of the canvas, and an item in it or none."""

    zone: str = Field(max_length=40)
    item: UUID | None = None
    alt: str = Field("", max_length=rules.LONGEST_ALT)
    lang: str = Field("fi", pattern="^(fi|sv|en)$")


@router.get("/{canvas_id}/files", response=list[FileOut])
def canvas_files(request: PersonRequest, canvas_id: UUID) -> list[Attachment]:
    """Photos and PDFs on a canvas."""
    return list(_seen(request, canvas_id).attachments.shown().select_related("canvas"))


@router.post("/{canvas_id}/files", response=FileOut)
def canvas_attach(
    request: PersonRequest, canvas_id: UUID, said: Form[FileIn], upload: Annotated[UploadedFile, File()]
) -> Attachment:
    """Add a JPEG, PNG, WebP or PDF of at most 10 MB. Pictures are drawn anew without what they tell of place and camera."""
    who = who_asks(request, canvas_id)
    canvas = get_object_or_404(Canvas.objects.worked_by(who), pk=canvas_id)
    content = upload.read(rules.MOST_BYTES + 1)
    return actions.attach(
        canvas,
        content,
        name=upload.name or "",
        zone=said.zone,
        item=said.item,
        alt=said.alt,
        lang=said.lang,
        by=who or request.user,
    )


@router.get("/{canvas_id}/files/{file_id}/{size}", response={200: None})
def canvas_file(request: PersonRequest, canvas_id: UUID, file_id: UUID, size: str) -> HttpResponse:
    """The bytes: `download`, and for pictures also `whole` and `small`."""
    attachment = get_object_or_404(_seen(request, canvas_id).attachments.shown(), pk=file_id)
    return sent(attachment, size, request.headers.get("If-None-Match", ""))


def _seen(request: PersonRequest, canvas_id: UUID) -> Canvas:
    return get_object_or_404(Canvas.objects.seen_by(who_asks(request, canvas_id)), pk=canvas_id)
