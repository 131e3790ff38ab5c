"""What is shown of the files at one item: in its panel, and there again when there is news of them."""

from typing import Any

from rihma.attachments.forms import IN_ZONE
from rihma.canvases.access import WhoRequest
from rihma.canvases.models import Canvas, Item


def of_item(request: WhoRequest, item: Item) -> dict[str, Any]:
    return {
        "canvas": item.canvas,
        "item": item,
        "files": item.attachments.shown().select_related("by", "guest"),
        "place": f"{item.zone}{IN_ZONE}{item.pk}",
        "can_change": can_change(request, item.canvas),
    }


def can_change(request: WhoRequest, canvas: Canvas) -> bool:
    return not canvas.is_frozen and canvas.is_worked_by(request.who)
