"""The file of a kind from its data: what `reading` takes in comes out the same."""

from collections.abc import Iterator, Mapping
from typing import Any

from rihma.canvases.kinds.reading import LANGUAGES
from rihma.programmes.file.toml import in_toml

TOP = '# One canvas kind: its words, zones, layout and limits. How to write one: CONTRIBUTING.md, "A canvas kind".\n'

# A database may give keys in any order; a file has one.
ORDER = (
    *("version", "turn", "layout", "minutes", "licence", "inspiration", "from"),
    *("key", "type", "tint", "shape", "fits", "most", "admits", "needed", "testable", "at", "default"),
    *("field", "falling", "title", "name", "purpose", "help", "question", "prompt", "questions", "fi", "sv", "en"),
    *("zones", "items", "fields"),
)

type Data = Mapping[str, Any]


def write(data: Data) -> str:
    return TOP + "".join(_table((), data)).lstrip("\n")


def _table(path: tuple[str, ...], table: Data) -> Iterator[str]:
    """Plain values first, since TOML would count them to the table before; then tables, each under its own head."""
    ordered = _ordered(table)
    for key, inner in ordered.items():
        if not _has_head(path, key, inner):
            yield f"{key} = {in_toml(inner)}\n"
    for key, inner in ordered.items():
        if _has_head(path, key, inner):
            head = ".".join((*path, key))
            for row in inner if isinstance(inner, list) else [inner]:
                yield f"\n[[{head}]]\n" if isinstance(inner, list) else f"\n[{head}]\n"
                yield from _table((*path, key), row)


def _has_head(path: tuple[str, ...], key: str, inner: object) -> bool:
    """Texts inside a table stand on its lines, and so do the options and steps of a field."""
    if isinstance(inner, dict):
        return not path or not (inner.keys() <= LANGUAGES or path[0] == "upgrades")
    return isinstance(inner, list) and bool(inner) and isinstance(inner[0], dict) and key not in ("options", "steps")


def _ordered(given: Any) -> Any:
    if isinstance(given, list):
        return [_ordered(one) for one in given]
    if not isinstance(given, dict):
        return given
    keys = sorted(given, key=lambda key: (ORDER.index(key) if key in ORDER else len(ORDER), key))
    return {key: _ordered(given[key]) for key in keys}
