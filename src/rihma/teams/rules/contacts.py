"""What may be written to a team that looks for partners, and how often."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rihma.base.refused import Refused

AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
# How many within what time: of teams that somebody writes to for the first time, and of all that they write.
TEAMS = ((5, AN_HOUR), (12, A_DAY))
LETTERS = ((20, AN_HOUR), (60, A_DAY))
# Before the team has answered: a reminder is fine, nagging is not.
UNANSWERED = 3
# The same words go to so many teams within `SAME_FOR`; more would be advertising.
SAME_TO, SAME_FOR = 2, timedelta(days=30)
LONGEST = timedelta(days=30)


@dataclass(frozen=True)
class Sides:
    """How the two stand to each other before another letter."""

    stopped: bool = False
    barred: bool = False
    # letters of the person since the team last answered
    in_a_row: int = 0


def digest_of(words: str) -> str:
    """The same for words that differ only in spaces, signs and capitals."""
    return hashlib.sha256("".join(c for c in words.casefold() if c.isalnum()).encode()).hexdigest()


def check_may_write(name: str, sides: Sides) -> None:
    if not name:
        raise Refused("no_name", _("Write your name in your own details first, so that they know who writes."))
    if sides.barred:
        raise Refused("barred", _("You may not write to teams of this programme. Ask those who run it."))
    if sides.stopped:
        raise Refused("stopped", _("This exchange has been ended, so nothing more can be written in it."))
    if sides.in_a_row >= UNANSWERED:
        raise Refused("unanswered", _("The team has not answered yet. Give them time: your letters are kept."))


def check_not_too_often(opened: Sequence[datetime], written: Sequence[datetime], now: datetime) -> None:
    """`opened`: when this person first wrote to each team; `written`: when they wrote at all."""
    for times, limits in ((opened, TEAMS), (written, LETTERS)):
        for most, within in limits:
            lately = [one for one in times if now - one < within]
            if len(lately) >= most:
                raise Refused("too_often", _too_often(sorted(lately)[-most] + within - now))


def _too_often(wait: timedelta) -> str:
    minutes = max(1, -(-int(wait.total_seconds()) // 60))
    hours = -(-minutes // 60)
    when = ngettext("in %d minute", "in %d minutes", minutes) % minutes
    if hours > 1:
        when = ngettext("in %d hour", "in %d hours", hours) % hours
    return _("You have written to many in a short time. Try again %(when)s; what you wrote stays here.") % {
        "when": when
    }


def check_not_the_same(teams: int) -> None:
    """`teams`: how many other teams got these very words lately."""
    if teams >= SAME_TO:
        raise Refused(
            "same", _("You have sent these very words to other teams. Say what you could bring to this one."), "words"
        )


def check_may_report(*, reported: bool) -> None:
    if reported:
        raise Refused("reported", _("This has been reported already. Those who run the programme know of it."))


def check_card(until: date | None, today: date) -> None:
    if until and until < today:
        raise Refused("past", _("This day has passed. Give a later one, or none."), "search_until")
