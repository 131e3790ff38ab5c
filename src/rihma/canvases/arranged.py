"""What stands where in a drawn canvas, for the layouts that ask for more than zones side by side."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rihma.actors.models import Organisation, Sector
from rihma.base.parts import SHAPES
from rihma.base.words import Words
from rihma.canvases import lettering
from rihma.canvases.kinds import layouts as lay
from rihma.canvases.round import WHOLE, Point, point, slice_path, spread
from rihma.canvases.shown import Board, Column, Shown


@dataclass(frozen=True)
class Tab:
    """On a phone one pane is seen at a time; tabs lead from one to another."""

    target: str
    name: Words | str
    shape: str
    tint: str
    count: int


def tab_of(column: Column) -> Tab:
    zone = column.zone
    return Tab(f"zone-{zone.key}", zone.name, zone.shape, zone.tint, len(column.items))


@dataclass(frozen=True)
class Strip:
    """A column or a row of zones."""

    title: Words
    columns: list[Column]


@dataclass(frozen=True)
class StripBoard:
    strips: list[Strip]

    @property
    def tabs(self) -> list[Tab]:
        return [tab_of(column) for strip in self.strips for column in strip.columns]


def strips(board: Board, layout: lay.Columns | lay.Cards) -> StripBoard:
    return StripBoard([Strip(one.title, [board.column(key) for key in one.zones]) for one in layout.strips])


# Rings

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


@dataclass(frozen=True)
class Square:
    giver: Organisation
    taker: Organisation
    items: list[Shown]
    pointing: str

    @property
    def about(self) -> str:
        return f"{self.giver.name} → {self.taker.name}"

    @property
    def is_own(self) -> bool:
        return self.giver == self.taker


@dataclass(frozen=True)
class MatrixRow:
    giver: Organisation
    squares: list[Square]

    @property
    def count(self) -> int:
        return sum(len(square.items) for square in self.squares)


@dataclass(frozen=True)
class MatrixBoard:
    takers: list[Organisation]
    rows: list[MatrixRow]
    actors: Column
    squares: Column
    outside: list[Shown]
    beside: list[Column]

    @property
    def tabs(self) -> list[Tab]:
        rows = [
            Tab(f"row-{row.giver.pk}", row.giver.name, row.giver.sector.shape, row.giver.sector.tint, row.count)
            for row in self.rows
        ]
        return [tab_of(self.actors), *rows, *map(tab_of, self.beside)]


def matrix(board: Board, layout: lay.Matrix) -> MatrixBoard:
    actors, squares = board.column(layout.actors), board.column(layout.squares)
    listed = list(dict.fromkeys(shown.actor for shown in actors.items if shown.actor))
    placed: dict[tuple[Any, Any], list[Shown]] = defaultdict(list)
    for shown in squares.items:
        placed[shown.values[layout.giver], shown.values[layout.taker]].append(shown)

    def square(giver: Organisation, taker: Organisation) -> Square:
        pointing = f"&{layout.giver}={giver.pk}&{layout.taker}={taker.pk}"
        return Square(giver, taker, placed.pop((str(giver.pk), str(taker.pk)), []), pointing)

    rows = [MatrixRow(giver, [square(giver, taker) for taker in listed]) for giver in listed]
    return MatrixBoard(
        takers=listed,
        rows=rows,
        actors=actors,
        squares=squares,
        outside=[shown for there in placed.values() for shown in there],
        beside=[board.column(key) for key in layout.beside],
    )


# Pie

PIE_CENTRE = Point(200, 200)
PIE_INNER, PIE_OUTER = 96, 190


@dataclass(frozen=True)
class Part:
    """One part of an actor's slice, for example what it gains."""

    column: Column
    items: list[Shown]


@dataclass(frozen=True)
class Slice:
    shown: Shown
    place: int
    path: str
    label: Point
    lines: list[str]
    parts: list[Part]
    warning: Words | None
    pointing: str

    @property
    def count(self) -> int:
        return sum(len(part.items) for part in self.parts)


