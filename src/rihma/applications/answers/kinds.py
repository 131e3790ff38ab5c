"""The shape that each kind of answer has: how it is drawn, what is wrong with it, how it is read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from django import forms

from rihma.calls.rules import Asked, Value

# An answer is kept in a draft even when it is over its question's limit, but not without any limit.
LONGEST_ANSWER = 20_000
LONGEST_LINE = 300


@dataclass(frozen=True)
class Drawing:
    """What a field must know beside its question: what is in it, and what is left for others to take."""

    value: Value = None
    # option key → places that earlier applications took
    taken: Mapping[str, int] = field(default_factory=dict)
    # where the files of this application are sent to; "" where nothing can be sent
    files_at: str = ""


@dataclass(frozen=True)
class Kind:
    """Fields refuse nothing but size: a draft keeps what was typed, and `faults` says what is still to mend."""

    field: Callable[[Asked, Drawing], forms.Field]
    # only asked of an answer that is there
    faults: Callable[[Asked, Value], Iterable[str]]
    # one line of plain text each
    lines: Callable[[Asked, Value], list[str]]
    look: Literal["text", "list", "order"] = "text"


def said(value: Value) -> str:
    """Whatever it is, as text: an answer may have been given when the question was of another kind."""
    if isinstance(value, Mapping):
        return ", ".join(text for text in map(said, value.values()) if text)
    if isinstance(value, list):
        return "; ".join(text for text in map(said, value) if text)
    return "" if value is None or isinstance(value, bool) else str(value).strip()


def is_empty(value: Value) -> bool:
    return value is not True and not said(value)
