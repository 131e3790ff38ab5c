from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from rihma.actors.kinds import Sector
from rihma.base.parts import SHAPES
from rihma.base.words import Words
from rihma.canvases import lettering
from rihma.canvases.arranged.tabs import Tab, tab_of
from rihma.canvases.kinds import layouts as lay
from rihma.canvases.round import WHOLE, Point, point, spread
from rihma.canvases.shown import Board, Column, Shown

CENTRE = Point(540, 540)
RIM = 500
# where each ring ends; the innermost is the widest, since most names stand there
EDGES = {3: (230, 370, RIM), 4: (205, 315, 412, RIM), 5: (180, 270, 350, 428, RIM)}
# how many stand side by side with their names in one sector of each ring; more of them show numbers only
ABREAST = (1, 1, 2, 2, 3)
NAME = 19
# for a name that has its ring to itself, and for one among others
WIDEST = (152, 128)


@dataclass(frozen=True)
class Dot:
    shown: Shown
    at: Point
    lines: list[str]

    @property
    def sign(self) -> str:
        return SHAPES[self.shown.shape]


@dataclass(frozen=True)
class Rim:
    """A sector's name outside the outermost ring. A sector where nobody stands says so."""

    sector: Sector
    at: Point
    sign_at: Point
    border: Point
    anchor: str
    lines: list[str]
    count: int

    @property
    def sign(self) -> str:
        return SHAPES[self.sector.shape]


@dataclass(frozen=True)
class RingName:
    name: Words
    radius: float
    y: float


@dataclass(frozen=True)
class RingBoard:
    rings: list[RingName]
    dots: list[Dot]
    rims: list[Rim]
    columns: list[Column]
    beside: list[Column]
    unplaced: list[Shown]

    @property
    def tabs(self) -> list[Tab]:
        return [tab_of(column) for column in (*self.columns, *self.beside)]


def rings(board: Board, layout: lay.Rings) -> RingBoard:
    columns = [board.column(key) for key in layout.rings]
    edges = EDGES[len(columns)]
    placed: dict[tuple[int, Sector], list[Shown]] = defaultdict(list)
    unplaced = []
    for ring, column in enumerate(columns):
        for shown in column.items:
            if shown.actor:
                placed[ring, shown.actor.sector].append(shown)
            else:
                unplaced.append(shown)
    return RingBoard(
        rings=[
            RingName(column.zone.name, edge, CENTRE.y - edge + 20) for column, edge in zip(columns, edges, strict=True)
        ],
        dots=[dot for (ring, sector), there in placed.items() for dot in _dots(edges, ring, sector, there)],
        rims=list(_rims(placed)),
        columns=columns,
        beside=[board.column(key) for key in layout.beside],
        unplaced=unplaced,
    )


def _dots(edges: tuple[int, ...], ring: int, sector: Sector, there: list[Shown]) -> Iterator[Dot]:
    inner = edges[ring - 1] if ring else edges[0] * 0.28
    crowded = len(there) > ABREAST[ring]
    abreast = ABREAST[ring] * 2 if crowded else ABREAST[ring]
    rows = [there[at : at + abreast] for at in range(0, len(there), abreast)]
    start = list(Sector).index(sector) * WHOLE / len(Sector)
    for row, standing in enumerate(rows):
        radius = inner + (edges[ring] - inner) * (row + 0.5) / len(rows)
        angles = spread(start, start + WHOLE / len(Sector), len(standing))
        for shown, angle in zip(standing, angles, strict=True):
            name = [] if crowded else lettering.lines(shown.text, WIDEST[ABREAST[ring] > 1], NAME, most=2)
            yield Dot(shown, point(CENTRE, radius, angle), name)


def _rims(placed: dict[tuple[int, Sector], list[Shown]]) -> Iterator[Rim]:
    part = WHOLE / len(Sector)
    for place, sector in enumerate(Sector):
        middle = (place + 0.5) * part
        sign = point(CENTRE, RIM + 22, middle)
        right = sign.x > CENTRE.x
        # Lines go downward, so those above the circle begin higher.
        at = Point(sign.x + (20 if right else -20), sign.y + (-14 if sign.y < CENTRE.y - RIM / 2 else 6))
        yield Rim(
            sector=sector,
            at=at,
            sign_at=sign,
            border=point(CENTRE, RIM, place * part),
            anchor="start" if right else "end",
            lines=lettering.lines(str(sector.label), 190, 22, most=3),
            count=sum(len(there) for (_ring, which), there in placed.items() if which == sector),
        )


# Matrix