@dataclass(frozen=True)
class PieBoard:
    centre: Column
    promise: list[str]
    promise_y: float
    slices: list[Slice]
    actors: Column
    outside: list[Shown]
    beside: list[Column]

    @property
    def tabs(self) -> list[Tab]:
        own = [
            Tab(f"slice-{one.shown.item.pk}", one.shown.text, one.shown.shape, one.shown.tint, one.count)
            for one in self.slices
        ]
        return [tab_of(self.centre), *map(tab_of, self.beside), tab_of(self.actors), *own]


def pie(board: Board, layout: lay.Pie) -> PieBoard:
    actors, centre = board.column(layout.actors), board.column(layout.centre)
    parts = [board.column(key) for key in layout.parts]
    there = {str(shown.actor.pk) for shown in actors.items if shown.actor}
    promise = lettering.lines(centre.items[0].text, 150, 16, most=6) if centre.items else []
    return PieBoard(
        centre=centre,
        promise=promise,
        promise_y=PIE_CENTRE.y - (len(promise) - 1) * 10 + 5,
        slices=list(_slices(layout, actors, parts)),
        actors=actors,
        outside=[shown for part in parts for shown in part.items if shown.values[layout.owner] not in there],
        beside=[board.column(key) for key in layout.beside],
    )


def _slices(layout: lay.Pie, actors: Column, parts: list[Column]) -> Iterator[Slice]:
    whole = len(actors.items)
    for place, shown in enumerate(actors.items):
        start, end = place * WHOLE / whole, (place + 1) * WHOLE / whole
        owner = str(shown.actor.pk) if shown.actor else ""
        own = [Part(part, [one for one in part.items if one.values[layout.owner] == owner]) for part in parts]
        lamp = layout.warning
        empty = not next(part.items for part in own if part.column.zone.key == lamp.empty)
        yield Slice(
            shown=shown,
            place=place + 1,
            path=slice_path(PIE_CENTRE, PIE_INNER, PIE_OUTER, start, end),
            label=point(PIE_CENTRE, (PIE_INNER + PIE_OUTER) / 2, (start + end) / 2),
            lines=lettering.lines(shown.text, 84, 13, most=2),
            parts=own,
            warning=lamp.words if empty and shown.values.get(lamp.field) == lamp.value else None,
            pointing=f"&{layout.owner}={owner}" if owner else "",
        )


# Chain


@dataclass(frozen=True)
class Link:
    column: Column
    # the zone that the arrow from here leads to, and what stands on that arrow
    towards: str
    bridge: list[Shown]
    pointing: str


@dataclass(frozen=True)
class ChainBoard:
    links: list[Link]
    bridge: Column
    loose: list[Shown]

    @property
    def tabs(self) -> list[Tab]:
        return [*(tab_of(link.column) for link in self.links), tab_of(self.bridge)]


def chain(board: Board, layout: lay.Chain) -> ChainBoard:
    bridge = board.column(layout.bridge)
    onto: dict[Any, list[Shown]] = defaultdict(list)
    for shown in bridge.items:
        onto[shown.values[layout.field]].append(shown)
    following = [*layout.links[1:], ""]
    return ChainBoard(
        links=[
            Link(board.column(key), after, onto.pop(after, []) if after else [], f"&{layout.field}={after}")
            for key, after in zip(layout.links, following, strict=True)
        ],
        bridge=bridge,
        loose=[shown for there in onto.values() for shown in there],
    )


def arranged(board: Board) -> object:
    """What the template of the layout draws; None where the board itself is enough."""
    layout = board.kind.drawing if board.kind else None
    match layout:
        case lay.Columns() | lay.Cards():
            return strips(board, layout)
        case lay.Rings():
            return rings(board, layout)
        case lay.Matrix():
            return matrix(board, layout)
        case lay.Pie():
            return pie(board, layout)
        case lay.Chain():
            return chain(board, layout)
    return None
