"""From when until when jurors read and talk, by the clock of the programme's zone, and what moves on at which moment."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from rihma.base import said
from rihma.base.refused import Refused
from rihma.calls.rules import Moment, late_by
from rihma.programmes.rules import check_exact

MOVES: dict[str, set[str]] = {
    "preparing": {"reading"},
    "reading": {"discussing", "closed"},
    "discussing": {"reading", "closed"},
    "closed": {"reading", "discussing"},
}
SCORED = frozenset({"reading", "discussing"})
MARK, REFUSE = "mark", "refuse"
# Before the due time, so that there is still time to read.
AHEAD = timedelta(days=3)
SECOND = timedelta(seconds=1)
# Without a time of the day a day is meant as a whole, because people plan by days.
FIRST, LAST = time(0, 0), time(23, 59, 59)
# Moment → its two fields; and whether it is the last that is still in time, or the first.
FIELDS = {
    "opens": ("opens_on", "opens_at"),
    "due": ("due_on", "due_at"),
    "talk": ("talk_on", "talk_at"),
    "ends": ("ends_on", "ends_at"),
}
ENDINGS = frozenset({"due", "ends"})
# What arrives in the last minute has to be read, too; beginning to read sooner harms nobody.
AFTER_CLOSING = ("due", "talk", "ends")
NAMES = tuple(name for pair in FIELDS.values() for name in pair)
# What the clock moves where nobody has: state → the moment that moves it on, and to what. The first that is set counts.
CLOCK: Mapping[str, tuple[tuple[str, str], ...]] = {
    "preparing": (("opens", "reading"),),
    "reading": (("talk", "discussing"), ("ends", "closed")),
    "discussing": (("ends", "closed"),),
}


class Span(NamedTuple):
    """One phase as pages tell it: whole days without a time of the day, as they were set."""

    state: str
    begins: Moment | None
    ends: Moment | None

    @property
    def begins_said(self) -> str:
        return _told(self.begins, FIRST)

    @property
    def ends_said(self) -> str:
        return _told(self.ends, LAST)

    @property
    def is_said(self) -> bool:
        return bool(self.begins or self.ends)


def _told(moment: Moment | None, whole: time) -> str:
    if moment is None:
        return ""
    return said.date_only(moment.day) if moment.clock == whole else said.moment(moment.instant, moment.zone)


@dataclass(frozen=True)
class Timetable:
    """Each moment as far as it is set. Whoever keeps them may be a call, or one round of one."""

    opens: Moment | None = None
    due: Moment | None = None
    talk: Moment | None = None
    ends: Moment | None = None

    @classmethod
    def of(cls, kept: object, zone: ZoneInfo) -> "Timetable":
        moments = {name: _moment(name, kept, zone) for name in FIELDS}
        return cls(**moments)

    def spans(self) -> Iterator[Span]:
        yield Span("reading", self.opens, self.due)
        yield Span("discussing", self.talk, self.ends)

    def is_past_due(self, now: datetime) -> bool:
        """The last second counts as in time, as for whoever applies."""
        return self.due is not None and bool(late_by(self.due, now))

    def too_early(self, closing: Moment) -> str:
        """The first of the moments that would come before all has arrived, or nothing."""
        for name in AFTER_CLOSING:
            moment: Moment | None = getattr(self, name)
            if moment is not None and moment.instant <= closing.instant:
                return name
        return ""

    def reminds(self, now: datetime) -> bool:
        return self.due is not None and self.due.instant - AHEAD <= now and not self.is_past_due(now)

    def next(self, state: str, now: datetime, since: datetime | None) -> str:
        """What the clock asks for now, or nothing. What a person did after a moment is not undone by it."""
        for name, after in CLOCK.get(state, ()):
            moment: Moment | None = getattr(self, name)
            if moment is not None:
                reached = moment.instant + (SECOND if name in ENDINGS else timedelta())
                return after if reached <= now and (since is None or since < reached) else ""
        return ""


def _moment(name: str, kept: object, zone: ZoneInfo) -> Moment | None:
    day: date | None = getattr(kept, FIELDS[name][0])
    clock: time | None = getattr(kept, FIELDS[name][1])
    whole = LAST if name in ENDINGS else FIRST
    return Moment(day, whole if clock is None else clock, zone) if day else None


def check_times(times: Timetable, closing: Moment) -> None:
    """They follow each other, and reading ends after the last could arrive; none of them must be set."""
    early = times.too_early(closing)
    if early:
        words = _("Applications can arrive until %(moment)s, and each has to be read. Give a moment after that.")
        raise Refused("too_early", words % {"moment": said.moment(closing.instant, closing.zone)}, FIELDS[early][0])
    last: Moment | None = None
    for name, (day, clock) in FIELDS.items():
        moment: Moment | None = getattr(times, name)
        if moment is None:
            continue
        check_exact(moment.day, moment.clock, moment.zone, clock)
        if last and moment.instant <= last.instant:
            raise Refused("order", _("This moment must come after the ones above it."), day)
        last = moment


def check_may_move(state: str, to: str) -> None:
    if to not in MOVES[state]:
        raise Refused("state", _("The review has moved on meanwhile. Look at it again."))


def check_may_open_again(state: str) -> None:
    """What has not begun is begun, which asks more."""
    check_may_move(state if state != "preparing" else "reading", "reading")


def is_too_late(times: Timetable, after_due: str, now: datetime, *, state: str, sent_before: bool) -> bool:
    """Whether a score is refused by the clock. Who was in time may change their mind while the readers talk."""
    if after_due != REFUSE or not times.is_past_due(now):
        return False
    return not (state == "discussing" and sent_before)
