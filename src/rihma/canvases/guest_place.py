"""A canvas as the thing that a guest link opens."""

from django.urls import reverse

from rihma.canvases import kinds
from rihma.canvases.doers import pk_of
from rihma.canvases.models import Canvas
from rihma.guests.places import Place


def place_of(key: str) -> Place | None:
    canvas = Canvas.objects.select_related("team").filter(pk=pk_of(key)).first()
    if canvas is None:
        return None
    kind = kinds.find(canvas.kind)
    return Place(
        title=canvas.title,
        host=str(canvas.team),
        address=reverse("canvases:canvas", args=[canvas.pk]),
        licence=kind.licence if kind else "",
    )
