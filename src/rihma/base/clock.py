"""The one clock. Rules get the moment as a value; actions ask here."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.utils import timezone

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    return _told.get() or timezone.now()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Tell a story that happened earlier: the demo's round of 2023 goes through the same actions."""
    if timezone.is_naive(moment):
        raise ValueError("a moment has a zone")
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)


def step(by: timedelta) -> None:
    """Let time pass inside `at`, so that events of one story keep their order."""
    told = _told.get()
    if told is None:
        raise RuntimeError("time passes by itself outside a story")
    _told.set(told + by)
