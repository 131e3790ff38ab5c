"""What is drawn round, with what is on it: rings with their actors, and a pie with what each slice is made of."""

from collections.abc import Callable, Iterator

from django.utils.html import format_html
from django.utils.safestring import SafeString

from rihma.canvases import lettering
from rihma.canvases.arranged.pie import PIE_CENTRE, PIE_INNER, PIE_OUTER, PieBoard, Slice
from rihma.canvases.arranged.pie import pie as pie_of
from rihma.canvases.arranged.rings import CENTRE, NAME, RIM, Dot, Rim
from rihma.canvases.arranged.rings import rings as rings_of
from rihma.canvases.kinds import layouts as lay
from rihma.canvases.pictures import marks
from rihma.canvases.pictures.cards import Drawn, cards
from rihma.canvases.pictures.frames import Frames
from rihma.canvases.pictures.marks import ACCENT, FAINT, INK, LEADING, LINE, PAPER, SUBTLE, TINTS, Box
from rihma.canvases.round import Point
from rihma.canvases.shown import Board, Column

# of the width, so that its slices can be told in boxes beside it
ROUND = 0.4
SMALL, HEADING = 12, 14
SLICES_ABREAST = 2
NARROW = 150
# So far down the names stand above their signs, since below are those of the sectors.
LOW = 0.7


def rings(board: Board, layout: lay.Rings, box: Box) -> Drawn:
    arranged, drawn = rings_of(board, layout), Drawn()
    scale = min((box.width / 2 - 118) / RIM, (box.height / 2 - 40) / RIM)
    middle = Point(box.x + box.width / 2, box.y + box.height / 2)

    def at(place: Point) -> Point:
        return Point(middle.x + (place.x - CENTRE.x) * scale, middle.y + (place.y - CENTRE.y) * scale)

    for ring in reversed(arranged.rings):
        drawn.marks.append(marks.circle(*middle, ring.radius * scale, fill=PAPER))
    for rim in arranged.rims:
        drawn.marks += _rim(rim, middle, at, scale)
    for ring in arranged.rings:
        y = middle.y - ring.radius * scale + 5
        name = [str(ring.name)]
        drawn.marks.append(
            marks.written(name, middle.x, y, size=SMALL, weight=600, anchor="middle", fill=SUBTLE, halo=True)
        )
    for dot in arranged.dots:
        drawn.take(_dot(dot, at(dot.at), scale, above=dot.at.y > CENTRE.y + LOW * RIM))
    drawn.cut += arranged.unplaced
    return drawn


def _rim(rim: Rim, middle: Point, at: Callable[[Point], Point], scale: float) -> Iterator[SafeString]:
    yield marks.line(*middle, *at(rim.border), stroke=FAINT, dash="2 6")
    sign, label = at(rim.sign_at), at(rim.at)
    yield marks.sign(rim.sector.shape, rim.sector.tint, sign.x - 8, sign.y - 8, 16)
    yield marks.written(rim.lines, label.x, label.y - 16 * scale, size=22 * scale, anchor=rim.anchor)


def _dot(dot: Dot, at: Point, scale: float, *, above: bool) -> Drawn:
    """With its name, or where there is no room for it with its number in the list below."""
    shown, side = dot.shown, 22 * scale + 4
    lines = dot.lines
    if lines and lines[-1].endswith(lettering.MORE):
        lines = lettering.lines(shown.text, NARROW, NAME, most=3)
    is_whole = bool(lines) and not lines[-1].endswith(lettering.MORE)
    if not is_whole:
        lines = [f"{shown.number} {line}" if n == 0 else line for n, line in enumerate(lines)] or [str(shown.number)]
    sign = marks.sign(shown.shape, shown.tint, at.x - side / 2, at.y - side / 2, side)
    size = NAME * scale + 1
    top = at.y - side / 2 - len(lines) * size * LEADING if above else at.y + side / 2
    name = marks.written(lines, at.x, top, size=size, anchor="middle", halo=True)
    return Drawn([sign, name], [] if is_whole else [shown])


