from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from rihma.attachments.models import Attachment
from rihma.canvases import kinds
from rihma.canvases.kinds import Zone
from rihma.canvases.models import Canvas


@dataclass
class Group:
    """The files of one zone; those of items among them name their item."""

    zone: Zone | None
    files: list[Attachment] = field(default_factory=list)


def of_canvas(canvas: Canvas) -> list[Group]:
    """What is shown, in the order of the zones; what stands in a zone that is no more comes last."""
    kind = kinds.find(canvas.kind)
    groups = {zone.key: Group(zone) for zone in (kind.zones if kind else ())}
    nowhere = Group(None)
    for attachment in canvas.attachments.shown().select_related("by", "guest", "item"):
        zone = attachment.item.zone if attachment.item else attachment.zone
        groups.get(zone, nowhere).files.append(attachment)
    return [group for group in (*groups.values(), nowhere) if group.files]


def count(groups: list[Group]) -> int:
    return sum(len(group.files) for group in groups)


def counts(canvas: Canvas) -> Mapping[UUID, int]:
    """How many stand at each item."""
    return Counter(canvas.attachments.exclude(item=None).values_list("item", flat=True))
