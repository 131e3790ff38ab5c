"""A canvas kind is one file in this folder; nothing outside it names it. Here the files become values, checked once.

Kinds that a programme made itself stand beside them (beside.py), and are found by the same name as everything else.
"""

import tomllib
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

from rihma.canvases.kinds.beside import beside, is_own
from rihma.canvases.kinds.checking import KEY, Wrong, problems
from rihma.canvases.kinds.fields import (
    FULL,
    LONGEST,
    ActorField,
    Choice,
    Day,
    Field,
    Number,
    Scale,
    Text,
    YesNo,
)
from rihma.canvases.kinds.kind import ItemKind, Kind, Zone
from rihma.canvases.kinds.reading import parse, texts_in
from rihma.canvases.kinds.upgrading import upgraded, zone_of_today, zones_read_as

__all__ = [
    "FULL",
    "LONGEST",
    "ActorField",
    "BadKind",
    "Choice",
    "Day",
    "Field",
    "ItemKind",
    "Kind",
    "Number",
    "Scale",
    "Text",
    "Wrong",
    "YesNo",
    "Zone",
    "beside",
    "every",
    "find",
    "find_all",
    "is_own",
    "make",
    "names",
    "of",
    "problems",
    "read",
    "shipped",
    "text_of",
    "texts_in",
    "upgraded",
    "zone_of_today",
    "zones_read_as",
]

FOLDER = Path(__file__).parent


class BadKind(Exception):
    """The file of a kind says something that cannot be; the message names the place."""


class Drawn(Protocol):
    """A canvas, as far as its kind goes."""

    @property
    def kind(self) -> str: ...
    @property
    def kind_version(self) -> int: ...


@cache
def names() -> tuple[str, ...]:
    """Of the kinds that come with Rihma."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def every() -> tuple[Kind, ...]:
    """Those kinds in the order in which a programme works with them."""
    found = [kind for name in names() if (kind := shipped(name))]
    return tuple(sorted(found, key=lambda kind: (kind.turn, kind.key)))


def of(canvas: Drawn) -> Kind | None:
    """The kind as the canvas has it: one of a programme's own in the version that the canvas stands on."""
    if is_own(canvas.kind):
        return beside().edition(canvas.kind, canvas.kind_version)
    return find(canvas.kind)


def find(name: str) -> Kind | None:
    """As it is today; None when there is no such kind, for example after it was taken away."""
    return find_all([name]).get(name) if is_own(name) else shipped(name)


def find_all(keys: Collection[str]) -> Mapping[str, Kind]:
    own = [key for key in keys if is_own(key)]
    found = {key: kind for key in keys if key not in own and (kind := shipped(key))}
    return {**found, **beside().newest(own)} if own else found


@cache
def shipped(name: str) -> Kind | None:
    return read(name, text_of(name)) if KEY.fullmatch(name) and (FOLDER / f"{name}.toml").is_file() else None


def text_of(name: str) -> str:
    return (FOLDER / f"{name}.toml").read_text(encoding="utf-8")


def read(name: str, text: str) -> Kind:
    """From a file that comes with Rihma: whole, and in all languages."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise BadKind(f"{name}: {wrong}") from wrong
    kind = make(name, data)
    for path, texts in texts_in(data):
        missing = [code for code, _ in settings.LANGUAGES if not texts.get(code, "").strip()]
        if missing:
            place = " ".join(str(step + 1 if isinstance(step, int) else step) for step in path)
            raise BadKind(f"{name}: {place} lacks {', '.join(missing)}")
    return kind


def make(name: str, data: Mapping[str, Any]) -> Kind:
    """One that holds together, though its texts may still lack some languages."""
    try:
        kind = parse(name, data)
    except KeyError as missing:
        raise BadKind(f"{name}: {missing} is missing") from missing
    except (TypeError, ValueError, AttributeError) as wrong:
        raise BadKind(f"{name}: {wrong}") from wrong
    for problem in problems(kind):
        raise BadKind(f"{name}: {problem}")
    return kind
