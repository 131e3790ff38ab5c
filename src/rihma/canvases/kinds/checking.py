"""What is wrong with a kind that could be read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rihma.base.parts import SHAPES, TINTS
from rihma.canvases.kinds.fields import ActorField, Choice
from rihma.canvases.kinds.kind import Kind
from rihma.canvases.kinds.layouts import Chain, Pie, Rings
from rihma.canvases.kinds.reading import Path as Place

LAYOUTS = Path(__file__).parent.with_name("templates") / "canvases" / "layouts"
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
# so many have room in the drawing
RINGS = range(3, 6)


@dataclass(frozen=True)
class Wrong:
    """One thing that cannot be: `code` and `word` for whoever says it in another language, `path` for the line of it."""

    code: str
    path: Place
    text: str
    word: str = ""

    def __str__(self) -> str:
        return self.text


def problems(kind: Kind) -> Iterator[Wrong]:
    yield from _keys(kind)
    if not kind.zones or not kind.items:
        yield Wrong("empty", ("zones",), "there is no zone or no item")
    yield from _zones(kind)
    if not (LAYOUTS / f"{kind.layout}.html").is_file():
        yield Wrong("layout", ("layout",), f"no layout {kind.layout!r}", kind.layout)
    yield from _fields(kind)
    yield from _drawing(kind)
    yield from _upgrades(kind)


def _zones(kind: Kind) -> Iterator[Wrong]:
    signs: set[tuple[str, str]] = set()
    for number, zone in enumerate(kind.zones):
        path = ("zones", number)
        if zone.tint not in TINTS:
            yield Wrong("tint", (*path, "tint"), f"zone {zone.key!r}: no tint {zone.tint!r}", zone.tint)
        if zone.shape not in SHAPES:
            yield Wrong("shape", (*path, "shape"), f"zone {zone.key!r}: no shape {zone.shape!r}", zone.shape)
        if not 0 <= zone.fits <= zone.most:
            yield Wrong("fits", (*path, "fits"), f"zone {zone.key!r}: more fit than it takes", zone.key)
        for key in zone.admits:
            if not kind.item(key):
                yield Wrong("admits", (*path, "admits"), f"zone {zone.key!r}: no item {key!r}", key)
        if (zone.tint, zone.shape) in signs:
            yield Wrong("sign", (*path, "shape"), f"zone {zone.key!r}: another has its tint and shape", zone.key)
        signs.add((zone.tint, zone.shape))


def _keys(kind: Kind) -> Iterator[Wrong]:
    keys: dict[tuple[str, Place], list[str]] = {
        ("zone", ("zones",)): [zone.key for zone in kind.zones],
        ("item", ("items",)): [item.key for item in kind.items],
    }
    for number, item in enumerate(kind.items):
        keys[f"{item.key}: field", ("items", number, "fields")] = [field.key for field in item.fields]
    for (what, path), found in keys.items():
        for number, key in enumerate(found):
            if not KEY.fullmatch(key):
                yield Wrong("plain", (*path, number, "key"), f"{what} {key!r} is no plain lower-case word", key)
            if key in found[:number]:
                yield Wrong("twice", (*path, number, "key"), f"{what} {key!r} stands twice", key)


def _fields(kind: Kind) -> Iterator[Wrong]:
    for number, item in enumerate(kind.items):
        for place, field in enumerate(item.fields):
            path = ("items", number, "fields", place)
            if isinstance(field, ActorField) and field.among and not kind.zone(field.among):
                yield Wrong("zone", (*path, "among"), f"field {field.key!r}: no zone {field.among!r}", field.among)
            if isinstance(field, Choice) and len(field.words) < len(field.options):
                yield Wrong("twice", (*path, "options"), f"field {field.key!r}: an option stands twice", field.key)


def _drawing(kind: Kind) -> Iterator[Wrong]:
    drawn, path = list(kind.drawing.zones), (kind.layout,)
    for number, key in enumerate(drawn):
        if not kind.zone(key):
            yield Wrong("zone", path, f"{kind.layout}: no zone {key!r}", key)
        if key in drawn[:number]:
            yield Wrong("drawn_twice", path, f"{kind.layout}: zone {key!r} is drawn twice", key)
    for zone in kind.zones if drawn else ():
        if zone.key not in drawn:
            yield Wrong("not_drawn", path, f"{kind.layout}: zone {zone.key!r} is not drawn", zone.key)
    for where, key in kind.drawing.missing_fields():
        found = kind.zone(where)
        for item in kind.items:
            if (found is None or item.key in found.admits) and not item.field(key):
                yield Wrong("field", path, f"{kind.layout}: item {item.key!r} has no field {key!r}", key)
    yield from _counted(kind)


def _counted(kind: Kind) -> Iterator[Wrong]:
    if isinstance(kind.drawing, Rings) and len(kind.drawing.rings) not in RINGS:
        text = f"rings: {RINGS[0]} to {RINGS[-1]} have room, not {len(kind.drawing.rings)}"
        yield Wrong("rings", (kind.layout, "rings"), text, str(len(kind.drawing.rings)))
    if isinstance(kind.drawing, Pie) and kind.drawing.warning.empty not in kind.drawing.parts:
        empty = kind.drawing.warning.empty
        yield Wrong("zone", (kind.layout, "warning", "empty"), f"pie: no part {empty!r}", empty)
    if isinstance(kind.drawing, Chain):
        arrows = kind.drawing.links[1:]
        for item in kind.items:
            field = item.field(kind.drawing.field)
            if isinstance(field, Choice) and tuple(field.words) != arrows:
                yield Wrong("arrows", (kind.layout,), f"chain: field {field.key!r} names other arrows", field.key)


def _upgrades(kind: Kind) -> Iterator[Wrong]:
    if [step.since for step in kind.upgrades] != list(range(1, kind.version)):
        text = f"version {kind.version} needs an upgrade from each version before it"
        yield Wrong("version", ("version",), text, str(kind.version))
    fields = {field.key for item in kind.items for field in item.fields}
    taken = {"zone": kind.zones_by_key, "item": kind.items_by_key, "field": dict.fromkeys(fields)}
    for number, step in enumerate(kind.upgrades):
        for what, renamed in (("zone", step.zones), ("item", step.items), ("field", step.fields)):
            for old in renamed:
                # What an old word means must not depend on when it was written: one word, one meaning, for ever.
                if old in taken[what]:
                    path = ("upgrades", number, f"{what}s", old)
                    yield Wrong("in_use", path, f"upgrade: {what} {old!r} is still in use", old)
