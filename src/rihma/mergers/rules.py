"""When two applications may become one, and who has to agree."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused

MOVES: Mapping[str, set[str]] = {
    "proposed": {"agreed", "declined", "taken_back"},
    "agreed": set(),
    "declined": set(),
    "taken_back": set(),
}


def check_may_propose(states: tuple[str, str], *, same: bool, one_call: bool, busy: bool, announced: bool) -> None:
    """`states` of both applications; `busy`: one of them waits for the answer to another proposal."""
    if same or not one_call:
        raise Refused("same", _("Choose two different applications of this call."), "goes")
    check_may_go_on(states, announced=announced)
    if busy:
        raise Refused("busy", _("One of the two already waits for an answer to a proposal. Take that one back first."))


def check_may_go_on(states: tuple[str, str], *, announced: bool) -> None:
    if announced:
        raise Refused("announced", _("The decisions have been announced, so applications can no longer become one."))
    if states != ("submitted", "submitted"):
        raise Refused("state", _("Both applications have to be submitted, and none of them withdrawn."))


def check_may_move(state: str, to: str) -> None:
    if to not in MOVES[state]:
        raise Refused("answered", _("This proposal has been answered or taken back already."))


def check_may_answer(*, convenes: bool) -> None:
    if not convenes:
        raise Refused("convener", _("Only the conveners of the two teams can answer this."))
