"""How a kind is laid out. Each layout has a template of its name in `templates/canvases/layouts/`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar

from rihma.base.words import Words


@dataclass(frozen=True)
class Layout:
    name: ClassVar[str] = ""

    @property
    def zones(self) -> Iterable[str]:
        """Keys of the zones that it draws, in the order in which they are read; none means that it asks for no zone."""
        return ()

    @property
    def places(self) -> frozenset[str]:
        return frozenset()

    def missing_fields(self) -> Iterator[tuple[str, str]]:
        """(zone or "" for any, field) that the items must have for the drawing."""
        yield from (("", key) for key in sorted(self.places))


@dataclass(frozen=True)
class Axis:
    """Which field an item stands by, from `start` (left, below) to `end`."""

    field: str
    falling: bool
    start: Words
    end: Words

    def at(self, value: int) -> int:
        """Percent of the way from start to end; its own inverse."""
        return 100 - value if self.falling else value


@dataclass(frozen=True)
class Plane(Layout):
    """Two axes; zones are only signs here."""

    x: Axis
    y: Axis
    corner: Words
    name: ClassVar[str] = "plane"

    @property
    def places(self) -> frozenset[str]:
        return frozenset((self.x.field, self.y.field))


@dataclass(frozen=True)
class Strip:
    """A column or a row of zones; `width` is how much room it takes beside the others."""

    title: Words
    zones: tuple[str, ...]
    width: int


@dataclass(frozen=True)
class Columns(Layout):
    """Zones under each other in columns."""

    strips: tuple[Strip, ...]
    name: ClassVar[str] = "columns"

    @property
    def zones(self) -> Iterable[str]:
        return chain.from_iterable(strip.zones for strip in self.strips)


@dataclass(frozen=True)
class Cards(Layout):
    """Zones as the parts of a filled-in card, row by row."""

    strips: tuple[Strip, ...]
    name: ClassVar[str] = "cards"

    @property
    def zones(self) -> Iterable[str]:
        return chain.from_iterable(strip.zones for strip in self.strips)


@dataclass(frozen=True)
class Rings(Layout):
    """Actors by how near they work (rings, the innermost first) and by their sector; `beside` stands outside."""

    rings: tuple[str, ...]
    beside: tuple[str, ...]
    name: ClassVar[str] = "rings"

    @property
    def zones(self) -> Iterable[str]:
        return (*self.rings, *self.beside)


@dataclass(frozen=True)
class Matrix(Layout):
    """Who gives what to whom: the actors of one zone down and across, in each square what one gives the other."""

    actors: str
    squares: str
    giver: str
    taker: str
    own: Words
    beside: tuple[str, ...]
    name: ClassVar[str] = "matrix"

    @property
    def zones(self) -> Iterable[str]:
        return (self.actors, self.squares, *self.beside)

    @property
    def places(self) -> frozenset[str]:
        return frozenset((self.giver, self.taker))

    def missing_fields(self) -> Iterator[tuple[str, str]]:
        yield from ((self.squares, key) for key in (self.giver, self.taker))


@dataclass(frozen=True)
class Lamp:
    """Warns when the actor's `field` is `value`, and nothing stands in its part `empty`."""

    field: str
    value: str
    empty: str
    words: Words


@dataclass(frozen=True)
class Pie(Layout):
    """A slice an actor, the shared promise in the middle; `parts` are the zones that each slice is made of."""

    centre: str
    actors: str
    parts: tuple[str, ...]
    owner: str
    warning: Lamp
    beside: tuple[str, ...]
    name: ClassVar[str] = "pie"

    @property
    def zones(self) -> Iterable[str]:
        return (self.centre, *self.beside, self.actors, *self.parts)

    @property
    def places(self) -> frozenset[str]:
        return frozenset((self.owner,))

    def missing_fields(self) -> Iterator[tuple[str, str]]:
        yield from ((part, self.owner) for part in self.parts)
        yield (self.actors, self.warning.field)


@dataclass(frozen=True)
class Chain(Layout):
    """Zones from left to right with arrows between; what stands in `bridge` belongs to the arrow its `field` names.

    The options of that field are the zones that the arrows lead to.
    """

    links: tuple[str, ...]
    bridge: str
    field: str
    name: ClassVar[str] = "chain"

    @property
    def zones(self) -> Iterable[str]:
        return (*self.links, self.bridge)

    @property
    def places(self) -> frozenset[str]:
        return frozenset((self.field,))

    def missing_fields(self) -> Iterator[tuple[str, str]]:
        yield (self.bridge, self.field)
