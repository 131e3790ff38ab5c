"""Keeps the list of keys in docs/programme-file.md as the schemas of the areas say it.

tools/programme_file.py           write it
tools/programme_file.py --check   change nothing; exit 1 when it is not so
"""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import django

from rihma.programmes.file.mistakes import example_of
from rihma.programmes.file.section import Schema
from rihma.programmes.file.shape import full_schema

PAGE = Path(__file__).resolve().parent.parent / "docs/programme-file.md"
START, END = "<!-- keys: written by tools/programme_file.py -->", "<!-- end of keys -->"


def main(arguments: Sequence[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rihma.site.settings")
    django.setup()
    old = PAGE.read_text(encoding="utf-8")
    new = with_keys(old)
    if "--check" in arguments:
        return int(new != old)
    PAGE.write_text(new, encoding="utf-8")
    return 0


def with_keys(page: str) -> str:
    """The page with the keys as the schemas say them now."""
    before, rest = page.split(START)
    _old, after = rest.split(END)
    return f"{before}{START}\n\n{reference()}\n{END}{after}"


def reference() -> str:
    """Every table and key, its meaning and how a value looks."""
    return "\n".join(line for name, schema in full_schema()["properties"].items() for line in _part(name, schema))


def _part(name: str, schema: Schema) -> Iterator[str]:
    if "items" in schema:
        yield from (f"### `[[{name}]]`", "", schema["description"], f"At most {schema['maxItems']}.", "")
        yield from _keys(schema["items"])
    elif "properties" in schema:
        yield from (f"### `[{name}]`", "", schema["description"], "")
        yield from _keys(schema)


def _keys(schema: Schema) -> Iterator[str]:
    yield "| key | meaning | example | needed |"
    yield "|---|---|---|---|"
    for key, one in schema["properties"].items():
        needed = "**yes**" if key in schema["required"] else _without(one)
        yield f"| `{key}` | {one['description']}{_bounds(one)} | `{_example(key, one)}` | {needed} |"
    yield ""


def _without(schema: Schema) -> str:
    default = schema.get("default", "")
    if default in ("", []):
        return "no"
    word = str(default).lower() if isinstance(default, bool) else default
    return f"no; else `{word}`"


def _bounds(schema: Schema) -> str:
    if "enum" in schema:
        return " One of " + ", ".join(f"`{option}`" for option in schema["enum"]) + "."
    if "maximum" in schema:
        return f" From {schema['minimum']} to {schema['maximum']}."
    longest = schema["properties"]["fi"]["maxLength"] if schema.get("x-words") else schema.get("maxLength")
    return f" At most {longest} characters." if longest else ""


def _example(key: str, schema: Schema) -> str:
    if schema.get("x-words"):
        return f'{key}.fi = "…"'
    return f"{key} = {example_of(schema)}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
