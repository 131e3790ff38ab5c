from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from rihma.base.refused import Refused

MOVES: dict[str, set[str]] = {
    "idea": {"draft", "cancelled"},
    "draft": {"ready", "cancelled"},
    "ready": {"running", "cancelled"},
    "running": {"paused", "ended", "cancelled"},
    "paused": {"running", "ended", "cancelled"},
    # What has ended is concluded, never cancelled: a result nobody likes stays a result.
    "ended": {"concluded"},
    "concluded": {"decided"},
    "decided": {"published"},
    "published": set(),
    "cancelled": set(),
}
PLANNED = {"idea", "draft", "ready"}
LOCKED = set(MOVES) - PLANNED - {"cancelled"}
UNDER_WAY = {"running", "paused"}
WITHOUT_RESULT = {"running", "paused", "ended"}
LONG_AFTER = timedelta(days=14)


class Overdue(StrEnum):
    NO = "no"
    YES = "yes"
    LONG = "long"


def check_may_move(state: str, to: str) -> None:
    if to not in MOVES[state]:
        raise Refused("state", _("The experiment has moved on meanwhile. Look at it again."))


def check_may_edit(state: str, *, edition: int, seen: int | None) -> None:
    if state not in PLANNED:
        raise Refused("locked", _("The plan is locked. Change it as an amendment, with a reason."))
    check_is_newest(edition, seen)


def check_is_newest(edition: int, seen: int | None) -> None:
    """`seen` is the edition that the writer had before their eyes."""
    if edition != seen:
        raise Refused(
            "stale",
            _("Somebody saved this plan while you were writing. Yours is kept below; saving again writes over theirs."),
        )


def check_may_start(state: str) -> None:
    if state != "ready":
        raise Refused("not_ready", _("Mark the plan ready first; then it can start."))


def check_may_resume(state: str) -> None:
    if state != "paused":
        raise Refused("state", _("Only a paused experiment can be resumed."))


def check_may_amend(state: str, reason: str) -> None:
    if state in PLANNED:
        raise Refused("not_locked", _("The plan is not locked yet. You can simply edit it."))
    if state not in UNDER_WAY:
        raise Refused(
            "ended", _("The experiment is over, so its plan stays. Write what went otherwise among the deviations.")
        )
    if not reason.strip():
        raise Refused("reason", _("Say why the plan changes. The reason is shown to everybody."), "reason")


def check_may_cancel(state: str, reason: str) -> None:
    check_may_move(state, "cancelled")
    if not reason.strip():
        raise Refused("reason", _("Say why the experiment is cancelled. Others learn from it too."), "reason")


def check_may_observe(state: str) -> None:
    if state not in WITHOUT_RESULT:
        raise Refused("state", _("Observations are added after the start and before the conclusion."))


def overdue(ends: date | None, state: str, today: date) -> Overdue:
    """Past its end without a result: what a facilitator asks about first."""
    if state not in WITHOUT_RESULT or ends is None or today <= ends:
        return Overdue.NO
    return Overdue.LONG if today > ends + LONG_AFTER else Overdue.YES


def drawing() -> str:
    """The table of moves as a Mermaid state diagram, for the documentation."""
    lines = [f"    {state} --> {to}" for state, moves in MOVES.items() for to in sorted(moves)]
    return "\n".join(["stateDiagram-v2", "    [*] --> idea", *lines]) + "\n"
