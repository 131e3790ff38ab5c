"""Several people write one application: what each field holds, and whose words stand where two wrote the same one."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rihma.base.seen import mark_of

# An answer stands under the key of its question, apart from what the team says of itself.
ANSWER = "question_"

type Fields = dict[str, Any]


@dataclass(frozen=True)
class Merged:
    # what only this writer changed, to be kept
    changed: Fields = field(default_factory=dict)
    # where somebody else saved something else meanwhile: what they saved
    contested: Fields = field(default_factory=dict)


def merge(
    typed: Mapping[str, Any], *, seen: Mapping[str, str], saved: Mapping[str, Any], own: Container[str] = ()
) -> Merged:
    """`seen`: the mark of what each field was filled with, by which untouched, changed and overtaken are told apart.

    `own`: fields that the same open page wrote last. Its answer may have been lost on the way, so they are never contested.
    """
    merged = Merged()
    for name, value in typed.items():
        mine, theirs = plain(value), plain(saved.get(name))
        filled = seen.get(name, mark(""))
        if mine == theirs or (filled == mark(mine) and name not in own):
            continue
        if filled == mark(theirs) or name in own:
            merged.changed[name] = mine if isinstance(value, str) else value
        else:
            merged.contested[name] = theirs
    return merged


def mark(value: Any) -> str:
    return mark_of({"": plain(value)})


def plain(value: Any) -> Any:
    """As it is kept and compared: a browser ends lines in its own way, and says nothing where nothing is ticked."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    return "" if value is None or value is False or value in ([], {}) else value


def seen_in(marks: Iterable[str]) -> dict[str, str]:
    """`name:mark` as the page carries it, one a field."""
    return dict(one.rsplit(":", 1) for one in marks if ":" in one)


def answers_in(fields: Mapping[str, Any]) -> Fields:
    return {name.removeprefix(ANSWER): value for name, value in fields.items() if name.startswith(ANSWER)}


def about_in(fields: Mapping[str, Any]) -> Fields:
    """What the team says of itself."""
    return {name: value for name, value in fields.items() if not name.startswith(ANSWER)}
