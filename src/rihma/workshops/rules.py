"""When a workshop is, who gets a seat, and which moves a workshop and an answer may make."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused
from rihma.programmes.rules import check_exact

# A cancelled workshop stays cancelled: people have made other plans. A new one is planned instead.
MOVES: dict[str, set[str]] = {"planned": {"cancelled"}, "cancelled": set()}

# How somebody stands → the answers that change it. `confirmed` and `waiting` both said "in the room": saying it again
# changes nothing, so nobody who sits is made to wait, and nobody who waits loses their place by asking twice.
ANSWER_MOVES: dict[str, set[str]] = {
    "unanswered": {"in_room", "remote", "not_coming"},
    "confirmed": {"remote", "not_coming"},
    "waiting": {"remote", "not_coming"},
    "remote": {"in_room", "not_coming"},
    "not_coming": {"in_room", "remote"},
}

# mode → answers that make sense
OFFERS: dict[str, tuple[str, ...]] = {
    "room": ("in_room", "not_coming"),
    "hybrid": ("in_room", "remote", "not_coming"),
    "remote": ("remote", "not_coming"),
}


@dataclass(frozen=True)
class Hours:
    """Hours as people wrote them: wall clocks in a zone, never a bare offset."""

    day: date
    starts: time
    ends: time
    zone: ZoneInfo

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.day, self.starts, self.zone)

    @property
    def finishes(self) -> datetime:
        return datetime.combine(self.day, self.ends, self.zone)


def check_hours(hours: Hours) -> None:
    """Hours are in order, and the clock shows each of them exactly once that day."""
    if hours.ends <= hours.starts:
        raise Refused("hours", _("The workshop ends before it begins. Give a later end."), "ends")
    check_exact(hours.day, hours.starts, hours.zone, "starts")
    check_exact(hours.day, hours.ends, hours.zone, "ends")


def check_place(mode: str, *, venue: str, remote_link: str) -> None:
    """People must know where to go."""
    if mode in {"room", "hybrid"} and not venue.strip():
        raise Refused("venue", _("Give the room, so that people know where to come."), "venue")
    if mode == "remote" and not remote_link.strip():
        raise Refused("remote_link", _("Give the link, so that people can take part remotely."), "remote_link")


def check_number(number: int, others: Iterable[int]) -> None:
    if number in set(others):
        raise Refused("number", _("Another workshop of this programme has this number. Choose another."), "number")


def check_may_change(state: str) -> None:
    if state == "cancelled":
        raise Refused("cancelled", _("This workshop was cancelled. Plan a new one instead."))


def check_may_move(state: str, before: Hours, after: Hours, now: datetime) -> None:
    """Only what is ahead can be moved, and only to a time ahead: people must be able to follow."""
    check_may_change(state)
    if before.begins <= now:
        raise Refused("begun", _("This workshop has begun already, so it cannot be moved."))
    if after.begins <= now:
        raise Refused("past", _("This time has passed already. Choose a time ahead."), "date")


def check_may_cancel(state: str, hours: Hours, now: datetime) -> None:
    if "cancelled" not in MOVES[state]:
        raise Refused("cancelled", _("This workshop was cancelled already."))
    if hours.finishes <= now:
        raise Refused("past", _("This workshop is over, so it cannot be cancelled."))


def check_takes_part(*, takes_part: bool) -> None:
    if not takes_part:
        raise Refused("outside", _("Only those who take part in the programme can answer. Ask the organisers."))


def check_may_answer(state: str, hours: Hours, now: datetime) -> None:
    if state == "cancelled":
        raise Refused("cancelled", _("This workshop was cancelled, so there is nothing to answer."))
    if hours.finishes <= now:
        raise Refused("past", _("This workshop is over, so there is nothing to answer any more."))


def check_offered(mode: str, answer: str) -> None:
    if answer in OFFERS[mode]:
        return
    if answer == "in_room":
        raise Refused("no_room", _("This workshop is remote only. Choose remotely or not coming."), "answer")
    raise Refused("no_remote", _("This workshop is in the room only. Choose in the room or not coming."), "answer")


@dataclass(frozen=True)
class Seating:
    """The room as it stands: how many seats, how many teams, and whose team each confirmed person comes with.

    ⌊seats / teams⌋ seats are held for each team; the rest are spare. Somebody above their team's quota, or without
    a team, takes a spare one. `seated` has a team's id, or None for a person without a team, for each one seated.
    """

    seats: int
    teams: int
    seated: tuple[UUID | None, ...] = ()

    @property
    def quota(self) -> int:
        return self.seats // self.teams if self.teams else 0

    @property
    def spare(self) -> int:
        return self.seats - self.quota * self.teams

    @property
    def spare_free(self) -> int:
        taken = Counter(self.seated)
        guests = taken.pop(None, 0)
        over = sum(max(0, count - self.quota) for count in taken.values())
        return max(0, min(self.spare - guests - over, self.free))

    @property
    def free(self) -> int:
        return max(0, self.seats - len(self.seated))

    def fits(self, team: UUID | None) -> bool:
        if self.free == 0:
            return False
        return (team is not None and self.seated.count(team) < self.quota) or self.spare_free > 0

    def seat(self, team: UUID | None) -> "Seating":
        return Seating(self.seats, self.teams, (*self.seated, team))


@dataclass(frozen=True)
class Waiting:
    """Somebody in the queue; `arrival` is their place in the order in which answers came."""

    arrival: int
    team: UUID | None


def promoted(seating: Seating, queue: Iterable[Waiting]) -> list[int]:
    """Arrivals of those who get a seat now, first come first served among those who fit."""
    fitting = []
    for waiting in sorted(queue, key=lambda waiting: waiting.arrival):
        if seating.fits(waiting.team):
            seating = seating.seat(waiting.team)
            fitting.append(waiting.arrival)
    return fitting
