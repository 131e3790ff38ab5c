"""A canvas as its pages draw it. Whatever stands in the database, a page comes out: what cannot be drawn is listed."""

import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from rihma.accounts.models import Person
from rihma.base.words import Words
from rihma.canvases import kinds, rules
from rihma.canvases.kinds import ItemKind, Kind, Scale, Zone
from rihma.canvases.models import Canvas, Item
from rihma.canvases.types import Alternative

logger = logging.getLogger(__name__)

# Places are 5 % apart, since a style sheet must name each of them (static/canvases/places.css).
GRID = 5
FAN = 6


@dataclass(frozen=True)
class Place:
    """What one field says, in words."""

    field: Scale
    value: int

    @property
    def word(self) -> Words:
        return self.field.word(self.value)


@dataclass(frozen=True)
class Other:
    """A text that waits for people to settle which stands."""

    alternative: Alternative
    author: Person | None


@dataclass(frozen=True)
class Shown:
    item: Item
    number: int
    zone: Zone
    kind: ItemKind
    places: tuple[Place, ...]
    others: tuple[Other, ...]
    # percent from the left and from the top; `fan` counts cards before it on the same place, so that all can be seen
    x: int = 0
    y: int = 0
    fan: int = 0


@dataclass
class Column:
    """One zone and what stands in it."""

    zone: Zone
    items: list[Shown] = field(default_factory=list)


@dataclass
class Board:
    canvas: Canvas
    kind: Kind | None
    columns: list[Column]
    unreadable: list[Item]
    removed: list[Item]

    @property
    def shown(self) -> list[Shown]:
        return [shown for column in self.columns for shown in column.items]

    @property
    def count(self) -> int:
        return len(self.shown) + len(self.unreadable)

    @property
    def layout(self) -> str:
        return f"canvases/layouts/{self.kind.layout}.html" if self.kind else ""


def board_of(canvas: Canvas, items: list[Item] | None = None) -> Board:
    items = list(canvas.items.select_related("by")) if items is None else items
    kind = kinds.find(canvas.kind)
    live = [item for item in items if not item.removed]
    readable = [item for item in live if kind and rules.is_readable(kind, item.state)]
    unreadable = [item for item in live if item not in readable]
    for item in unreadable:
        logger.error("canvas %s: item %s cannot be drawn", canvas.pk, item.pk)
    board = Board(
        canvas=canvas,
        kind=kind,
        columns=[Column(zone) for zone in kind.zones] if kind else [],
        unreadable=unreadable,
        removed=sorted((item for item in items if item.removed), key=lambda item: item.changed_at, reverse=True),
    )
    if kind:
        _fill(board, kind, sorted(readable, key=lambda item: (item.order, str(item.pk))))
    return board


def _fill(board: Board, kind: Kind, items: list[Item]) -> None:
    people = _writers(items)
    taken: Counter[tuple[int, int]] = Counter()
    number = 0
    for column in board.columns:
        for item in (item for item in items if item.zone == column.zone.key):
            number += 1
            shown = show(kind, item, number, people)
            if shown:
                column.items.append(_drawn(kind, shown, taken))


def show(kind: Kind, item: Item, number: int = 0, people: dict[UUID, Person] | None = None) -> Shown | None:
    item_kind, zone = kind.item(item.kind), kind.zone(item.zone)
    if item_kind is None or zone is None:
        return None
    people = _writers([item]) if people is None else people
    return Shown(
        item=item,
        number=number,
        zone=zone,
        kind=item_kind,
        places=tuple(Place(field, item.fields.get(field.key, field.default)) for field in item_kind.fields),
        others=tuple(Other(other, _writer(other, people)) for other in item.alternatives),
    )


def _drawn(kind: Kind, shown: Shown, taken: Counter[tuple[int, int]]) -> Shown:
    if kind.plane is None:
        return shown
    values = {place.field.key: place.value for place in shown.places}
    x = _snapped(kind.plane.x.at(values[kind.plane.x.field]))
    y = 100 - _snapped(kind.plane.y.at(values[kind.plane.y.field]))
    fan = taken[x, y]
    taken[x, y] += 1
    return Shown(**{**shown.__dict__, "x": x, "y": y, "fan": fan % FAN})


def _snapped(percent: int) -> int:
    return GRID * round(percent / GRID)


def _writers(items: Iterable[Item]) -> dict[UUID, Person]:
    """Who wrote the alternatives: in most canvases nobody, and then nothing is asked."""
    ids = {UUID(other["by"]) for item in items for other in item.alternatives if other["by"]}
    return Person.objects.in_bulk(ids) if ids else {}


def _writer(other: Alternative, people: dict[UUID, Person]) -> Person | None:
    return people.get(UUID(other["by"])) if other["by"] else None
