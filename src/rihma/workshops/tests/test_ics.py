"""The calendar file itself: what goes in comes out again, whatever it is."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event, Timezone

from rihma.workshops.ics import Entry, calendar, clean
from rihma.workshops.rules import Hours
from rihma.workshops.vtimezone import vtimezone

HELSINKI = ZoneInfo("Europe/Helsinki")
CHANGED = datetime(2026, 1, 2, 3, 4, 5, 678, UTC)


def entry(day: date = date(2026, 3, 27), zone: ZoneInfo = HELSINKI, **said: object) -> Entry:
    hours = Hours(day, time(9), time(13), zone)
    facts = {
        "uid": "5@rihma",
        "sequence": 0,
        "changed_at": CHANGED,
        "begins": hours.begins,
        "finishes": hours.finishes,
        "title": "Kick-off",
    }
    return Entry(**{**facts, **said})  # type: ignore[arg-type] # an example may say anything


def read(body: bytes) -> Event:
    book = Calendar.from_ical(body)
    assert isinstance(book, Calendar)
    (found,) = book.walk("VEVENT")
    assert isinstance(found, Event)
    return found


nasty = st.text(max_size=300) | st.lists(
    st.sampled_from(["\r\n", "\n", "\r", ",", ";", ":", "\\", "\\n", '"', "”", "END:VEVENT", "ä", "😀", " ", "a" * 80]),
    max_size=12,
).map("".join)


@pytest.mark.req("S18")
@settings(deadline=None)  # a busy machine is no mistake of the code
@given(nasty, nasty, nasty, nasty)
def test_any_text_comes_back_as_it_was(title: str, place: str, text: str, name: str) -> None:
    body = calendar([entry(title=title, place=place, text=text)], name=name)
    found = read(body)
    assert str(found.get("summary", "")) == clean(title)
    assert str(found.get("location", "")) == clean(place)
    assert str(found.get("description", "")) == clean(text)
    assert b"\n" not in body.replace(b"\r\n", b"")


@pytest.mark.req("S18")
@settings(deadline=None)  # a busy machine is no mistake of the code
@given(nasty, nasty)
def test_text_adds_no_line_of_its_own(title: str, text: str) -> None:
    allowed = {
        "BEGIN", "DTSTAMP", "DTSTART", "DTEND", "UID", "SEQUENCE", "SUMMARY", "DESCRIPTION", "LAST-MODIFIED",
        "STATUS", "TRANSP", "END",
    }  # fmt: skip
    body = calendar([entry(title=title, text=text)], name="x").decode()
    inside = body[body.index("BEGIN:VEVENT") : body.rindex("END:VEVENT")]
    lines = inside.replace("\r\n ", "").split("\r\n")
    assert {line.partition(":")[0].partition(";")[0] for line in lines if line} <= allowed
    assert max(len(line.encode()) for line in body.split("\r\n")) <= 75


@pytest.mark.req("S18")
def test_line_breaks_commas_and_quotes_are_told_to_calendars_in_their_way() -> None:
    text = 'One, two; ”three”\r\nATTENDEE:mailto:evil@example.org\n"four" \\n'
    body = calendar([entry(text=text)], name="x").replace(b"\r\n ", b"").decode()
    (line,) = [line for line in body.split("\r\n") if line.startswith("DESCRIPTION")]
    assert line == r'DESCRIPTION:One\, two\; ”three”\nATTENDEE:mailto:evil@example.org\n"four" \\n'


@pytest.mark.req("R16")
@pytest.mark.parametrize("day", [date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 24), date(2026, 10, 25)])
def test_calendar_shows_the_same_instant_and_the_same_hour(day: date) -> None:
    hours = Hours(day, time(9), time(13), HELSINKI)
    found = read(calendar([entry(day)], name="x"))
    assert found.start.astimezone(UTC) == hours.begins.astimezone(UTC)
    assert found.end.astimezone(UTC) == hours.finishes.astimezone(UTC)
    assert (found.start.hour, found["dtstart"].params["TZID"]) == (9, "Europe/Helsinki")


@pytest.mark.req("R16")
@settings(deadline=None)  # a busy machine is no mistake of the code
@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2037, 12, 31)),  # noqa: DTZ001 - instants are made from it below
    st.sampled_from(
        ["Europe/Helsinki", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca"]
    ),
)
def test_own_time_zone_tells_the_same_offset_as_the_zone(naive: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    instant = naive.replace(tzinfo=UTC)
    told = Timezone.from_ical(vtimezone(zone, instant.year, instant.year).to_ical())
    assert isinstance(told, Timezone)
    assert offset_at(told, instant) == instant.astimezone(zone).utcoffset()


def offset_at(told: Timezone, instant: datetime) -> timedelta:
    """As RFC 5545 has it: the observance that set in last, each at its own clock less the offset before it."""
    onsets = []
    for observance in told.subcomponents:
        rdates = observance.get("rdate")
        clocks = [observance["dtstart"].dt, *([one.dt for one in rdates.dts] if rdates else [])]
        before, after = observance["tzoffsetfrom"].td, observance["tzoffsetto"].td
        onsets += [((clock - before).replace(tzinfo=UTC), after) for clock in clocks]
    return max((onset for onset in onsets if onset[0] <= instant), key=lambda onset: onset[0])[1]


def test_file_says_what_calendars_need_to_follow_a_move() -> None:
    body = calendar([entry(sequence=3, url="http://x/y", cancelled=True)], name="Spring")
    book = Calendar.from_ical(body)
    assert isinstance(book, Calendar)
    found = read(body)
    assert (found["uid"], found["sequence"], found["status"]) == ("5@rihma", 3, "CANCELLED")
    assert found["last-modified"].dt == found["dtstamp"].dt == CHANGED.replace(microsecond=0)
    assert (book["refresh-interval"].dt, str(book["x-published-ttl"])) == (timedelta(hours=1), "PT1H")
    assert (book["refresh-interval"].params["VALUE"], book["method"], book["name"]) == ("DURATION", "PUBLISH", "Spring")


def test_unchanged_entries_make_the_same_file() -> None:
    entries = [entry(), entry(date(2026, 11, 2), uid="6@rihma")]
    assert calendar(entries, name="x") == calendar(entries, name="x")


def test_empty_calendar_is_a_calendar() -> None:
    book = Calendar.from_ical(calendar([], name="Nothing yet"))
    assert isinstance(book, Calendar)
    assert book.walk("VEVENT") == []


def test_bare_offset_is_not_a_zone() -> None:
    with pytest.raises(TypeError, match="bare offset"):
        _ = entry(begins=datetime(2026, 3, 1, 9, tzinfo=UTC)).zone
