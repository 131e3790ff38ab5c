"""When a call is open. One function decides; pages, API and imports ask it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused
from rihma.programmes.rules import check_exact


@dataclass(frozen=True)
class Closing:
    """The closing instant as people wrote it: a wall clock in a zone, never a bare offset."""

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


def check_closing(closing: Closing) -> None:
    check_exact(closing.day, closing.clock, closing.zone, "closes_at")


def is_open(closing: Closing, opens: datetime | None, now: datetime) -> bool:
    """The closing second counts as in time: 23.59.59 means until the next second begins."""
    return (opens is None or opens <= now) and now < closing.instant + timedelta(seconds=1)


def late_by(closing: Closing, now: datetime) -> timedelta:
    """How late something arrived that was fully received at `now`; zero when in time."""
    return timedelta() if now < closing.instant + timedelta(seconds=1) else now - closing.instant


def check_none_yet(*, has_call: bool) -> None:
    if has_call:
        raise Refused("known", _("This programme has its call already."))


def check_places(least: int, most: int) -> None:
    if not 1 <= least <= most:
        raise Refused("places", _("The least number of teams cannot be more than the most."), "teams_min")
