"""Dates, moments and numbers as people say them in Finnish, Swedish and English.

Pure: the language, the zone and what time it is now are passed in. `templatetags/rihma.py` takes them from
the reader's page, mails take them from the person they go to.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal

from rihma.base.date_words import LEFT, MONTHS, NEIGHBOURS, NOW, OVER, UNITS, WEEKDAYS, ZONES, Unit

# Up to how many of a unit one says, so that nobody has to read "40 days" or "70 weeks".
MINUTES, HOURS, DAYS, WEEKS, MONTHS_SAID = 60, 24, 14, 9, 12
WEEK, MONTH, YEAR = 7, 30.44, 365.25
NO_BREAK = "\N{NO-BREAK SPACE}"


def spoken(language: str) -> str:
    """The nearest language whose dates we can say: English for all but Finnish and Swedish."""
    short = language.split("-", maxsplit=1)[0]
    return short if short in WEEKDAYS else "en"


def date_only(on: date, language: str) -> str:
    if spoken(language) == "en":
        return f"{on.day} {MONTHS[on.month - 1]} {on.year}"
    return f"{on.day}.{on.month}.{on.year}"


def day(on: date, language: str) -> str:
    """*perjantaina 27.1.2023*: in Finnish the weekday is in the case that answers "when"."""
    return f"{WEEKDAYS[spoken(language)][on.weekday()]} {date_only(on, language)}"


def days(first: date, last: date, language: str) -> str:
    """From one day to another, saying month and year once where they are the same."""
    if first == last:
        return date_only(first, language)
    same_year = first.year == last.year
    same_month = same_year and first.month == last.month
    if spoken(language) == "en":
        month = "" if same_month else f" {MONTHS[first.month - 1]}"
        year = "" if same_year else f" {first.year}"
        start, dash = f"{first.day}{month}{year}", "–" if same_month else " – "
    else:
        month = "" if same_month else f"{first.month}."
        year = "" if same_year else f"{first.year}"
        start, dash = f"{first.day}.{month}{year}", "–"
    return f"{start}{dash}{date_only(last, language)}"


def clock_time(at: time, language: str) -> str:
    """*9*, *9.30*, *0.00*, *23.59.59*; in English always with minutes: *9:00*."""
    if spoken(language) == "en":
        return f"{at.hour}:{at.minute:02}" + (f":{at.second:02}" if at.second else "")
    if at.second:
        return f"{at.hour}.{at.minute:02}.{at.second:02}"
    # A lone nought reads like something missing.
    return f"{at.hour}.{at.minute:02}" if at.minute or not at.hour else str(at.hour)


def stamp(at: time, language: str) -> str:
    """The clock when it names one instant and no hour of meeting: *14.00*, never just *14*."""
    return at.strftime("%H:%M" if spoken(language) == "en" else "%H.%M").removeprefix("0")


def day_hours(on: date, start: time, end: time | None, language: str) -> str:
    hours = clock_time(start, language) + (f"–{clock_time(end, language)}" if end else "")
    return f"{day(on, language)}{_before_clock(language)}{hours}"


def span(start: datetime, end: datetime | None, language: str) -> str:
    """Two moments already told in the zone that the reader should see."""
    start, end = start.replace(second=0), end and end.replace(second=0)
    if end is None or end.date() == start.date():
        return day_hours(start.date(), start.time(), end.time() if end else None, language)
    return " – ".join(day_hours(at.date(), at.time(), None, language) for at in (start, end))


def moment(at: datetime, zone: tzinfo, language: str) -> str:
    """An exact instant with its zone in words, unmistakable also in the hour that an autumn night has twice."""
    local = at.astimezone(zone)
    name = str(getattr(zone, "key", zone))
    words = ZONES.get(name, {}).get(spoken(language), f"({name})")
    text = f"{date_only(local, language)}{_before_clock(language)}{clock_time(local.time(), language)} {words}"
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        return text
    hours = (local.utcoffset() or timedelta()) / timedelta(hours=1)
    return f"{text} (UTC{hours:+g})"


def ago(at: datetime, now: datetime, zone: tzinfo, language: str) -> str:
    """How long since, or how long to go: *3 päivää sitten*, *huomenna*, *om 2 veckor*."""
    tongue = spoken(language)
    here, there = now.astimezone(zone).date(), at.astimezone(zone).date()
    apart, away = abs(at - now), (there - here).days
    if apart < timedelta(minutes=1):
        return NOW[tongue]
    if abs(away) == 1 and apart >= timedelta(hours=6):
        return NEIGHBOURS[tongue][away]
    count, unit = _largest(apart, abs(away))
    return UNITS[tongue][unit].told(count, ahead=at > now)


def until(at: datetime, now: datetime, language: str) -> str:
    """What is left of a time that runs out, rounded down so that nobody is promised more than there is."""
    tongue, left = spoken(language), at - now
    if left <= timedelta():
        return OVER[tongue]
    if left >= timedelta(days=1):
        said = UNITS[tongue]["day"].counted(left.days)
    elif left >= timedelta(hours=1):
        said = UNITS[tongue]["hour"].counted(left // timedelta(hours=1))
    else:
        said = UNITS[tongue]["minute"].counted(left // timedelta(minutes=1))
    return LEFT[tongue] % said


def number(value: float | Decimal, language: str, decimals: int | None = None) -> str:
    """*1 234,5* in Finnish and Swedish, *1,234.5* in English; at most two decimals unless told."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".") if decimals is None else f"{value:,.{decimals}f}"
    text = text.replace("-", "\N{MINUS SIGN}")
    if spoken(language) == "en":
        return text
    return text.replace(",", NO_BREAK).replace(".", ",")


def percent(share: float | Decimal, language: str, decimals: int = 0) -> str:
    """A share from 0 to 1 as *42 %* (English: *42%*)."""
    gap = "" if spoken(language) == "en" else NO_BREAK
    return f"{number(share * 100, language, decimals)}{gap}%"


def in_zone(at: date, zone: tzinfo) -> date:
    """A moment as its wall clock in the zone; plain days and naive clocks stay as they were written."""
    if isinstance(at, datetime) and at.tzinfo is not None:
        return at.astimezone(zone)
    return at


def utc(at: datetime) -> str:
    """For machines: the `datetime` attribute of `<time>`."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _before_clock(language: str) -> str:
    return {"fi": " klo ", "sv": " kl. "}.get(spoken(language), ", ")


def _largest(apart: timedelta, days_away: int) -> tuple[int, Unit]:
    minutes = round(apart / timedelta(minutes=1))
    if minutes < MINUTES:
        return minutes, "minute"
    hours = round(apart / timedelta(hours=1))
    if hours < HOURS or not days_away:
        return hours, "hour"
    if days_away < DAYS:
        return days_away, "day"
    if days_away < WEEKS * WEEK:
        return round(days_away / WEEK), "week"
    if (months := round(days_away / MONTH)) < MONTHS_SAID:
        return months, "month"
    return max(1, round(days_away / YEAR)), "year"
