"""A canvas as data: everything an item is, so that it can be brought in again (`bringing_in.data`)."""

import json
from typing import Any

from rihma.base import clock
from rihma.base.dates import utc
from rihma.canvases.actors_here import Named
from rihma.canvases.doers import writer_of
from rihma.canvases.models import Item
from rihma.canvases.shown import Board

MARK, FORM = "rihma_canvas", 1


def to_json(board: Board) -> str:
    kind, canvas = board.kind, board.canvas
    data = {
        MARK: FORM,
        "id": str(canvas.pk),
        "kind": canvas.kind,
        "kind_version": canvas.kind_version,
        "title": canvas.title.to_dict(),
        "team": str(canvas.team),
        "state": canvas.state,
        "head": canvas.head,
        "changed_at": utc(canvas.changed_at),
        "taken_out_at": utc(clock.now()),
        "licence": kind.licence if kind else "",
        "actors": _actors(board.actors),
        "items": [
            *(_item(shown.item, readable=True) for shown in board.shown),
            *(_item(item, readable=False) for item in board.unreadable),
        ],
        **{key: taken.data for key, taken in board.beside.items() if taken.data},
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _actors(actors: Named) -> dict[str, dict[str, str]]:
    """Fields name actors by id; elsewhere only the name says who it is."""
    return {pk: {"name": actor.name, "kind": actor.kind} for pk, actor in actors.items()}


def _item(item: Item, *, readable: bool) -> dict[str, Any]:
    return {
        "id": str(item.pk),
        "kind": item.kind,
        "zone": item.zone,
        "order": item.order,
        "text": item.text,
        "text_seq": item.text_seq,
        "lang": item.lang,
        "fields": item.fields,
        "alternatives": item.alternatives,
        "marks": item.marks,
        "by": str(item.writer) if item.writer else None,
        "by_id": writer_of(item.by_id, item.guest_id),
        "made_at": utc(item.made_at),
        "changed_at": utc(item.changed_at),
        "readable": readable,
    }
