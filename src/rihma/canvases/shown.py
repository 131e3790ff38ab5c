"""A canvas as its pages draw it. Whatever stands in the database, a page comes out: what cannot be drawn is listed."""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from rihma.accounts.models import Person
from rihma.actors.models import Organisation
from rihma.base.words import Words
from rihma.canvases import actors_here, hiding, kinds, rules
from rihma.canvases.about import About, about_all
from rihma.canvases.actors_here import Named
from rihma.canvases.beside import Taken
from rihma.canvases.kinds import ActorField, Field, ItemKind, Kind, Zone
from rihma.canvases.models import Canvas, Item
from rihma.canvases.queries import all_on
from rihma.canvases.types import Alternative

logger = logging.getLogger(__name__)

# A list longer than this comes in two parts, so that its page is soon there: of each zone so many items at first.
MANY, AT_FIRST = 60, 8
# Places are 5 % apart, since a style sheet must name each of them (static/canvases/places.css).
WITHHELD = _("Hidden until somebody who runs the programme has looked at it.")
GRID = 5
FAN = 6


@dataclass(frozen=True)
class Place:
    """What one field says, in words."""

    field: Field
    value: Any
    word: Words | str


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
    # whom the item is, where items of its kind are actors
    actor: Organisation | None = None
    # percent from the left and from the top; `fan` counts cards before it on the same place, so that all can be seen
    x: int = 0
    y: int = 0
    fan: int = 0
    # what areas above say about it in few signs: markup of theirs
    badges: str = ""
    about: About | None = None
    # the first of its group in its zone, above which the title stands
    heads: bool = False

    @property
    def text(self) -> str:
        if self.item.hidden:
            return str(WITHHELD)
        return self.actor.name if self.actor else self.item.text

    @property
    def shape(self) -> str:
        return self.actor.sector.shape if self.actor else self.zone.shape

    @property
    def tint(self) -> str:
        return self.actor.sector.tint if self.actor else self.zone.tint

    @cached_property
    def values(self) -> Mapping[str, Any]:
        return {field.key: self.item.fields.get(field.key, field.default) for field in self.kind.fields}

    @property
    def said(self) -> list[Place]:
        """What is worth reading beside the text: not the name of the actor once more."""
        return [place for place in self.places if self.actor is None or place.field != self.kind.identity]


@dataclass
class Column:
    """One zone and what stands in it."""

    zone: Zone
    takes: list[ItemKind]
    items: list[Shown] = field(default_factory=list)
    # how many of them the page begins with, so that it is soon there
    at_first: int | None = None

    @property
    def begun(self) -> list[Shown]:
        return self.items[: self.at_first]

    @property
    def held(self) -> int:
        return len(self.items) - len(self.begun)

    @property
    def admits(self) -> list[ItemKind]:
        """Kinds of items that can be added here now."""
        return [] if self.is_full else self.takes

    @property
    def is_full(self) -> bool:
        return len(self.items) >= self.zone.most

    @property
    def is_crowded(self) -> bool:
        """More than does the zone good, though it still takes them."""
        return 0 < self.zone.fits < len(self.items)


@dataclass
class Board:
    canvas: Canvas
    kind: Kind | None
    columns: list[Column]
    unreadable: list[Item]
    removed: list[Item]
    actors: Named = field(default_factory=dict)
    worn: Mapping[UUID, str] = field(default_factory=dict)
    # what areas above keep of it, where it is taken out with them
    beside: Mapping[str, Taken] = field(default_factory=dict)

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.zone.key == key)

    def wear(self, badges: Mapping[UUID, str]) -> None:
        """What others say about the items, by id."""
        self.worn = badges
        for column in self.columns if badges else ():
            column.items[: column.at_first] = [replace(one, badges=badges.get(one.item.pk, "")) for one in column.begun]

    def hold_back(self) -> None:
        """What comes later is brought by the page's script (static/canvases/rest.js), or by a link."""
        for column in self.columns if self.count > MANY else ():
            column.at_first = AT_FIRST

    @property
    def shown(self) -> list[Shown]:
        return [shown for column in self.columns for shown in column.items]

    @property
    def begun(self) -> list[Shown]:
        return [shown for column in self.columns for shown in column.begun]

    @property
    def count(self) -> int:
        return len(self.shown) + len(self.unreadable)

    @property
    def layout(self) -> str:
        return f"canvases/layouts/{self.kind.layout}.html" if self.kind else ""

    @property
    def style(self) -> str:
        """The style sheet of the layout."""
        return f"canvases/{self.kind.layout}.css" if self.kind else ""

    def page_style(self, view: str) -> str:
        """All that the page of the canvas needs, of other areas too, in one file."""
        return f"{settings.CANVAS_SHEETS}/{self.kind.layout if self.kind and view != 'list' else 'list'}.css"