def pie(board: Board, layout: lay.Pie, placed: Frames) -> Drawn:
    """The round at the left; at the right a box a slice, and the zones that are no slices."""
    arranged, drawn = pie_of(board, layout), Drawn()
    area = _whole(placed)
    ground = Box(area.x, area.y, area.width * ROUND, area.height)
    told = Box(ground.right + 16, area.y, area.width - ground.width - 16, area.height)
    drawn.take(_round(arranged, ground))
    beside = Box(told.x, told.bottom - told.height * 0.2, told.width, told.height * 0.2)
    boxes = Box(told.x, told.y, told.width, told.height - (beside.height + 10 if arranged.beside else 0))
    for one, box in zip(arranged.slices, _grid(boxes, len(arranged.slices)), strict=False):
        drawn.take(_slice(one, box))
    width = beside.width / max(1, len(arranged.beside))
    for n, column in enumerate(arranged.beside):
        drawn.take(_column(column, Box(beside.x + n * width, beside.y, width - 8, beside.height)))
    drawn.cut += arranged.outside
    drawn.cut += arranged.centre.items[1:]
    if arranged.promise and arranged.promise[-1].endswith(lettering.MORE):
        drawn.cut.append(arranged.centre.items[0])
    return drawn


def _whole(placed: Frames) -> Box:
    field = placed.field
    assert field is not None  # tells the type: `frames` gives a pie its place
    right = max(box.right for box in placed.boxes.values())
    return Box(field.x, field.y, right - field.x, field.height)


def _grid(box: Box, count: int) -> Iterator[Box]:
    rows = -(-count // SLICES_ABREAST)
    for n in range(count):
        row, place = divmod(n, SLICES_ABREAST)
        wide, high = box.width / SLICES_ABREAST, box.height / rows
        yield Box(box.x + place * wide, box.y + row * high, wide - 8, high - 8)


def _round(arranged: PieBoard, box: Box) -> Drawn:
    drawn = Drawn()
    scale = min(box.width, box.height) / (2 * PIE_OUTER + 12)
    x, y = box.x + box.width / 2 - PIE_CENTRE.x * scale, box.y + box.height / 2 - PIE_CENTRE.y * scale
    parts = [marks.path(one.path, fill=TINTS[one.shown.tint]) for one in arranged.slices]
    if not parts:
        parts = [marks.circle(*PIE_CENTRE, PIE_OUTER)]
    parts.append(marks.circle(*PIE_CENTRE, PIE_INNER, fill=PAPER))
    for one in arranged.slices:
        top = one.label.y - (len(one.lines) + 1) * HEADING * LEADING / 2
        parts.append(marks.written([str(one.place), *one.lines], one.label.x, top, size=13, anchor="middle"))
    zone = arranged.centre.zone
    words = arranged.promise or lettering.lines(str(zone.question), 150, 14, most=5)
    top = PIE_CENTRE.y - len(words) * 16 * LEADING / 2
    parts.append(
        marks.written([str(zone.name)], PIE_CENTRE.x, top - 22, size=12, weight=600, anchor="middle", fill=SUBTLE)
    )
    parts.append(
        marks.written(words, PIE_CENTRE.x, top, size=16 if arranged.promise else 14, anchor="middle", fill=INK)
    )
    drawn.marks.append(
        format_html(
            '<g transform="translate({} {}) scale({})">{}</g>',
            marks.short(x),
            marks.short(y),
            marks.short(scale),
            marks.group(parts),
        )
    )
    return drawn


def _slice(one: Slice, box: Box) -> Drawn:
    drawn = Drawn()
    drawn.marks += [
        marks.rect(box, stroke=LINE),
        marks.sign(one.shown.shape, one.shown.tint, box.x + 9, box.y + 10, 15),
    ]
    head = marks.text(
        f"{one.place} {one.shown.text}", box.x + 30, box.y + 8, box.width - 38, size=HEADING, weight=600, most=2
    )
    drawn.marks.append(head.svg)
    bottom = head.bottom
    if one.warning:
        drawn.marks.append(marks.sign("triangle", "lichen", box.x + 10, bottom + 4, SMALL))
        warning = marks.text(one.warning, box.x + 28, bottom + 3, box.width - 38, size=SMALL, fill=ACCENT)
        drawn.marks.append(warning.svg)
        bottom = warning.bottom
    items = [shown for part in one.parts for shown in part.items]
    drawn.take(cards(items, _under(box, bottom), signed=True))
    return drawn


def _column(column: Column, box: Box) -> Drawn:
    drawn, zone = Drawn(), column.zone
    drawn.marks += [marks.rect(box, stroke=LINE), marks.sign(zone.shape, zone.tint, box.x + 9, box.y + 9, 15)]
    head = marks.text(zone.name, box.x + 30, box.y + 8, box.width - 38, size=HEADING, weight=600, most=2)
    drawn.marks.append(head.svg)
    drawn.take(cards(column.items, _under(box, head.bottom)))
    return drawn


def _under(box: Box, top: float) -> Box:
    return Box(box.x + 8, top + 5, box.width - 16, box.bottom - top - 12)
