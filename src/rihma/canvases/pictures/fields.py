"""The part of a blank sheet that is not boxes: rings, table, pie, arrows or plane."""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from django.utils.safestring import SafeString

from rihma.actors.kinds import Sector
from rihma.canvases.kinds import Kind
from rihma.canvases.kinds import layouts as lay
from rihma.canvases.pictures import marks
from rihma.canvases.pictures.frames import MATRIX, across
from rihma.canvases.pictures.marks import FAINT, INK, LINE, PAPER, SUBTLE, Box
from rihma.canvases.round import WHOLE, Point, point, slice_path

SLICES = 6
NAME, SMALL = 17, 13


def field(kind: Kind, box: Box) -> Iterator[SafeString]:
    draw = DRAWN.get(type(kind.drawing))
    if draw:
        yield from draw(kind, kind.drawing, box)


def _rings(kind: Kind, layout: lay.Rings, box: Box) -> Iterator[SafeString]:
    label = 118
    radius = min(box.width / 2 - label, box.height / 2 - 34)
    centre = Point(box.x + box.width / 2, box.y + box.height / 2)
    count = len(layout.rings)
    part = WHOLE / len(Sector)
    edges = [radius * (0.36 + 0.64 * n / (count - 1)) for n in range(count)]
    for edge in reversed(edges):
        yield marks.circle(*centre, edge, fill=PAPER)
    for place, sector in enumerate(Sector):
        border = point(centre, radius, place * part)
        yield marks.line(*centre, *border, stroke=FAINT, dash="2 6")
        at = point(centre, radius + 16, (place + 0.5) * part)
        anchor = "start" if at.x > centre.x else "end"
        turned = at.x - 16 if anchor == "end" else at.x
        yield marks.sign(sector.shape, sector.tint, turned, at.y - 18, 16)
        yield marks.text(sector.label, at.x, at.y + 2, label - 14, size=SMALL, anchor=anchor).svg
    for key, edge in zip(layout.rings, edges, strict=True):
        zone = kind.zones_by_key[key]
        words = marks.text(
            zone.name, centre.x, centre.y - edge + 6, 200, size=14, weight=600, anchor="middle", fill=SUBTLE
        )
        yield words.svg


def _matrix(kind: Kind, layout: lay.Matrix, box: Box) -> Iterator[SafeString]:
    gap, head = 8, 58
    wide, high = (box.width - 130 - gap * MATRIX) / MATRIX, (box.height - head - gap * MATRIX) / MATRIX
    zone = kind.zones_by_key[layout.squares]
    yield marks.text(zone.question, box.x, box.y, 122, size=SMALL, fill=SUBTLE).svg
    for n in range(MATRIX):
        x, y = box.x + 130 + gap + n * (wide + gap), box.y + head + gap + n * (high + gap)
        yield marks.text(n + 1, x, box.y + 16, 20, size=NAME, weight=600).svg
        yield marks.line(x + 18, box.y + head - 12, x + wide, box.y + head - 12)
        yield marks.text(n + 1, box.x, y + 14, 20, size=NAME, weight=600).svg
        yield marks.line(box.x + 18, y + 40, box.x + 126, y + 40)
    for row in range(MATRIX):
        for column in range(MATRIX):
            x, y = box.x + 130 + gap + column * (wide + gap), box.y + head + gap + row * (high + gap)
            own = row == column
            yield marks.rect(Box(x, y, wide, high), fill="#e3efe9" if own else PAPER, stroke=LINE if own else FAINT)
            if own:
                yield marks.text(layout.own, x + 10, y + 8, wide - 20, size=SMALL, weight=600, fill=SUBTLE).svg


def _pie(kind: Kind, layout: lay.Pie, box: Box) -> Iterator[SafeString]:
    radius = min(box.width, box.height) / 2 - 8
    centre = Point(box.x + box.width / 2, box.y + box.height / 2)
    inner = radius * 0.36
    bands = len(layout.parts)
    step = (radius - inner) / bands
    for place in range(SLICES):
        start, end = place * WHOLE / SLICES, (place + 1) * WHOLE / SLICES
        yield marks.path(slice_path(centre, inner, radius, start, end), width=1.5)
    for band, key in enumerate(layout.parts):
        zone = kind.zones_by_key[key]
        outer = inner + step * (band + 1)
        if band + 1 < bands:
            yield marks.circle(*centre, outer, stroke=FAINT)
        for place in range(SLICES):
            at = point(centre, outer - step / 2, place * WHOLE / SLICES + 7)
            yield marks.sign(zone.shape, zone.tint, at.x - 8, at.y - 8, 16)
    zone = kind.zones_by_key[layout.centre]
    name = marks.text(zone.name, centre.x, centre.y - inner * 0.66, inner * 1.4, size=NAME, weight=600, anchor="middle")
    yield name.svg
    yield marks.text(
        zone.question, centre.x, name.bottom + 4, inner * 1.4, size=SMALL, anchor="middle", fill=SUBTLE
    ).svg


def _chain(kind: Kind, layout: lay.Chain, box: Box) -> Iterator[SafeString]:
    zone = kind.zones_by_key[layout.bridge]
    yield marks.sign(zone.shape, zone.tint, box.x, box.y + 2, 16)
    yield marks.text(zone.name, box.x + 24, box.y, box.width, size=NAME, weight=600).svg
    yield marks.text(zone.question, box.x + 24, box.y + 22, box.width, size=SMALL, fill=SUBTLE).svg
    gap = 21.6
    steps = list(across(Box(box.x, box.y + 50, box.width, box.height - 50), len(layout.links), gap))
    for left, right in pairwise(steps):
        shift = (right.x - left.x) / 2
        yield marks.rect(Box(left.x + shift, left.y, left.width, left.height), stroke=LINE, dash="5 5")
        middle, above = left.right + gap / 2, box.y - 12 - 60
        yield marks.path(f"M{marks.short(middle - 5)} {marks.short(above - 8)}l8 8l-8 8", stroke=INK, width=2)


def _plane(_kind: Kind, layout: lay.Plane, box: Box) -> Iterator[SafeString]:
    ground = Box(box.x, box.y + 26, box.width, box.height - 52)
    half = Box(ground.x + ground.width / 2, ground.y, ground.width / 2, ground.height / 2)
    yield marks.rect(ground)
    yield marks.rect(half, fill="#fbf1ec", stroke=FAINT)
    yield marks.line(half.x, ground.y, half.x, ground.bottom, stroke=FAINT)
    yield marks.line(ground.x, half.bottom, ground.right, half.bottom, stroke=FAINT)
    yield marks.text(f"↑ {layout.y.end}", ground.x, box.y, 300, size=15, weight=600).svg
    yield marks.text(f"↓ {layout.y.start}", ground.x, ground.bottom + 6, 300, size=15, weight=600).svg
    yield marks.text(f"← {layout.x.start}", half.x - 12, ground.bottom + 6, 250, size=15, anchor="end").svg
    yield marks.text(f"{layout.x.end} →", ground.right, ground.bottom + 6, 300, size=15, weight=600, anchor="end").svg
    corner = marks.text(
        layout.corner, half.right - 12, half.y + 10, 260, size=15, weight=600, anchor="end", fill=marks.ACCENT
    )
    yield corner.svg


DRAWN: Mapping[type[lay.Layout], Callable[[Kind, Any, Box], Iterator[SafeString]]] = {
    lay.Rings: _rings,
    lay.Matrix: _matrix,
    lay.Pie: _pie,
    lay.Chain: _chain,
    lay.Plane: _plane,
}
