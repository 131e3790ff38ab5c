from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from rihma.attachments.models import Attachment
from rihma.base.written import Written
from rihma.canvases import kinds
from rihma.canvases.kinds import Zone
from rihma.canvases.models import Canvas

SHOWN = Written(lambda canvas: Attachment.objects.filter(canvas=canvas).shown().select_related("by", "guest", "item"))


@dataclass
class Group:
    """The files of one zone; those of items among them name their item."""

    zone: Zone | None
    files: list[Attachment] = field(default_factory=list)


def files() -> Mapping[str, str]:
    """File on the disk → what it is of."""
    rows = Attachment.objects.values_list("file", "canvas", "pk")
    return {file: f"canvas {canvas}, attachment {pk}" for file, canvas, pk in rows}


def shown_on(canvas: Canvas) -> list[Attachment]:
    files = SHOWN(canvas.pk)
    for one in files:
        one.canvas = canvas
    return files


def grouped(canvas: Canvas, files: list[Attachment]) -> list[Group]:
    """In the order of the zones; what stands in a zone that is no more comes last."""
    kind = kinds.of(canvas)
    groups = {zone.key: Group(zone) for zone in (kind.zones if kind else ())}
    nowhere = Group(None)
    for attachment in files:
        zone = attachment.item.zone if attachment.item else attachment.zone
        groups.get(zone, nowhere).files.append(attachment)
    return [group for group in (*groups.values(), nowhere) if group.files]


def counts(files: list[Attachment]) -> Mapping[UUID, int]:
    """How many stand at each item."""
    return Counter(attachment.item_id for attachment in files if attachment.item_id)
