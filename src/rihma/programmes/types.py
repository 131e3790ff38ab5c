from dataclasses import dataclass
from datetime import date
from typing import TypedDict, cast
from uuid import UUID

from rihma.base.words import Words
from rihma.programmes.file import Tables


class Fields(TypedDict, total=False):
    """What a programme says of itself."""

    slug: str
    title: Words
    purpose: Words
    description: Words
    time_zone: str
    starts: date
    ends: date
    organisers: list[str]
    partners: list[str]
    contact: str
    room_seats: int
    eligibility: dict[str, int | bool]
    canvas_kinds: list[str]


@dataclass(frozen=True)
class ThemeLine:
    """A theme as it was written; `id` where it is one that was there before."""

    title: Words
    id: UUID | None = None


@dataclass(frozen=True)
class PhaseLine:
    title: Words
    starts: date
    ends: date


def fields_of(tables: Tables) -> Fields:
    """The programme itself, from the tables of a programme file."""
    given = tables["programme"]
    texts = {name: Words(given.get(name, {})) for name in ("title", "purpose", "description")}
    return cast("Fields", {**given, **texts, "eligibility": tables.get("eligibility", {})})
