"""What is wrong with a kind that could be read."""

import re
from collections.abc import Iterator
from pathlib import Path

from rihma.base.parts import SHAPES, TINTS
from rihma.canvases.kinds.fields import ActorField, Choice
from rihma.canvases.kinds.kind import Kind
from rihma.canvases.kinds.layouts import Chain

LAYOUTS = Path(__file__).parent.with_name("templates") / "canvases" / "layouts"
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


def problems(kind: Kind) -> Iterator[str]:
    yield from _keys(kind)
    if not kind.zones or not kind.items:
        yield "there is no zone or no item"
    for zone in kind.zones:
        if zone.tint not in TINTS:
            yield f"zone {zone.key!r}: no tint {zone.tint!r}"
        if zone.shape not in SHAPES:
            yield f"zone {zone.key!r}: no shape {zone.shape!r}"
        if not 0 <= zone.fits <= zone.most:
            yield f"zone {zone.key!r}: more fit than it takes"
        yield from (f"zone {zone.key!r}: no item {key!r}" for key in zone.admits if not kind.item(key))
    if not (LAYOUTS / f"{kind.layout}.html").is_file():
        yield f"no layout {kind.layout!r}"
    yield from _fields(kind)
    yield from _drawing(kind)
    yield from _upgrades(kind)


def _keys(kind: Kind) -> Iterator[str]:
    keys = {"zone": [zone.key for zone in kind.zones], "item": [item.key for item in kind.items]}
    for item in kind.items:
        keys[f"{item.key}: field"] = [field.key for field in item.fields]
    for what, found in keys.items():
        yield from (f"{what} {key!r} is no plain lower-case word" for key in found if not KEY.fullmatch(key))
        yield from (f"{what} {key!r} stands twice" for key in sorted(set(found)) if found.count(key) > 1)


def _fields(kind: Kind) -> Iterator[str]:
    for item in kind.items:
        for field in item.fields:
            if isinstance(field, ActorField) and field.among and not kind.zone(field.among):
                yield f"field {field.key!r}: no zone {field.among!r}"
            if isinstance(field, Choice) and len(field.words) < len(field.options):
                yield f"field {field.key!r}: an option stands twice"


def _drawing(kind: Kind) -> Iterator[str]:
    drawn = list(kind.drawing.zones)
    yield from (f"{kind.layout}: no zone {key!r}" for key in drawn if not kind.zone(key))
    if drawn:
        yield from (f"{kind.layout}: zone {zone.key!r} is not drawn" for zone in kind.zones if zone.key not in drawn)
    yield from (f"{kind.layout}: zone {key!r} is drawn twice" for key in sorted(set(drawn)) if drawn.count(key) > 1)
    for where, key in kind.drawing.missing_fields():
        zone = kind.zone(where)
        for item in kind.items:
            if (zone is None or item.key in zone.admits) and not item.field(key):
                yield f"{kind.layout}: item {item.key!r} has no field {key!r}"
    if isinstance(kind.drawing, Chain):
        arrows = kind.drawing.links[1:]
        for item in kind.items:
            field = item.field(kind.drawing.field)
            if isinstance(field, Choice) and tuple(field.words) != arrows:
                yield f"chain: field {field.key!r} names other arrows"


def _upgrades(kind: Kind) -> Iterator[str]:
    if [step.since for step in kind.upgrades] != list(range(1, kind.version)):
        yield f"version {kind.version} needs an upgrade from each version before it"
    fields = {field.key for item in kind.items for field in item.fields}
    taken = {"zone": kind.zones_by_key, "item": kind.items_by_key, "field": dict.fromkeys(fields)}
    for step in kind.upgrades:
        for what, renamed in (("zone", step.zones), ("item", step.items), ("field", step.fields)):
            # What an old word means must not depend on when it was written: one word, one meaning, for ever.
            yield from (f"upgrade: {what} {old!r} is still in use" for old in renamed if old in taken[what])
