"""How many dots somebody may lay where, how long a timer runs, and which zones there are to look at."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from rihma.base.refused import Refused
from rihma.canvases.rules import UNWRITABLE

MOST_DOTS = 20
LONGEST_TITLE = 120
MOST_MINUTES = 120
A_MINUTE = timedelta(minutes=1)
# A timer that has run out is told for so long, so that whoever looks up late knows why it is quiet.
TOLD_FOR = timedelta(minutes=10)
MOVES: Mapping[str, frozenset[str]] = {"open": frozenset({"closed"}), "closed": frozenset({"open"})}


def one_line(text: str) -> str:
    """A title as typed, without what no database can hold."""
    return " ".join(UNWRITABLE.sub("", text).split())[:LONGEST_TITLE]


def check_may_start_vote(*, is_another_open: bool) -> None:
    if is_another_open:
        raise Refused("stale", _("A vote is open on this canvas already. Close it first."))


def check_dots(budget: int, most: int) -> None:
    if not 1 <= budget <= MOST_DOTS:
        raise Refused("invalid", _("Give each from 1 to %(most)s dots.") % {"most": MOST_DOTS}, "budget")
    if not 1 <= most <= budget:
        raise Refused("invalid", _("On one item at least 1 dot, and at most as many as each has."), "most")


def check_zones(zones: Collection[str], known: Collection[str], field: str) -> None:
    if not set(zones) <= set(known):
        raise Refused("invalid", _("This canvas has no such zone."), field)


def check_may_move_vote(state: str, to: str, *, is_another_open: bool, is_brought_in: bool = False) -> None:
    if to not in MOVES[state]:
        raise Refused("stale", _("The vote is already in that state."))
    if to == "open":
        if is_brought_in:
            raise Refused("forbidden", _("Of a vote that was brought in only the results are known. Start a new one."))
        check_may_start_vote(is_another_open=is_another_open)


def is_votable(zone: str, zones: Sequence[str], *, is_gone: bool) -> bool:
    """`zones`: those that the vote is about, or none for all."""
    return not is_gone and (not zones or zone in zones)


def check_may_place_dot(*, is_open: bool, votable: bool, left: int, budget: int, here: int, most: int) -> None:
    """`here`: how many the voter has on this item already."""
    _check_open(is_open=is_open)
    if not votable:
        raise Refused("invalid", _("This vote is not about that item, or the item has been removed."))
    if left < 1:
        words = ngettext(
            "You have laid your only dot. Take it back first, then lay it elsewhere.",
            "You have laid all your %(budget)s dots. Take one back first, then lay it elsewhere.",
            budget,
        )
        raise Refused("full", words % {"budget": budget})
    if here >= most:
        words = ngettext(
            "You can lay %(most)s dot on one item, and it lies here already.",
            "You can lay at most %(most)s dots on one item, and they lie here already.",
            most,
        )
        raise Refused("full", words % {"most": most})


def check_may_take_dot(*, is_open: bool, here: int) -> None:
    _check_open(is_open=is_open)
    if here < 1:
        raise Refused("stale", _("You have no dot on this item."))


def _check_open(*, is_open: bool) -> None:
    if not is_open:
        raise Refused("closed", _("The vote is closed, so dots stay where they are."))


def check_may_export_vote(*, is_shown: bool) -> None:
    if not is_shown:
        raise Refused("closed", _("The results are shown when the vote is closed."))


def check_may_start_timer(minutes: int, ends_at: datetime | None, now: datetime) -> None:
    """`ends_at`: of a timer that somebody started before."""
    if not 1 <= minutes <= MOST_MINUTES:
        raise Refused("invalid", _("Choose from 1 to %(most)s minutes.") % {"most": MOST_MINUTES}, "minutes")
    if ends_at and ends_at > now:
        raise Refused("stale", _("A timer is running on this canvas already. Stop it first, or add a minute."))


def check_may_extend_timer(ends_at: datetime | None, now: datetime) -> datetime:
    """When it ends then: a minute later, or a minute from now where it has run out."""
    if ends_at is None:
        raise Refused("stale", _("No timer is running on this canvas."))
    extended = max(ends_at, now) + A_MINUTE
    if extended > now + MOST_MINUTES * A_MINUTE:
        raise Refused("full", _("A timer runs for %(most)s minutes at most.") % {"most": MOST_MINUTES})
    return extended


def is_told(ends_at: datetime, now: datetime) -> bool:
    """Whether a timer is still worth a line on the page."""
    return ends_at + TOLD_FOR > now
