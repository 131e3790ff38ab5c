"""Where everything that is on a canvas stands in its drawing: zones as boxes, and what the layout draws beside them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.utils.safestring import SafeString

from rihma.canvases.arranged.chain import chain
from rihma.canvases.arranged.matrix import Square, matrix
from rihma.canvases.kinds import Kind, Zone
from rihma.canvases.kinds import layouts as lay
from rihma.canvases.pictures import marks
from rihma.canvases.pictures.cards import Drawn, cards
from rihma.canvases.pictures.frames import Frames, across, frames
from rihma.canvases.pictures.marks import FAINT, INK, LINE, PAPER, SUBTLE, Box
from rihma.canvases.pictures.placed import plane
from rihma.canvases.pictures.turned import pie, rings
from rihma.canvases.shown import Board, Shown

NAME, SMALL = 14, 12
GAP, HEAD = 6, 46


@dataclass
class Places:
    boxes: list[tuple[Zone, Box, list[Shown]]]
    field: Drawn = field(default_factory=Drawn)


def filled(board: Board, kind: Kind, area: Box, gap: float) -> Places:
    placed = frames(kind, area, gap)
    boxes = [(column.zone, box, column.items) for column in board.columns if (box := placed.boxes.get(column.zone.key))]
    draw = DRAWN.get(type(kind.drawing))
    if draw is None:
        return Places(boxes)
    return draw(board, kind.drawing, placed, boxes)


type Boxes = list[tuple[Zone, Box, list[Shown]]]


def _chain(board: Board, layout: lay.Chain, placed: Frames, boxes: Boxes) -> Places:
    """Under each arrow what stands on it."""
    lower, drawn = placed.field, Drawn()
    assert lower is not None  # tells the type: `frames` gives a chain its place for the bridge
    arranged = chain(board, layout)
    zone = arranged.bridge.zone
    drawn.marks += [
        marks.sign(zone.shape, zone.tint, lower.x, lower.y + 2, 15),
        marks.text(zone.name, lower.x + 22, lower.y, lower.width, size=15.5, weight=600).svg,
    ]
    arrows = max(1, len(arranged.links) - 1)
    steps = list(across(Box(lower.x, lower.y + 30, lower.width, lower.height - 30), arrows, GAP * 2))
    for step, (link, after) in zip(steps, pairwise(arranged.links), strict=False):
        drawn.marks.append(marks.rect(step, stroke=LINE, dash="5 5"))
        words = f"{link.column.zone.name} → {after.column.zone.name}"
        head = marks.text(words, step.x + 10, step.y + 8, step.width - 20, size=SMALL, fill=SUBTLE, most=2)
        drawn.marks.append(head.svg)
        drawn.take(cards(link.bridge, _below(step, head.bottom)))
    for (_left, left, _), (_right, right, _) in pairwise(boxes):
        middle, above = (left.right + right.x) / 2, left.y + left.height / 2
        drawn.marks.append(
            marks.path(f"M{marks.short(middle - 4)} {marks.short(above - 8)}l8 8l-8 8", stroke=INK, width=2)
        )
    drawn.cut += arranged.loose
    return Places(boxes, drawn)


def _matrix(board: Board, layout: lay.Matrix, placed: Frames, boxes: Boxes) -> Places:
    arranged, drawn, ground = matrix(board, layout), Drawn(), placed.field
    assert ground is not None  # tells the type: `frames` gives a table its place
    count = len(arranged.rows)
    if not count:
        words = f"{arranged.actors.zone.name}: {arranged.actors.zone.question}"
        drawn.marks += [
            marks.rect(ground),
            marks.text(words, ground.x + 14, ground.y + 12, ground.width - 28, size=NAME, fill=SUBTLE).svg,
        ]
    else:
        side = 116
        wide = (ground.width - side - GAP * count) / count
        high = (ground.height - HEAD - GAP * count) / count
        for n, row in enumerate(arranged.rows):
            x, y = ground.x + side + GAP + n * (wide + GAP), ground.y + HEAD + GAP + n * (high + GAP)
            drawn.marks += _name(row.giver.name, x, ground.y, wide - 4, 2)
            drawn.marks += _name(row.giver.name, ground.x, y + 6, side - 8, max(1, int(high / 19)))
            for m, square in enumerate(row.squares):
                cell = Box(ground.x + side + GAP + m * (wide + GAP), y, wide, high)
                drawn.take(_square(square, cell, str(layout.own)))
    named = {shown.actor for shown in arranged.actors.items if shown.actor}
    drawn.cut += [shown for shown in arranged.actors.items if shown.actor not in named]
    drawn.cut += arranged.outside
    return Places(boxes, drawn)


def _name(words: str, x: float, y: float, room: float, most: int) -> Iterator[SafeString]:
    yield marks.text(words, x, y, room, size=NAME, weight=600, most=most).svg


def _square(square: Square, cell: Box, own: str) -> Drawn:
    drawn = Drawn()
    fill, stroke = ("#e3efe9", LINE) if square.is_own else (PAPER, FAINT)
    drawn.marks.append(marks.rect(cell, fill=fill, stroke=stroke))
    if square.items:
        drawn.take(cards(square.items, cell.inside(5)))
    elif square.is_own:
        drawn.marks.append(
            marks.text(own, cell.x + 8, cell.y + 6, cell.width - 16, size=SMALL, fill=SUBTLE, most=2).svg
        )
    return drawn


def _below(box: Box, top: float) -> Box:
    return Box(box.x + 8, top + 5, box.width - 16, box.bottom - top - 12)


def _rings(board: Board, layout: lay.Rings, placed: Frames, boxes: Boxes) -> Places:
    assert placed.field is not None  # tells the type
    return Places(boxes, rings(board, layout, placed.field))


def _pie(board: Board, layout: lay.Pie, placed: Frames, _boxes: Boxes) -> Places:
    return Places([], pie(board, layout, placed))


def _plane(board: Board, layout: lay.Plane, placed: Frames, boxes: Boxes) -> Places:
    assert placed.field is not None  # tells the type
    return Places(boxes, plane(board, layout, placed.field))


DRAWN: Mapping[type[lay.Layout], Callable[[Board, Any, Frames, Boxes], Places]] = {
    lay.Chain: _chain,
    lay.Matrix: _matrix,
    lay.Rings: _rings,
    lay.Pie: _pie,
    lay.Plane: _plane,
}
