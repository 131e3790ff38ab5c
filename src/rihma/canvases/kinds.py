"""A canvas kind is one file in `kinds/`; nothing outside it names it. Here the files become values, checked once."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from rihma.base.parts import SHAPES, TINTS
from rihma.base.words import Words

FOLDER = Path(__file__).with_name("kinds")
LAYOUTS = Path(__file__).with_name("templates") / "canvases" / "layouts"
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


class BadKind(Exception):
    """The file of a kind says something that cannot be; the message names the place."""


@dataclass(frozen=True)
class Zone:
    key: str
    name: Words
    question: Words
    tint: str
    shape: str


@dataclass(frozen=True)
class Step:
    at: int
    name: Words


@dataclass(frozen=True)
class Scale:
    """A number from 0 to 100 that people choose by words."""

    key: str
    name: Words
    question: Words
    default: int
    steps: tuple[Step, ...]

    def word(self, value: int) -> Words:
        """The words of the nearest step."""
        return min(self.steps, key=lambda step: abs(step.at - value)).name


@dataclass(frozen=True)
class ItemKind:
    key: str
    name: Words
    prompt: Words
    fields: tuple[Scale, ...]

    def field(self, key: str) -> Scale | None:
        return next((field for field in self.fields if field.key == key), None)


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
class Plane:
    x: Axis
    y: Axis
    corner: Words


@dataclass(frozen=True)
class Kind:
    key: str
    version: int
    layout: str
    minutes: int
    licence: str
    inspiration: str
    name: Words
    purpose: Words
    help: Words
    questions: tuple[Words, ...]
    zones: tuple[Zone, ...]
    items: tuple[ItemKind, ...]
    plane: Plane | None

    def zone(self, key: str) -> Zone | None:
        return next((zone for zone in self.zones if zone.key == key), None)

    def item(self, key: str) -> ItemKind | None:
        return next((item for item in self.items if item.key == key), None)

    @property
    def x_name(self) -> Words:
        return self._name(self.plane.x.field) if self.plane else Words()

    @property
    def y_name(self) -> Words:
        return self._name(self.plane.y.field) if self.plane else Words()

    def _name(self, key: str) -> Words:
        return next((field.name for item in self.items for field in item.fields if field.key == key), Words())

    @property
    def places(self) -> frozenset[str]:
        """Fields that say where an item stands: changed by `move`, all others by `set`."""
        return frozenset((self.plane.x.field, self.plane.y.field)) if self.plane else frozenset()


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


@cache
def find(name: str) -> Kind | None:
    """None when no file of that name is there, for example after it was taken away."""
    if not KEY.fullmatch(name) or not (FOLDER / f"{name}.toml").is_file():
        return None
    return read(name, (FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def read(name: str, text: str) -> Kind:
    try:
        kind = _kind(name, tomllib.loads(text))
    except KeyError as missing:
        raise BadKind(f"{name}: {missing} is missing") from missing
    except (tomllib.TOMLDecodeError, TypeError, ValueError) as wrong:
        raise BadKind(f"{name}: {wrong}") from wrong
    for problem in problems(kind):
        raise BadKind(f"{name}: {problem}")
    return kind


def problems(kind: Kind) -> Iterator[str]:
    keys = {"zone": [zone.key for zone in kind.zones], "item": [item.key for item in kind.items]}
    for item in kind.items:
        keys[f"{item.key}: field"] = [field.key for field in item.fields]
    for what, found in keys.items():
        yield from (f"{what} {key!r} is no plain lower-case word" for key in found if not KEY.fullmatch(key))
        yield from (f"{what} {key!r} stands twice" for key in sorted(set(found)) if found.count(key) > 1)
    if not kind.zones or not kind.items:
        yield "there is no zone or no item"
    yield from (f"zone {z.key!r}: no tint {z.tint!r}" for z in kind.zones if z.tint not in TINTS)
    yield from (f"zone {z.key!r}: no shape {z.shape!r}" for z in kind.zones if z.shape not in SHAPES)
    if not (LAYOUTS / f"{kind.layout}.html").is_file():
        yield f"no layout {kind.layout!r}"
    for item in kind.items:
        yield from (
            f"plane: item {item.key!r} has no field {key!r}" for key in sorted(kind.places) if not item.field(key)
        )


def _kind(name: str, data: Mapping[str, Any]) -> Kind:
    return Kind(
        key=name,
        version=int(data["version"]),
        layout=data["layout"],
        minutes=int(data["minutes"]),
        licence=data["licence"],
        inspiration=data["inspiration"],
        name=_words(data, "name"),
        purpose=_words(data, "purpose"),
        help=_words(data, "help"),
        questions=tuple(_said(f"questions {n}", texts) for n, texts in enumerate(data["questions"], 1)),
        zones=tuple(
            Zone(zone["key"], _words(zone, "name"), _words(zone, "question"), zone["tint"], zone["shape"])
            for zone in data["zones"]
        ),
        items=tuple(
            ItemKind(
                item["key"], _words(item, "name"), _words(item, "prompt"), tuple(map(_scale, item.get("fields", [])))
            )
            for item in data["items"]
        ),
        plane=_plane(data["plane"]) if "plane" in data else None,
    )


def _scale(data: Mapping[str, Any]) -> Scale:
    if data["type"] != "scale":
        raise ValueError(f"field {data['key']!r}: no type {data['type']!r}")
    steps = tuple(Step(int(step["at"]), _words(step, "name")) for step in data["steps"])
    if [step.at for step in steps] != sorted({step.at for step in steps}) or not steps:
        raise ValueError(f"field {data['key']!r}: steps go upward")
    return Scale(data["key"], _words(data, "name"), _words(data, "question"), int(data["default"]), steps)


def _plane(data: Mapping[str, Any]) -> Plane:
    x, y = (
        Axis(axis["field"], bool(axis.get("falling")), _words(axis, "start"), _words(axis, "end"))
        for axis in (data["x"], data["y"])
    )
    return Plane(x, y, _words(data, "corner"))


def _words(data: Mapping[str, Any], key: str) -> Words:
    return _said(key, data[key])


def _said(where: str, texts: Mapping[str, str]) -> Words:
    words = Words(texts)
    missing = words.missing(*(code for code, _ in settings.LANGUAGES))
    if missing:
        raise ValueError(f"{where} lacks {', '.join(missing)}")
    return words
