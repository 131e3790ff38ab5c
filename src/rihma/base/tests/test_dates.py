"""Dates as people say them. Every case here was written by hand, language by language."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rihma.base import dates

HELSINKI = ZoneInfo("Europe/Helsinki")
FRIDAY = date(2023, 1, 27)
NOW = datetime(2023, 1, 13, 12, 0, tzinfo=HELSINKI)


@pytest.mark.parametrize(
    ("language", "said"),
    [("fi", "perjantaina 27.1.2023"), ("sv", "fredag 27.1.2023"), ("en", "Friday 27 January 2023")],
)
def test_day_is_said_with_its_weekday(language: str, said: str) -> None:
    assert dates.day(FRIDAY, language) == said


def test_finnish_weekdays_have_the_case_that_answers_when() -> None:
    monday = date(2024, 1, 1)
    said = [dates.day(monday + timedelta(days=n), "fi").split()[0] for n in range(7)]
    assert said == [
        "maanantaina",
        "tiistaina",
        "keskiviikkona",
        "torstaina",
        "perjantaina",
        "lauantaina",
        "sunnuntaina",
    ]


def test_swedish_weekdays_are_written_small() -> None:
    monday = date(2024, 1, 1)
    said = [dates.day(monday + timedelta(days=n), "sv").split()[0] for n in range(7)]
    assert said == ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fi", "perjantaina 27.1.2023 klo 9–13"),
        ("sv", "fredag 27.1.2023 kl. 9–13"),
        ("en", "Friday 27 January 2023, 9:00–13:00"),
    ],
)
def test_hours_follow_the_day(language: str, said: str) -> None:
    assert dates.day_hours(FRIDAY, time(9), time(13), language) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fi", "perjantaina 27.1.2023 klo 9.30–13"),
        ("sv", "fredag 27.1.2023 kl. 9.30–13"),
        ("en", "Friday 27 January 2023, 9:30–13:00"),
    ],
)
def test_minutes_are_said_only_when_there_are_any(language: str, said: str) -> None:
    assert dates.day_hours(FRIDAY, time(9, 30), time(13), language) == said


def test_open_end_is_not_said() -> None:
    assert dates.day_hours(FRIDAY, time(9, 5), None, "fi") == "perjantaina 27.1.2023 klo 9.05"


def test_span_over_midnight_says_both_days() -> None:
    start = datetime(2023, 1, 27, 18, 0, tzinfo=HELSINKI)
    said = dates.span(start, start + timedelta(hours=15), "fi")
    assert said == "perjantaina 27.1.2023 klo 18 – lauantaina 28.1.2023 klo 9"


def test_span_within_a_day_says_the_day_once() -> None:
    start = datetime(2023, 1, 27, 9, 0, tzinfo=HELSINKI)
    assert dates.span(start, start + timedelta(hours=4), "sv") == "fredag 27.1.2023 kl. 9–13"
    assert dates.span(start, None, "sv") == "fredag 27.1.2023 kl. 9"


@pytest.mark.parametrize(
    ("first", "last", "fi", "en"),
    [
        (date(2023, 1, 27), date(2023, 1, 27), "27.1.2023", "27 January 2023"),
        (date(2023, 1, 27), date(2023, 1, 28), "27.–28.1.2023", "27–28 January 2023"),
        (date(2023, 1, 30), date(2023, 2, 2), "30.1.–2.2.2023", "30 January – 2 February 2023"),
        (date(2022, 12, 30), date(2023, 1, 2), "30.12.2022–2.1.2023", "30 December 2022 – 2 January 2023"),
        (date(2022, 5, 3), date(2023, 5, 3), "3.5.2022–3.5.2023", "3 May 2022 – 3 May 2023"),
    ],
)
def test_days_say_shared_month_and_year_once(first: date, last: date, fi: str, en: str) -> None:
    assert dates.days(first, last, "fi") == fi
    assert dates.days(first, last, "sv") == fi
    assert dates.days(first, last, "en") == en


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fi", "13.1.2023 klo 23.59.59 Suomen aikaa"),
        ("sv", "13.1.2023 kl. 23.59.59 finsk tid"),
        ("en", "13 January 2023, 23:59:59 Finnish time"),
    ],
)
def test_moment_is_said_in_its_zone_with_the_zone_in_words(language: str, said: str) -> None:
    closes = datetime(2023, 1, 13, 21, 59, 59, tzinfo=UTC)
    assert dates.moment(closes, HELSINKI, language) == said


def test_moment_says_no_seconds_when_there_are_none() -> None:
    assert dates.moment(NOW, HELSINKI, "fi") == "13.1.2023 klo 12 Suomen aikaa"
    assert dates.moment(NOW, ZoneInfo("Europe/Stockholm"), "sv") == "13.1.2023 kl. 11 svensk tid"


def test_hour_that_comes_twice_is_told_apart() -> None:
    first = datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    assert dates.moment(first, HELSINKI, "fi") == "26.10.2025 klo 3.30 Suomen aikaa (UTC+3)"
    assert dates.moment(first + timedelta(hours=1), HELSINKI, "fi") == "26.10.2025 klo 3.30 Suomen aikaa (UTC+2)"


def test_unknown_zone_is_said_by_its_name() -> None:
    assert dates.moment(NOW, ZoneInfo("Asia/Tokyo"), "en") == "13 January 2023, 19:00 (Asia/Tokyo)"
    assert dates.moment(NOW, timezone(timedelta(hours=5)), "en") == "13 January 2023, 15:00 (UTC+05:00)"


@pytest.mark.parametrize(
    ("after", "fi", "sv", "en"),
    [
        (timedelta(seconds=-20), "juuri nyt", "just nu", "just now"),
        (timedelta(minutes=-1), "1 minuutti sitten", "för 1 minut sedan", "1 minute ago"),
        (timedelta(minutes=5), "5 minuutin päästä", "om 5 minuter", "in 5 minutes"),
        (timedelta(hours=-3), "3 tuntia sitten", "för 3 timmar sedan", "3 hours ago"),
        (timedelta(hours=1), "1 tunnin päästä", "om 1 timme", "in 1 hour"),
        (timedelta(days=-1), "eilen", "i går", "yesterday"),
        (timedelta(days=1, hours=5), "huomenna", "i morgon", "tomorrow"),
        (timedelta(days=-3), "3 päivää sitten", "för 3 dagar sedan", "3 days ago"),
        (timedelta(days=3), "3 päivän päästä", "om 3 dagar", "in 3 days"),
        (timedelta(days=21), "3 viikon päästä", "om 3 veckor", "in 3 weeks"),
        (timedelta(days=-91), "3 kuukautta sitten", "för 3 månader sedan", "3 months ago"),
        (timedelta(days=-362), "1 vuosi sitten", "för 1 år sedan", "1 year ago"),
        (timedelta(days=731), "2 vuoden päästä", "om 2 år", "in 2 years"),
    ],
)
def test_distance_is_said_in_the_plainest_unit(after: timedelta, fi: str, sv: str, en: str) -> None:
    said = [dates.ago(NOW + after, NOW, HELSINKI, language) for language in ("fi", "sv", "en")]
    assert said == [fi, sv, en]


def test_late_evening_to_early_morning_is_hours_and_not_tomorrow() -> None:
    evening = datetime(2023, 1, 13, 23, 0, tzinfo=HELSINKI)
    assert dates.ago(evening + timedelta(hours=2), evening, HELSINKI, "fi") == "2 tunnin päästä"


def test_tomorrow_is_the_readers_tomorrow() -> None:
    late = datetime(2023, 1, 13, 22, 30, tzinfo=UTC)
    assert dates.ago(late + timedelta(hours=20), late, UTC, "en") == "tomorrow"
    assert dates.ago(late + timedelta(hours=20), late, HELSINKI, "en") == "in 20 hours"


@pytest.mark.parametrize(
    ("left", "fi", "sv", "en"),
    [
        (timedelta(days=3, hours=23), "3 päivää jäljellä", "3 dagar kvar", "3 days left"),
        (timedelta(days=1), "1 päivä jäljellä", "1 dag kvar", "1 day left"),
        (timedelta(hours=23, minutes=59), "23 tuntia jäljellä", "23 timmar kvar", "23 hours left"),
        (timedelta(minutes=59), "59 minuuttia jäljellä", "59 minuter kvar", "59 minutes left"),
        (timedelta(0), "aika on päättynyt", "tiden har gått ut", "time is up"),
    ],
)
def test_time_left_is_never_rounded_up(left: timedelta, fi: str, sv: str, en: str) -> None:
    assert [dates.until(NOW + left, NOW, language) for language in ("fi", "sv", "en")] == [fi, sv, en]


def test_stamp_always_shows_minutes() -> None:
    assert dates.stamp(time(14), "fi") == "14.00"
    assert dates.stamp(time(9, 5), "sv") == "9.05"
    assert dates.stamp(time(0, 5), "en") == "0:05"


@pytest.mark.parametrize(
    ("value", "decimals", "fi", "en"),
    [
        (1234, None, "1\N{NO-BREAK SPACE}234", "1,234"),
        (1234.5, None, "1\N{NO-BREAK SPACE}234,5", "1,234.5"),
        (Decimal("0.10"), None, "0,1", "0.1"),
        (100, None, "100", "100"),
        (2.0, 1, "2,0", "2.0"),
        (-3, None, "\N{MINUS SIGN}3", "\N{MINUS SIGN}3"),
        (0, None, "0", "0"),
    ],
)
def test_numbers_follow_the_language(value: float, decimals: int | None, fi: str, en: str) -> None:
    assert dates.number(value, "fi", decimals) == fi
    assert dates.number(value, "sv", decimals) == fi
    assert dates.number(value, "en", decimals) == en


def test_share_is_said_in_per_cent() -> None:
    assert dates.percent(0.42, "fi") == "42\N{NO-BREAK SPACE}%"
    assert dates.percent(0.425, "sv", 1) == "42,5\N{NO-BREAK SPACE}%"
    assert dates.percent(1, "en") == "100%"


def test_other_languages_are_told_in_english() -> None:
    assert dates.day(FRIDAY, "de") == "Friday 27 January 2023"
    assert dates.day(FRIDAY, "sv-fi") == "fredag 27.1.2023"


def test_machines_are_told_the_instant_in_utc() -> None:
    assert dates.utc(NOW) == "2023-01-13T10:00:00Z"


@given(st.dates(), st.dates(), st.sampled_from(["fi", "sv", "en"]))
def test_days_always_end_with_the_last_date_in_full(first: date, last: date, language: str) -> None:
    assert dates.days(first, last, language).endswith(dates.date_only(last, language))


@given(st.timedeltas(timedelta(days=-5000), timedelta(days=5000)), st.sampled_from(["fi", "sv", "en"]))
def test_every_distance_can_be_said_without_zero_or_minus(after: timedelta, language: str) -> None:
    said = dates.ago(NOW + after, NOW, HELSINKI, language)
    assert said == said.strip()
    assert not said.startswith(("0 ", "-"))
