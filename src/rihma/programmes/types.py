from dataclasses import dataclass
from datetime import date
from typing import TypedDict, cast
from uuid import UUID

from django.conf import settings

from rihma.base.words import Words
from rihma.programmes.file import Row, Tables

SEATS = 30


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
    own_rules: list[Row]
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
    # Defaults stand here and not in the schema, so that a written file always says them.
    base = {"time_zone": settings.TIME_ZONE, "room_seats": SEATS}
    asked = {"eligibility": tables.get("eligibility", {}), "own_rules": tables.get("rule", [])}
    return cast("Fields", {**base, **asked, **given, **texts})
