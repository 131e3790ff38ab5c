"""A zone's clock changes as a VTIMEZONE, for calendars that do not know the zone by its name.

The one that `icalendar` makes tells each change in the clock after it; RFC 5545 (3.6.5) wants the clock before it.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone


def vtimezone(zone: ZoneInfo, first_year: int, last_year: int) -> "Timezone":
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard  # noqa: PLC0415 - a tenth of the start of a server, which only feeds pay

    told = Timezone()
    told.add("tzid", zone.key)
    start = datetime(first_year, 1, 1, tzinfo=UTC) - timedelta(days=1)
    observances: dict[tuple[bool, str, timedelta, timedelta], list[datetime]] = {
        _what(zone, start, start): [_clock(zone, start, start)]
    }
    for change in changes(zone, first_year, last_year):
        before = change - timedelta(seconds=1)
        observances.setdefault(_what(zone, before, change), []).append(_clock(zone, change, before))
    for (summer, name, offset_before, offset), onsets in observances.items():
        observance = TimezoneDaylight() if summer else TimezoneStandard()
        observance.add("tzname", name)
        observance.add("tzoffsetfrom", offset_before)
        observance.add("tzoffsetto", offset)
        observance.add("dtstart", onsets[0])
        if onsets[1:]:
            observance.add("rdate", onsets[1:])
        told.add_component(observance)
    return told


@lru_cache(maxsize=64)
def changes(zone: ZoneInfo, first_year: int, last_year: int) -> tuple[datetime, ...]:
    """The instants at which the zone's offset changes, to the second."""
    return tuple(_changes(zone, date(first_year, 1, 1), date(last_year, 12, 31)))


def _changes(zone: ZoneInfo, first: date, last: date) -> Iterator[datetime]:
    early = datetime(first.year, first.month, first.day, tzinfo=UTC)
    while early.date() <= last:
        late = early + timedelta(days=1)
        if _offset(zone, early) != _offset(zone, late):
            yield _between(zone, early, late)
        early = late


def _between(zone: ZoneInfo, early: datetime, late: datetime) -> datetime:
    before = _offset(zone, early)
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=(late - early) // timedelta(seconds=2))
        early, late = (middle, late) if _offset(zone, middle) == before else (early, middle)
    return late


def _what(zone: ZoneInfo, before: datetime, at: datetime) -> tuple[bool, str, timedelta, timedelta]:
    local = at.astimezone(zone)
    return bool(local.dst()), local.tzname() or "", _offset(zone, before), _offset(zone, at)


def _clock(zone: ZoneInfo, at: datetime, before: datetime) -> datetime:
    """What the clock would show at that instant had it not been changed."""
    return (at + _offset(zone, before)).replace(tzinfo=None)


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()
