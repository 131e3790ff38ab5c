"""Which moves a team's place and a member's may make."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from rihma.base.refused import Refused

MOVES: dict[str, set[str]] = {
    "forming": {"admitted", "reserve", "declined", "left", "merged", "continued"},
    "reserve": {"admitted", "declined", "left", "continued"},
    "declined": {"admitted", "reserve"},
    "continued": {"left"},
    "admitted": {"left"},
    "left": set(),
    "merged": set(),
}


def check_may_move(state: str, to: str) -> None:
    if to not in MOVES[state]:
        raise Refused("state", _("The team's place has changed meanwhile. Look at it again."))


def check_may_invite(members: Iterable[str], email: str) -> None:
    """`members`: addresses of those who are in the team or invited."""
    if email in set(members):
        raise Refused("known", _("This person is in the team or invited already."), "email")


def check_may_answer(state: str) -> None:
    if state != "invited":
        raise Refused("answered", _("This invitation has been answered already."))


def check_may_name(*, known: bool) -> None:
    if known:
        raise Refused("known", _("This organisation is in the team or asked already."), "organisation")


def check_may_take_back(state: str) -> None:
    if state not in {"invited", "confirmed"}:
        raise Refused("state", _("This organisation is not in the team any more."))


def check_may_leave(role: str, state: str) -> None:
    if state != "confirmed":
        raise Refused("state", _("You are not in this team."))
    if role == "convener":
        raise Refused("convener", _("The convener cannot leave before somebody else is the convener."))
