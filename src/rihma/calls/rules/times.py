"""From when until when one can apply."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused
from rihma.base.seen import mark_of
from rihma.calls.rules.stages import Stage
from rihma.programmes.rules import check_exact


@dataclass(frozen=True)
class Moment:
    """An instant as people wrote it: a wall clock in a zone, never a bare offset."""

    day: date
    clock: time
    zone: ZoneInfo

    @property
    def instant(self) -> datetime:
        return datetime.combine(self.day, self.clock, self.zone).astimezone(UTC)

    @property
    def told(self) -> str:
        """For history: the same in every language."""
        return f"{self.day.isoformat()} {self.clock.isoformat()} {self.zone.key}"


@dataclass(frozen=True)
class Times:
    """From when until when one can apply. Without an opening: as soon as the programme is public."""

    opening: Moment | None
    closing: Moment

    @property
    def opens(self) -> datetime | None:
        return self.opening.instant if self.opening else None

    @property
    def mark(self) -> str:
        return mark_of({"opens": self.opening.told if self.opening else "", "closes": self.closing.told})

    def is_ahead(self, now: datetime) -> bool:
        return self.opens is not None and now < self.opens

    def is_open(self, now: datetime) -> bool:
        """The closing second counts as in time: 23.59.59 means until the next second begins."""
        return not self.is_ahead(now) and not late_by(self.closing, now)


def times_of(opens_on: date | None, opens_at: time | None, closes_on: date, closes_at: time, zone: ZoneInfo) -> Times:
    opening = Moment(opens_on, opens_at, zone) if opens_on and opens_at is not None else None
    return Times(opening, Moment(closes_on, closes_at, zone))


def check_times(times: Times) -> None:
    closing, opening = times.closing, times.opening
    check_exact(closing.day, closing.clock, closing.zone, "closes_at")
    if opening is None:
        return
    check_exact(opening.day, opening.clock, opening.zone, "opens_at")
    if opening.instant >= closing.instant:
        raise Refused("opens_late", _("The call would close before it opens. Choose an earlier opening."), "opens_on")


def late_by(closing: Moment, now: datetime) -> timedelta:
    """How late something arrived that was fully received at `now`; zero when in time."""
    return timedelta() if now < closing.instant + timedelta(seconds=1) else now - closing.instant


# Shorter notice would be unfair, because people plan by the time they were promised.
NOTICE = timedelta(days=7)


def check_still_runs(*, closed: bool) -> None:
    if closed:
        raise Refused("closed", _("The programme is closed. Open it again before its call moves."))


def check_not_announced(*, announced: bool) -> None:
    """A later closing would let in who has read the decisions, and an earlier one would make late what was decided on."""
    if announced:
        raise Refused(
            "announced",
            _("The decisions have been announced, so the call's times stay as they were."),
        )


def check_may_set_times(
    stage: Stage, before: Times, after: Times, now: datetime, because: Collection[str], *, public: bool
) -> None:
    """Nobody is bound before the call opens, but what is public does not say that it opened when it had not."""
    check_times(after)
    if stage is not Stage.AHEAD:
        if after.opening != before.opening:
            raise Refused("opened", _("The call has opened already, so its opening stays as it was."), "opens_on")
        _check_may_move_closing(before.closing, after.closing, now, because)
    elif public and after.opening != before.opening and after.opens is not None and after.opens <= now:
        raise Refused(
            "past", _("That moment has passed. To open the call at once, leave the day and the time empty."), "opens_on"
        )
    elif public and after.closing.instant <= now:
        raise _passed()


def _passed() -> Refused:
    return Refused("past", _("That moment has passed. Choose one that is still to come."), "closes_on")


def _check_may_move_closing(before: Moment, after: Moment, now: datetime, because: Collection[str]) -> None:
    """Also a call that has closed may be opened again, so that nobody is told apart by when they asked."""
    if after.instant <= now:
        raise _passed()
    if after.instant < before.instant and after.instant < now + NOTICE:
        raise Refused(
            "too_soon",
            _("The call is open. An earlier closing time must be at least seven days ahead, so that people can react."),
            "closes_on",
        )
    if not because:
        raise Refused("because", _("Say why the time moves; everybody who has begun gets a mail with it."), "because")
