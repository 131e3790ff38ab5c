"""A canvas kind is one file in this folder; nothing outside it names it. Here the files become values, checked once."""

import tomllib
from functools import cache
from pathlib import Path

from rihma.canvases.kinds.checking import KEY, problems
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
from rihma.canvases.kinds.reading import parse
from rihma.canvases.kinds.upgrading import upgraded

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
    "YesNo",
    "Zone",
    "every",
    "find",
    "names",
    "problems",
    "read",
    "upgraded",
]

FOLDER = Path(__file__).parent


class BadKind(Exception):
    """The file of a kind says something that cannot be; the message names the place."""


@cache
def names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def every() -> tuple[Kind, ...]:
    """All kinds in the order in which a programme works with them."""
    found = [kind for name in names() if (kind := find(name))]
    return tuple(sorted(found, key=lambda kind: (kind.turn, kind.key)))


@cache
def find(name: str) -> Kind | None:
    """None when no file of that name is there, for example after it was taken away."""
    if not KEY.fullmatch(name) or not (FOLDER / f"{name}.toml").is_file():
        return None
    return read(name, (FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def read(name: str, text: str) -> Kind:
    try:
        kind = parse(name, text)
    except KeyError as missing:
        raise BadKind(f"{name}: {missing} is missing") from missing
    except (tomllib.TOMLDecodeError, TypeError, ValueError, AttributeError) as wrong:
        raise BadKind(f"{name}: {wrong}") from wrong
    for problem in problems(kind):
        raise BadKind(f"{name}: {problem}")
    return kind
