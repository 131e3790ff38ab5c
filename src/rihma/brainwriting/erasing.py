"""What somebody wrote alone goes when their words on the canvas are erased (settings.CANVAS_ERASERS)."""

from django.db import transaction

from rihma.brainwriting.actions import BRAINWRITING
from rihma.brainwriting.models import Note
from rihma.canvases.access import Who
from rihma.canvases.doers import key_of
from rihma.canvases.models import Canvas
from rihma.realtime.news import tell_news


@transaction.atomic
def erase_of_writer(canvas: Canvas, writer: Who) -> None:
    if Note.objects.of(writer).filter(round__canvas=canvas).delete()[0]:
        tell_news(key_of(canvas.pk), BRAINWRITING)
