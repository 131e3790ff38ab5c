"""Where each zone of a kind lies in a picture, whatever its size. Layouts that are not boxes alone draw more."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rihma.canvases.kinds import Kind
from rihma.canvases.kinds import layouts as lay
from rihma.canvases.pictures.marks import Box

# how much of the width stands beside what is round or a table
SIDE = 0.27
MATRIX = 4


@dataclass(frozen=True)
class Frames:
    """`boxes` are the zones that are plain boxes; `field` is the place of the drawing itself, where there is one."""

    boxes: dict[str, Box]
    field: Box | None = None


def frames(kind: Kind, area: Box, gap: float) -> Frames:
    match kind.drawing:
        case lay.Columns(strips=strips):
            return Frames(dict(_columns([strip.zones for strip in strips], area, gap)))
        case lay.Cards(strips=strips):
            return Frames(dict(_rows([strip.zones for strip in strips], area, 0)))
        case lay.Chain(links=links):
            upper = Box(area.x, area.y, area.width, area.height * 0.62)
            lower = Box(area.x, upper.bottom + gap, area.width, area.height - upper.height - gap)
            return Frames(dict(zip(links, across(upper, len(links), gap * 1.8), strict=True)), lower)
    return _with_side(_beside(kind), area, gap)


def _beside(kind: Kind) -> Sequence[str]:
    """Zones that stand at the side, of layouts that draw something else in the middle."""
    match kind.drawing:
        case lay.Rings(beside=beside) | lay.Matrix(beside=beside):
            return beside
        case lay.Pie(beside=beside, parts=parts):
            return (*beside, *parts)
    return [zone.key for zone in kind.zones]


def across(area: Box, count: int, gap: float) -> Iterator[Box]:
    width = (area.width - gap * (count - 1)) / count
    return (Box(area.x + n * (width + gap), area.y, width, area.height) for n in range(count))


def down(area: Box, count: int, gap: float) -> Iterator[Box]:
    height = (area.height - gap * (count - 1)) / count
    return (Box(area.x, area.y + n * (height + gap), area.width, height) for n in range(count))


def _columns(strips: Sequence[Sequence[str]], area: Box, gap: float) -> Iterator[tuple[str, Box]]:
    for zones, column in zip(strips, across(area, len(strips), gap), strict=True):
        yield from zip(zones, down(column, len(zones), gap), strict=True)


def _rows(strips: Sequence[Sequence[str]], area: Box, gap: float) -> Iterator[tuple[str, Box]]:
    for zones, row in zip(strips, down(area, len(strips), gap), strict=True):
        yield from zip(zones, across(row, len(zones), gap), strict=True)


def _with_side(zones: Sequence[str], area: Box, gap: float) -> Frames:
    side = Box(area.x + area.width * (1 - SIDE), area.y, area.width * SIDE, area.height)
    field = Box(area.x, area.y, area.width - side.width - gap * 2, area.height)
    return Frames(dict(zip(zones, down(side, len(zones), gap), strict=True)), field)
