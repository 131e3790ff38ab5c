"""Who may be taken, and when it may be told."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from rihma.base.refused import Refused
from rihma.selection.cohort.problem import Limit, Problem

OUTCOMES = ("accepted", "reserve", "declined")

# Before the announcement a decision is a working note; after it only a reserve place may still change.
MOVES_BEFORE: dict[str | None, set[str]] = {outcome: set(OUTCOMES) for outcome in (None, *OUTCOMES)}
MOVES_AFTER: dict[str | None, set[str]] = {
    None: set(OUTCOMES),  # a late application that is taken up afterwards
    "reserve": {"accepted", "declined"},
    "accepted": set(),
    "declined": set(),
}


class Places(NamedTuple):
    """How many teams may be taken."""

    least: int
    most: int


def places_left(least: int, most: int, taken: int, *, is_last: bool) -> Places:
    """Of a call's places, where its other cut-offs have `taken` some."""
    return Places(max(0, least - taken) if is_last else 0, max(0, most - taken))


@dataclass(frozen=True)
class Cohort:
    """What the decisions make together."""

    accepted: int
    undecided: int
    teams_min: int
    teams_max: int
    room_seats: int

    @property
    def over(self) -> int:
        return max(0, self.accepted - self.teams_max)

    @property
    def seats_a_team(self) -> int:
        """In the room, when the seats are shared evenly; those over come by order of arrival or join remotely."""
        return self.room_seats // self.accepted if self.accepted else self.room_seats


def check_submitted(state: str) -> None:
    if state != "submitted":
        raise Refused("state", _("Only a submitted application can be decided on."))


def check_may_decide(state: str, before: str | None, outcome: str, *, reason: str, announced: bool) -> None:
    check_submitted(state)
    if outcome not in (MOVES_AFTER if announced else MOVES_BEFORE)[before]:
        raise Refused("announced", _("This decision has been announced and can no longer be changed here."))
    if outcome != "accepted" and not reason.strip():
        raise Refused("reason", _("Write the reason: the team will read it."), "reason")


def check_time_to_go_on(*, is_open: bool) -> None:
    """`is_open`: the full stage still takes in."""
    if not is_open:
        raise Refused(
            "full_over",
            _("The full stage has closed, so nobody can go on to it. Move the closing of the call first."),
        )


def check_may_leave(state: str) -> None:
    if state == "continued":
        raise Refused(
            "goes_on", _("This team goes on with its full application. To give up its place, withdraw that one.")
        )


def check_may_choose(*, announced: bool) -> None:
    if announced:
        raise Refused("announced", _("The decisions have been announced already."))


def check_not_tied(*, tied: bool) -> None:
    if tied:
        raise Refused(
            "tied", _("You are in conflict with an application of this call, so somebody else has to choose.")
        )


def check_may_force(state: str, forced: str, reason: str) -> None:
    check_submitted(state)
    if forced and not reason.strip():
        raise Refused("reason", _("Write why: it is kept with the choice, and the team may read it."), "reason")


def check_may_search(applications: int) -> None:
    if not applications:
        raise Refused("none", _("There are no applications to choose from yet."))


def check_may_take(submitted: frozenset[UUID], asked: frozenset[UUID], chosen: frozenset[UUID]) -> None:
    if submitted != asked or not chosen <= submitted:
        raise Refused("stale", _("The applications have changed since this search. Look for the best set again."))


def check_may_differ(*, differs: bool, because: str) -> None:
    if differs and not because.strip():
        raise Refused(
            "because", _("This is not the best set. Write why you choose it: the teams it touches read it."), "because"
        )


def check_may_announce(cohort: Cohort, *, announced: bool, because: str) -> None:
    if announced:
        raise Refused("announced", _("The decisions have been announced already."))
    if cohort.undecided:
        words = ngettext(
            "%(n)s application still waits for a decision.",
            "%(n)s applications still wait for a decision.",
            cohort.undecided,
        )
        raise Refused("undecided", words % {"n": cohort.undecided})
    if cohort.over and not because.strip():
        raise Refused(
            "over_places",
            _("There are more teams than places. Write the reason for taking them all."),
            "because",
        )


def check_reasons_are_there(waiting: int) -> None:
    if waiting:
        words = ngettext(
            "The reason for %(n)s application is still being reckoned. Try again in a minute, or write it yourself.",
            "The reasons for %(n)s applications are still being reckoned. Try again in a minute, or write them yourself.",
            waiting,
        )
        raise Refused("reckoning", words % {"n": waiting})


def worsened(problem: Problem, before: frozenset[str], after: frozenset[str]) -> list[Limit]:
    """Limits that are missed, and by more than they were: what a person once let through does not stop anybody later."""
    return [
        limit
        for limit in problem.limits
        if limit.measure.lacks(problem.amount(after, limit.measure))
        > limit.measure.lacks(problem.amount(before, limit.measure))
    ]


def check_may_exceed(*, limits: str, changed: bool) -> None:
    """`changed`: the person wrote a reason of their own."""
    if limits and not changed:
        raise Refused(
            "limits",
            _("With this team a limit would no longer hold: %(limits)s. Write why it gets a place all the same.")
            % {"limits": limits},
            "reason",
        )


def in_turn(reserves: Iterable[tuple[int | None, str, UUID]]) -> dict[UUID, int]:
    """Turns and receipt numbers with their applications → each one's place on the reserve list.

    Those without a turn come after those with one, in order of arrival.
    """
    ordered = sorted(reserves, key=lambda one: (one[0] is None, one[0] or 0, one[1]))
    return {application: place for place, (_turn, _number, application) in enumerate(ordered, start=1)}
