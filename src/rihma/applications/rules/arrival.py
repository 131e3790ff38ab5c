"""What those who run a programme may do with what arrived late or lacks something."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused
from rihma.calls.rules import Moment
from rihma.programmes.rules import check_exact

# Whoever grants the same once more within this time has pressed the button twice.
SAME_PRESS = timedelta(minutes=1)


def check_may_judge(*, late: bool, announced: bool, reason: str) -> None:
    if not late:
        raise Refused("in_time", _("It arrived in time, so there is nothing to admit or decline."))
    if announced:
        raise Refused("announced", _("The decisions have been announced, so this stays as it was."))
    if not reason.strip():
        raise Refused(
            "reason", _("Say why. The team reads it, and the same must hold for every late application."), "reason"
        )


def check_may_ask(state: str, *, announced: bool, waits: bool, due: Moment, now: datetime) -> None:
    if state != "submitted":
        raise Refused("state", _("Only an application that is submitted can be asked to be completed."))
    if announced:
        raise Refused("announced", _("The decisions have been announced, so this stays as it was."))
    if waits:
        raise Refused("waits", _("The team has been asked already, and has not answered yet. Change the date instead."))
    _check_ahead(due, now)


def check_may_grant(*, announced: bool, due: Moment, now: datetime, reason: str, granted: datetime | None) -> None:
    """`granted`: when the same person last granted the very same."""
    if announced:
        raise Refused("announced", _("The decisions have been announced, so this stays as it was."))
    if not reason.strip():
        raise Refused("reason", _("Say why. The same must hold for everybody who asks for it."), "reason")
    _check_ahead(due, now)
    if granted and now - granted < SAME_PRESS:
        raise Refused(
            "granted",
            _("You granted this a moment ago, and the code was shown then. For another one, try again in a minute."),
        )


def check_may_use(*, known: bool, late: bool, taken: bool) -> None:
    if not known:
        raise Refused("code", _("This code opens nothing here. Compare it with the one you were given."), "code")
    if taken:
        raise Refused("taken", _("This code has been used. Each is good for one application."), "code")
    if late:
        raise Refused("over", _("The time of this code has run out. Ask those who run the programme."), "code")


def _check_ahead(due: Moment, now: datetime) -> None:
    check_exact(due.day, due.clock, due.zone, "due_at")
    if due.instant <= now:
        raise Refused("past", _("That moment has passed. Choose one that is still to come."), "due_on")
