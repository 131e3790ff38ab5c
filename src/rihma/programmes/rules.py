"""When a programme may be made, published and closed, and which days and moments it may name."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MOVES: dict[str, set[str]] = {
    "draft": {"published"},
    "published": {"closed"},
    "closed": {"published"},
}
# Years beyond these are slips of the finger; the calendar's own ends would break sums with time zones.
FIRST_YEAR, LAST_YEAR = 2000, 2199
WEEK = 7
# What stands in the addresses of pages where a programme's own word would stand.
RESERVED = frozenset({"create", "import"})


class Stage(StrEnum):
    """Where a programme is in its time; the words are those of `base.parts.STATUSES`."""

    DRAFT = "draft"
    UPCOMING = "upcoming"
    RUNNING = "running"
    ENDED = "ended"
    CLOSED = "closed"


def stage_of(state: str, starts: date, ends: date, today: date) -> Stage:
    if state == "draft":
        return Stage.DRAFT
    if state == "closed":
        return Stage.CLOSED
    if today < starts:
        return Stage.UPCOMING
    return Stage.RUNNING if today <= ends else Stage.ENDED


def check_may_move(state: str, to: str) -> None:
    if to not in MOVES[state]:
        raise Refused("state", _("The programme has changed meanwhile. Look at it again."))


def may_create(*, is_staff: bool, owns_one: bool) -> bool:
    """Making programmes is for the server's own staff and for owners of other rounds."""
    return is_staff or owns_one


def check_may_reopen(state: str) -> None:
    if state != "closed":
        raise Refused("state", _("The programme has changed meanwhile. Look at it again."))


def check_may_create(*, is_staff: bool, owns_one: bool) -> None:
    if not may_create(is_staff=is_staff, owns_one=owns_one):
        raise Refused(
            "may_not_create",
            _("A programme is made by somebody who owns one already, or by the administrator of this server."),
        )


def check_may_publish(lacks: Collection[object], missing: str, although: str) -> None:
    """`missing`: what lacks in words. The law asks for Finnish and Swedish; a reason overrides and is kept."""
    if lacks and not although.strip():
        raise Refused(
            "lacks_languages",
            _("Before publishing, add these texts: %(missing)s. Or say why it is published without them.")
            % {"missing": missing},
            "although",
        )


def check_may_copy(problems: Collection[str]) -> None:
    """A moved clock time may fall where summer time skips it, and an old programme may break newer rules."""
    if problems:
        raise Refused(
            "cannot_copy", _("Choose another day, or mend these first: %(what)s") % {"what": " ".join(problems)}
        )


def check_may_close(unfinished: Collection[str]) -> None:
    if unfinished:
        raise Refused("unfinished", _("First settle these: %(what)s") % {"what": "; ".join(unfinished)})


def check_dates(starts: date, ends: date, field: str = "ends") -> None:
    if ends < starts:
        raise Refused("dates", _("The end is before the start."), field)


def check_slug(slug: str, was: str, *, public: bool, taken: bool) -> None:
    if slug == was:
        return
    if slug in RESERVED:
        raise Refused("slug_reserved", _("This address is used by the pages themselves. Choose another."), "slug")
    if public:
        raise Refused(
            "slug_fixed", _("The address stays as it is: the programme is public, and people link to it."), "slug"
        )
    if taken:
        raise slug_taken()


def check_zone(zone: str, was: str, *, public: bool) -> None:
    if public and zone != was:
        raise Refused(
            "zone_fixed",
            _("The time zone stays as it is: the programme is public, and people have planned by its clock times."),
            "time_zone",
        )


def slug_taken() -> Refused:
    return Refused("slug_taken", _("Another programme has this address. Choose another."), "slug")


def check_may_end(role: str, others: int) -> None:
    """`others`: how many other owners there are."""
    if role == "owner" and others == 0:
        raise Refused("last_owner", _("A programme needs an owner. Appoint another owner first."))


def theme_in_use(title: str) -> Refused:
    return Refused("theme_in_use", _("A team works on the theme “%(title)s”, so it stays.") % {"title": title})


def is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


TIME_SKIPPED = _("The clock skips this time when summer time begins.")
TIME_TWICE = _("The clock shows this time twice when summer time ends.")
OTHER_TIME = _("Choose a time at least an hour earlier or later.")


def clock_fault(day: date, clock: time, zone: ZoneInfo) -> "_StrPromise | None":
    """A wall clock that the zone skips or shows twice is no exact instant; None when it is one."""
    first = datetime.combine(day, clock, zone)
    if first.utcoffset() == first.replace(fold=1).utcoffset():
        return None
    back = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    return TIME_TWICE if back == first.replace(tzinfo=None) else TIME_SKIPPED


def check_exact(day: date, clock: time, zone: ZoneInfo, field: str | None = None) -> None:
    fault = clock_fault(day, clock, zone)
    if fault:
        code = "time_skipped" if fault is TIME_SKIPPED else "time_twice"
        raise Refused(code, f"{fault} {OTHER_TIME}", field)


def weeks_between(before: date, after: date) -> int:
    """Whole weeks, so that every weekday stays; the nearest when `after` is another weekday."""
    return round((after - before).days / WEEK)
