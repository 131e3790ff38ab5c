"""A canvas kind as a value: what it holds, and quick ways to look it up, since every operation asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rihma.base.words import Words
from rihma.canvases.kinds.fields import ActorField, Field, Value
from rihma.canvases.kinds.layouts import Layout, Plane


@dataclass(frozen=True)
class Zone:
    """`fits`: how many items do it good, said in words. `most`: how many it takes. `admits`: kinds of items."""

    key: str
    name: Words
    question: Words
    tint: str
    shape: str
    fits: int
    most: int
    admits: tuple[str, ...]


@dataclass(frozen=True)
class ItemKind:
    """`testable`: something that can turn out to be wrong, so that an experiment can be made of it."""

    key: str
    name: Words
    prompt: Words
    testable: bool
    fields: tuple[Field, ...]

    @cached_property
    def by_key(self) -> Mapping[str, Field]:
        return {field.key: field for field in self.fields}

    @cached_property
    def needed(self) -> tuple[str, ...]:
        return tuple(field.key for field in self.fields if field.needed)

    @cached_property
    def identity(self) -> ActorField | None:
        """The field by which an item of this kind is an actor."""
        actors = (field for field in self.fields if isinstance(field, ActorField))
        return next((field for field in actors if not field.among), None)

    def field(self, key: str) -> Field | None:
        return self.by_key.get(key)


@dataclass(frozen=True)
class Upgrade:
    """How an item of version `since` reads in the next one: old word → new word."""

    since: int
    zones: Mapping[str, str]
    items: Mapping[str, str]
    fields: Mapping[str, str]
    values: Mapping[str, Mapping[str, Value]]
    defaults: Mapping[str, Value]


@dataclass(frozen=True)
class Kind:
    key: str
    version: int
    minutes: int
    turn: int
    licence: str
    inspiration: str
    name: Words
    purpose: Words
    help: Words
    questions: tuple[Words, ...]
    zones: tuple[Zone, ...]
    items: tuple[ItemKind, ...]
    drawing: Layout
    upgrades: tuple[Upgrade, ...]

    @cached_property
    def zones_by_key(self) -> Mapping[str, Zone]:
        return {zone.key: zone for zone in self.zones}

    @cached_property
    def items_by_key(self) -> Mapping[str, ItemKind]:
        return {item.key: item for item in self.items}

    @cached_property
    def places(self) -> frozenset[str]:
        """Fields that say where an item stands: changed by `move`, all others by `set`."""
        return self.drawing.places

    def zone(self, key: str) -> Zone | None:
        return self.zones_by_key.get(key)

    def item(self, key: str) -> ItemKind | None:
        return self.items_by_key.get(key)

    @property
    def layout(self) -> str:
        return self.drawing.name

    @property
    def plane(self) -> Plane | None:
        return self.drawing if isinstance(self.drawing, Plane) else None

    @property
    def x_name(self) -> Words:
        return self.field_name(self.plane.x.field) if self.plane else Words()

    @property
    def y_name(self) -> Words:
        return self.field_name(self.plane.y.field) if self.plane else Words()

    def field_name(self, key: str) -> Words:
        return next((field.name for item in self.items for field in item.fields if field.key == key), Words())

    @cached_property
    def has_actors(self) -> bool:
        return any(isinstance(field, ActorField) for item in self.items for field in item.fields)
