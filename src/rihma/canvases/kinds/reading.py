"""From the text of a kind's file to a value; whatever cannot be is said with its place."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings

from rihma.base.words import Words
from rihma.canvases.kinds import layouts as lay
from rihma.canvases.kinds.fields import ActorField, Choice, Day, Field, Number, Option, Scale, Step, Text, YesNo
from rihma.canvases.kinds.kind import ItemKind, Kind, Upgrade, Zone

type Data = Mapping[str, Any]
type Path = tuple[str | int, ...]

MOST_IN_A_ZONE = 500
NOTHING = Words()
LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)


def parse(name: str, data: Data) -> Kind:
    items = tuple(_item(item) for item in data["items"])
    return Kind(
        key=name,
        version=int(data["version"]),
        minutes=int(data["minutes"]),
        turn=int(data.get("turn", 100)),
        licence=data["licence"],
        inspiration=data["inspiration"],
        name=words(data, "name"),
        purpose=words(data, "purpose"),
        help=words(data, "help"),
        questions=tuple(said(f"questions {n}", texts) for n, texts in enumerate(data["questions"], 1)),
        zones=tuple(_zone(zone, tuple(item.key for item in items)) for zone in data["zones"]),
        items=items,
        drawing=_layout(data),
        upgrades=tuple(_upgrade(step) for step in data.get("upgrades", [])),
    )


def words(data: Data, key: str) -> Words:
    return said(key, data[key])


def said(where: str, texts: Mapping[str, str]) -> Words:
    found = Words(texts)
    foreign = sorted(texts.keys() - LANGUAGES)
    if foreign or not found:
        raise ValueError(f"{where} has no language {foreign[0]!r}" if foreign else f"{where} says nothing")
    return found


def texts_in(data: object, path: Path = ()) -> Iterator[tuple[Path, Mapping[str, str]]]:
    """Every text of a kind with the place where it stands, in the order of the file."""
    if isinstance(data, dict):
        if data and data.keys() <= LANGUAGES:
            yield path, data
        else:
            for key, inner in data.items():
                yield from texts_in(inner, (*path, key))
    elif isinstance(data, list):
        for number, inner in enumerate(data):
            yield from texts_in(inner, (*path, number))


def _zone(data: Data, every: tuple[str, ...]) -> Zone:
    return Zone(
        key=data["key"],
        name=words(data, "name"),
        question=words(data, "question"),
        tint=data["tint"],
        shape=data["shape"],
        fits=int(data.get("fits", 0)),
        most=int(data.get("most", MOST_IN_A_ZONE)),
        admits=tuple(data.get("admits", every[:1])),
    )


def _item(data: Data) -> ItemKind:
    fields = tuple(map(_field, data.get("fields", [])))
    return ItemKind(data["key"], words(data, "name"), words(data, "prompt"), bool(data.get("testable")), fields)


def _field(data: Data) -> Field:
    make = FIELDS.get(data["type"])
    if make is None:
        raise ValueError(f"field {data['key']!r}: no type {data['type']!r}")
    about = (data["key"], words(data, "name"), words(data, "question"), bool(data.get("needed")))
    return make(about, data)


type About = tuple[str, Words, Words, bool]


def _scale(about: About, data: Data) -> Scale:
    steps = tuple(Step(int(step["at"]), words(step, "name")) for step in data["steps"])
    if [step.at for step in steps] != sorted({step.at for step in steps}) or not steps:
        raise ValueError(f"field {data['key']!r}: steps go upward")
    return Scale(*about, int(data["default"]), steps)


def _choice(about: About, data: Data) -> Choice:
    return Choice(*about, tuple(Option(option["key"], words(option, "name")) for option in data["options"]))


FIELDS: Mapping[str, Callable[[About, Data], Field]] = {
    Scale.type: _scale,
    Choice.type: _choice,
    Number.type: lambda about, data: Number(*about, words(data, "unit") if "unit" in data else NOTHING),
    Text.type: lambda about, _data: Text(*about),
    Day.type: lambda about, _data: Day(*about),
    YesNo.type: lambda about, data: YesNo(*about, words(data, "yes"), words(data, "no")),
    ActorField.type: lambda about, data: ActorField(*about, data.get("among", "")),
}


def _layout(data: Data) -> lay.Layout:
    make = LAYOUTS.get(data["layout"])
    if make is None:
        raise ValueError(f"no layout {data['layout']!r}")
    return make(data[data["layout"]])


def _plane(data: Data) -> lay.Plane:
    x, y = (
        lay.Axis(axis["field"], bool(axis.get("falling")), words(axis, "start"), words(axis, "end"))
        for axis in (data["x"], data["y"])
    )
    return lay.Plane(x, y, words(data, "corner"))


def _strips(data: Iterable[Data]) -> tuple[lay.Strip, ...]:
    return tuple(
        lay.Strip(
            words(strip, "title") if "title" in strip else NOTHING, tuple(strip["zones"]), int(strip.get("width", 1))
        )
        for strip in data
    )


def _matrix(data: Data) -> lay.Matrix:
    return lay.Matrix(
        data["actors"], data["squares"], data["giver"], data["taker"], words(data, "own"), tuple(data["beside"])
    )


def _pie(data: Data) -> lay.Pie:
    lamp = data["warning"]
    warning = lay.Lamp(lamp["field"], lamp["value"], lamp["empty"], words(lamp, "words"))
    return lay.Pie(data["centre"], data["actors"], tuple(data["parts"]), data["owner"], warning, tuple(data["beside"]))


LAYOUTS: Mapping[str, Callable[[Any], lay.Layout]] = {
    lay.Plane.name: _plane,
    lay.Columns.name: lambda data: lay.Columns(_strips(data)),
    lay.Cards.name: lambda data: lay.Cards(_strips(data)),
    lay.Rings.name: lambda data: lay.Rings(tuple(data["rings"]), tuple(data["beside"])),
    lay.Matrix.name: _matrix,
    lay.Pie.name: _pie,
    lay.Chain.name: lambda data: lay.Chain(tuple(data["links"]), data["bridge"], data["field"]),
}


def _upgrade(data: Data) -> Upgrade:
    return Upgrade(
        since=int(data["from"]),
        zones=data.get("zones", {}),
        items=data.get("items", {}),
        fields=data.get("fields", {}),
        values=data.get("values", {}),
        defaults=data.get("defaults", {}),
    )
