"""A canvas as the thing that a guest link opens."""

from rihma.canvases.doers import pk_of
from rihma.canvases.models import Canvas


def address_of(key: str) -> str | None:
    canvas = Canvas.objects.filter(pk=pk_of(key)).first()
    return canvas.get_absolute_url() if canvas else None
