"""Writes TOML, which the standard library only reads."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, time

from rihma.programmes.file.section import Row, Tables

BARE = re.compile(r"^[A-Za-z0-9_-]+$")
# What a basic string must not hold raw. A carriage return would be read back as part of a line end.
UNSAFE = re.compile(r'["\\\x00-\x1f\x7f]')
UNSAFE_IN_LINES = re.compile(r'\\|"(?="")|"$|[\x00-\x08\x0b-\x1f\x7f]')


def dump(tables: Tables) -> str:
    """Plain keys first, then `[table]` and `[[table]]` with an empty line before each."""
    parts = ["".join(_pairs((), {k: v for k, v in tables.items() if not _is_table(v)}))]
    for name, value in tables.items():
        if isinstance(value, dict):
            parts.append(f"[{_key(name)}]\n" + "".join(_pairs((), value)))
        elif _is_table(value):
            parts += [f"[[{_key(name)}]]\n" + "".join(_pairs((), row)) for row in value]
    return "\n".join(parts)


def _is_table(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def _pairs(path: tuple[str, ...], row: Row) -> Iterator[str]:
    """Tables inside a table become dotted keys: `title.fi = "…"` reads well and may hold several lines."""
    for key, value in row.items():
        if isinstance(value, dict):
            yield from _pairs((*path, key), value)
        else:
            yield f"{'.'.join(map(_key, (*path, key)))} = {in_toml(value)}\n"


def _key(key: str) -> str:
    return key if BARE.match(key) else _line(key)


def in_toml(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return _lines(value) if "\n" in value else _line(value)
        case int() | datetime() | date() | time():
            # a date-time is written with a space, as people write it
            return str(value)
        case list():
            return f"[{', '.join(map(in_toml, value))}]"
        case dict():
            return "{" + ", ".join(f"{_key(key)} = {in_toml(one)}" for key, one in value.items()) + "}"
    raise TypeError(f"the programme file has no place for {type(value).__name__}")


def _line(text: str) -> str:
    return f'"{UNSAFE.sub(_escape, text)}"'


def _lines(text: str) -> str:
    return f'"""\n{UNSAFE_IN_LINES.sub(_escape, text)}"""'


def _escape(found: re.Match[str]) -> str:
    char = found.group()
    return f"\\u{ord(char):04x}" if char == "\x7f" else json.dumps(char)[1:-1]
