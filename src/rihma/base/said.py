"""Dates and numbers as the reader's language says them: what templates ask of `dates`."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language

from rihma.base import clock, dates


def day(on: date | None) -> str:
    return dates.day(_local(on), language()) if on else ""


def date_only(on: date | None) -> str:
    return dates.date_only(_local(on), language()) if on else ""


def span(start: datetime | None, end: datetime | None = None) -> str:
    if not start:
        return ""
    return dates.span(_clock(start), _clock(end) if end else None, language())


def day_hours(on: date, start: time, end: time | None = None) -> str:
    return dates.day_hours(on, start, end, language())


def days(first: date, last: date) -> str:
    return dates.days(_local(first), _local(last), language())


def moment(at: datetime | None, zone: str | ZoneInfo = "") -> str:
    """The exact instant with its zone in words. Plain text, because mails and attributes say it too."""
    if not at:
        return ""
    where = zone if isinstance(zone, ZoneInfo) else ZoneInfo(zone or settings.TIME_ZONE)
    return dates.moment(at, where, language())


def clock_time(at: datetime | time | None) -> str:
    if not at:
        return ""
    return dates.stamp(_clock(at).time() if isinstance(at, datetime) else at, language())


def ago(at: datetime | None) -> str:
    return dates.ago(at, clock.now(), get_current_timezone(), language()) if at else ""


def until(at: datetime | None) -> str:
    return dates.until(at, clock.now(), language()) if at else ""


def number(value: float | Decimal | Literal[""] | None, decimals: int | None = None) -> str:
    # A template passes "" for what is not there, while 0 must be shown.
    return "" if value is None or value == "" else dates.number(value, language(), decimals)


def percent(share: float | Decimal | Literal[""] | None, decimals: int = 0) -> str:
    return "" if share is None or share == "" else dates.percent(share, language(), decimals)


def language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _local(on: date) -> date:
    return dates.in_zone(on, get_current_timezone())


def _clock(at: datetime) -> datetime:
    return at.astimezone(get_current_timezone()) if at.tzinfo else at
