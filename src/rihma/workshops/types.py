from datetime import date, time
from typing import TypedDict

from rihma.base.words import Words


class Texts(TypedDict, total=False):
    """What people read about a workshop, and how many fit; changing it moves nobody."""

    number: int
    title: Words
    description: Words
    bring: Words
    seats: int | None


class When(TypedDict, total=False):
    """When and where: what calendars must follow."""

    date: date
    starts: time
    ends: time
    mode: str
    venue: str
    address: str
    remote_link: str


class Plan(Texts, When, total=False):
    """All that a facilitator says of a new workshop."""