def board_of(
    canvas: Canvas, items: list[Item] | None = None, actors: Named | None = None, kind: Kind | None = None
) -> Board:
    """`items` and `actors` where they have been read already; `kind` where it is not published."""
    items = all_on(canvas) if items is None else items
    kind = kind or kinds.of(canvas)
    for item in items:
        hiding.veil(item)
        if canvas.names_hidden:
            hiding.nameless(item)
        if kind:
            in_words_of_today(kind, item)
    readable, unreadable = list[Item](), list[Item]()
    for item in items:
        if not item.removed:
            (readable if kind and rules.is_readable(kind, item.state) else unreadable).append(item)
    for item in unreadable:
        logger.error("canvas %s: item %s cannot be drawn", canvas.pk, item.pk)
    board = Board(
        canvas=canvas,
        kind=kind,
        columns=[Column(zone, [kind.items_by_key[key] for key in zone.admits]) for zone in kind.zones] if kind else [],
        unreadable=unreadable,
        removed=sorted((item for item in items if item.removed), key=lambda item: item.changed_at, reverse=True),
    )
    if kind:
        board.actors = actors_here.named(actors_here.ids_in(kind, readable)) if actors is None else actors
        _fill(board, kind, sorted(readable, key=lambda item: (group_of(item), item.order, str(item.pk))))
    return board


def in_words_of_today(kind: Kind, item: Item) -> None:
    """An item of an older version of its kind reads as the kind says now; its row stays."""
    if kind.upgrades:
        now = kinds.upgraded(kind, item)
        item.kind, item.zone, item.fields = now.kind, now.zone, now.fields


def _fill(board: Board, kind: Kind, items: list[Item]) -> None:
    people = _writers(items)
    said = about_all([*items, *board.removed])
    taken: Counter[tuple[int, int]] = Counter()
    number = 0
    for column in board.columns:
        group = ""
        for item in (item for item in items if item.zone == column.zone.key):
            number += 1
            shown = show(kind, item, number, people, board.actors)
            if shown:
                heads, group = group_of(item) != group, group_of(item)
                shown = replace(shown, about=said.get(item.pk), heads=heads)
                column.items.append(_drawn(kind, shown, taken))


def group_of(item: Item) -> str:
    return str(item.marks.get("group", ""))


def show(
    kind: Kind,
    item: Item,
    number: int = 0,
    people: dict[UUID, Person] | None = None,
    actors: Named | None = None,
    *,
    about: About | None = None,
) -> Shown | None:
    item_kind, zone = kind.item(item.kind), kind.zone(item.zone)
    if item_kind is None or zone is None:
        return None
    people = _writers([item]) if people is None else people
    actors = actors_here.named(actors_here.ids_in(kind, [item])) if actors is None else actors
    identity = item_kind.identity
    return Shown(
        item=item,
        number=number,
        zone=zone,
        kind=item_kind,
        places=tuple(_places(item, item_kind, actors)),
        others=tuple(Other(other, _writer(other, people)) for other in item.alternatives),
        actor=actors.get(str(item.fields.get(identity.key))) if identity else None,
        about=about,
    )


def _places(item: Item, item_kind: ItemKind, actors: Named) -> Iterator[Place]:
    """The fields that say something."""
    for one in item_kind.fields:
        value = item.fields.get(one.key, one.default)
        actor = actors.get(str(value)) if isinstance(one, ActorField) else None
        if actor:
            yield Place(one, value, actor.name)
        elif one.says(value):
            yield Place(one, value, one.word(value))


def _drawn(kind: Kind, shown: Shown, taken: Counter[tuple[int, int]]) -> Shown:
    if kind.plane is None:
        return shown
    values = shown.values
    x = _snapped(kind.plane.x.at(values[kind.plane.x.field]))
    y = 100 - _snapped(kind.plane.y.at(values[kind.plane.y.field]))
    fan = taken[x, y]
    taken[x, y] += 1
    return replace(shown, x=x, y=y, fan=fan % FAN)


def _snapped(percent: int) -> int:
    return GRID * round(percent / GRID)


def _writers(items: Iterable[Item]) -> dict[UUID, Person]:
    """Who wrote the alternatives: in most canvases nobody, and then nothing is asked."""
    ids = {UUID(other["by"]) for item in items for other in item.alternatives if other["by"]}
    return Person.objects.in_bulk(ids) if ids else {}


def _writer(other: Alternative, people: dict[UUID, Person]) -> Person | None:
    return people.get(UUID(other["by"])) if other["by"] else None
