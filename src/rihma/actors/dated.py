"""What was so on a day: the kinds and the names that an organisation has had. Pure: no database, request or clock.

Both are kept on the row itself, because every page that names an organisation would else ask once more.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

type Rows = Sequence[Mapping[str, Any]]


class Span(NamedTuple):
    """`since` and `until` are both days on which it was so; None is open."""

    kind: str
    since: date | None
    until: date | None


def spans(kinds: Rows | None, now: str) -> list[Span]:
    """In order. An organisation that has always been the same has one."""
    rows = kinds or [{"kind": now, "since": None}]
    since = [row["since"] and date.fromisoformat(row["since"]) for row in rows]
    until = [*(day - timedelta(days=1) for day in since[1:]), None]
    return [Span(row["kind"], *days) for row, *days in zip(rows, since, until, strict=True)]


def kind_on(kinds: Rows | None, now: str, day: date) -> str:
    if not kinds:
        return now
    begun = [row["kind"] for row in kinds if not row["since"] or row["since"] <= day.isoformat()]
    return str(begun[-1])


def becoming(kinds: Rows | None, now: str, kind: str, since: date) -> list[dict[str, Any]]:
    """Another kind from this day on; what was said of later days is said anew by it."""
    before = [dict(row) for row in kinds or [{"kind": now, "since": None}]]
    kept = [row for row in before if not row["since"] or row["since"] < since.isoformat()]
    if kept and kept[-1]["kind"] == kind:
        return kept
    return [*kept, {"kind": kind, "since": since.isoformat()}]


def corrected(kinds: Rows | None, kind: str, day: date) -> list[dict[str, Any]] | None:
    """It was this kind all the while, and what stood there on that day was a slip."""
    if not kinds:
        return None
    rows = [dict(row) for row in kinds]
    begun = [row for row in rows if not row["since"] or row["since"] <= day.isoformat()]
    begun[-1]["kind"] = kind
    return rows


def name_on(earlier: Rows, day: date) -> Mapping[str, Any] | None:
    """The name and the names as they were then, where they were others than now."""
    return next((row for row in earlier if day.isoformat() <= row["until"]), None)
