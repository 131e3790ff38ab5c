"""A canvas in small: the lines of its layout, and a dot for each thing on it."""

from collections.abc import Iterator
from dataclasses import dataclass

from rihma.canvases.arranged.rings import CENTRE, RIM, rings
from rihma.canvases.kinds import Kind
from rihma.canvases.kinds import layouts as lay
from rihma.canvases.pictures.frames import MATRIX, frames
from rihma.canvases.pictures.marks import Box, short
from rihma.canvases.round import WHOLE, Point, point
from rihma.canvases.shown import Board, Shown

AREA = Box(2, 2, 96, 52)
GAP = 2
# from dot to dot, and from the edge of a box to the first
STEP, EDGE = 6, 4.5
SLICES = 6


@dataclass(frozen=True)
class Dot:
    x: str
    y: str
    tint: str


@dataclass(frozen=True)
class Preview:
    lines: str
    dots: list[Dot]


def preview(board: Board) -> Preview:
    if board.kind is None:
        return Preview("", [])
    return Preview(outlines(board.kind), list(_dots(board, board.kind)))


def outlines(kind: Kind) -> str:
    """All lines of the layout, as the `d` of one path."""
    placed = frames(kind, AREA, GAP)
    drawn = [_box(box) for box in placed.boxes.values()] if not isinstance(kind.drawing, lay.Plane) else []
    field = AREA if isinstance(kind.drawing, lay.Plane) else placed.field
    return "".join([*drawn, *(_field(kind, field) if field else ())])


def _field(kind: Kind, box: Box) -> Iterator[str]:
    centre, radius = Point(box.x + box.width / 2, box.y + box.height / 2), min(box.width, box.height) / 2
    match kind.drawing:
        case lay.Plane():
            yield f"{_box(box)}M{short(centre.x)} {short(box.y)}V{short(box.bottom)}M{short(box.x)} {short(centre.y)}H{short(box.right)}"
        case lay.Rings() as layout:
            count = len(layout.rings)
            yield from (_circle(centre, radius * (n + 1) / count) for n in range(count))
        case lay.Pie():
            yield _circle(centre, radius) + _circle(centre, radius * 0.4)
            for place in range(SLICES):
                start, end = (point(centre, radius * part, place * WHOLE / SLICES) for part in (0.4, 1))
                yield f"M{short(start.x)} {short(start.y)}L{short(end.x)} {short(end.y)}"
        case lay.Matrix():
            yield from (_box(cell) for cell in _cells(box))
        case lay.Chain():
            yield _box(box)


def _cells(box: Box) -> Iterator[Box]:
    side, high = box.width / MATRIX, box.height / MATRIX
    for n in range(MATRIX * MATRIX):
        yield Box(box.x + n % MATRIX * side, box.y + n // MATRIX * high, side, high).inside(0.7)


def _dots(board: Board, kind: Kind) -> Iterator[Dot]:
    if kind.plane:
        for shown in board.shown:
            yield _dot(shown, EDGE + shown.x * (100 - 2 * EDGE) / 100, EDGE + shown.y * (56 - 2 * EDGE) / 100)
        return
    placed = frames(kind, AREA, GAP)
    boxed = (
        placed.boxes
        if not isinstance(kind.drawing, lay.Pie)
        else {key: placed.boxes[key] for key in kind.drawing.beside}
    )
    for column in board.columns:
        if column.zone.key in boxed:
            yield from _filled(column.items, boxed[column.zone.key])
    if placed.field:
        yield from _round_or_table(board, kind, placed.field)


def _round_or_table(board: Board, kind: Kind, box: Box) -> Iterator[Dot]:
    centre, radius = Point(box.x + box.width / 2, box.y + box.height / 2), min(box.width, box.height) / 2
    match kind.drawing:
        case lay.Rings() as layout:
            scale = radius / RIM
            for dot in rings(board, layout).dots:
                yield _dot(
                    dot.shown, centre.x + (dot.at.x - CENTRE.x) * scale, centre.y + (dot.at.y - CENTRE.y) * scale
                )
        case lay.Matrix(actors=actors, squares=squares, giver=giver, taker=taker):
            there = [str(shown.actor.pk) for shown in board.column(actors).items if shown.actor][:MATRIX]
            cells = list(_cells(box))
            for shown in board.column(squares).items:
                if shown.values[giver] in there and shown.values[taker] in there:
                    place = there.index(shown.values[giver]) * MATRIX + there.index(shown.values[taker])
                    yield _dot(shown, cells[place].x + cells[place].width / 2, cells[place].y + cells[place].height / 2)
        case lay.Pie(actors=actors):
            listed = board.column(actors).items
            for place, shown in enumerate(listed):
                yield _dot(shown, *point(centre, radius * 0.7, (place + 0.5) * WHOLE / max(SLICES, len(listed))))
        case lay.Chain(bridge=bridge):
            yield from _filled(board.column(bridge).items, box)


def _filled(items: list[Shown], box: Box) -> Iterator[Dot]:
    """Row by row; what does not fit is not drawn, since the number of things stands beside the picture."""
    across = max(1, int((box.width - EDGE) // STEP))
    down = max(1, int((box.height - EDGE) // STEP))
    for n, shown in enumerate(items[: across * down]):
        yield _dot(shown, box.x + EDGE + n % across * STEP, box.y + EDGE + n // across * STEP)


def _dot(shown: Shown, x: float, y: float) -> Dot:
    return Dot(short(x), short(y), shown.tint)


def _box(box: Box) -> str:
    return f"M{short(box.x)} {short(box.y)}h{short(box.width)}v{short(box.height)}h{short(-box.width)}z"


def _circle(centre: Point, radius: float) -> str:
    return f"M{short(centre.x - radius)} {short(centre.y)}a{short(radius)} {short(radius)} 0 1 0 {short(2 * radius)} 0a{short(radius)} {short(radius)} 0 1 0 {short(-2 * radius)} 0z"
