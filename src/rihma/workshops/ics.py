"""Workshops as calendar files. Pure: what stands here depends on nothing but what is given, so that an unchanged
calendar is byte for byte the same and its ETag too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from unicodedata import category
from zoneinfo import ZoneInfo

from rihma.workshops.vtimezone import vtimezone

if TYPE_CHECKING:
    from icalendar import Event

# What calendars are asked to do; Google looks every 8–24 hours whatever we say.
REFRESH = timedelta(hours=1)
PRODUCT = "-//Rihma//Workshops//EN"
DROPPED = {"Cc", "Cs"}


@dataclass(frozen=True)
class Entry:
    """One workshop as a calendar should show it. `uid` never changes, `sequence` goes up with each move."""

    uid: str
    sequence: int
    changed_at: datetime
    begins: datetime
    finishes: datetime
    title: str
    place: str = ""
    text: str = ""
    url: str = ""
    cancelled: bool = False
    # takes no time of the person's: they said that they do not come
    free: bool = False

    @property
    def zone(self) -> ZoneInfo:
        if not isinstance(self.begins.tzinfo, ZoneInfo):
            raise TypeError("a workshop begins in a zone, not at a bare offset")
        return self.begins.tzinfo


def calendar(entries: Iterable[Entry], *, name: str) -> bytes:
    from icalendar import Calendar, vDuration, vText  # noqa: PLC0415 - a tenth of the start of a server, which only feeds pay

    entries = list(entries)
    book = Calendar()
    book.add("prodid", PRODUCT)
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    # Names that the library does not know as text, so that it would write them as they are.
    book.add("name", vText(" ".join(clean(name).split())))
    book.add("x-wr-calname", vText(" ".join(clean(name).split())))
    book.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    book.add("x-published-ttl", vDuration(REFRESH))
    for zone in sorted({entry.zone for entry in entries}, key=str):
        years = [entry.begins.year for entry in entries if entry.zone == zone]
        book.add_component(vtimezone(zone, min(years), max(years)))
    for entry in entries:
        book.add_component(event(entry))
    body: bytes = book.to_ical()
    return body


def event(entry: Entry) -> "Event":
    from icalendar import Event  # noqa: PLC0415 - as above

    shown = Event()
    shown.add("uid", entry.uid)
    shown.add("sequence", entry.sequence)
    changed = entry.changed_at.astimezone(UTC).replace(microsecond=0)
    # Not the moment of asking: an unchanged workshop has an unchanged file.
    shown.add("dtstamp", changed)
    shown.add("last-modified", changed)
    shown.add("dtstart", entry.begins)
    shown.add("dtend", entry.finishes)
    shown.add("summary", clean(entry.title))
    shown.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    shown.add("transp", "TRANSPARENT" if entry.free or entry.cancelled else "OPAQUE")
    for key, value in (("location", entry.place), ("description", entry.text)):
        if value:
            shown.add(key, clean(value))
    if entry.url:
        shown.add("url", entry.url)
    return shown


def clean(text: str) -> str:
    """One kind of line end and no control characters, which no calendar may contain."""
    lines = "\n".join(text.splitlines())
    return "".join(sign for sign in lines if sign in "\n\t" or category(sign) not in DROPPED).strip()
