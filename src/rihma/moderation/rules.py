"""What may be flagged and erased, and what it takes."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rihma.base.refused import Refused

LONGEST_WORDS = 300
# Flagging hides at once, so nobody empties a canvas by it before somebody has looked.
MOST_WAITING = 5
MOVES: Mapping[str, frozenset[str]] = {
    "open": frozenset({"shown", "erased"}),
    "shown": frozenset(),
    "erased": frozenset(),
}


def check_may_flag(*, hidden: bool, gone: bool, waiting: int) -> None:
    if hidden:
        raise Refused("stale", _("Somebody has flagged this already. It is hidden until it has been looked at."))
    if gone:
        raise Refused("stale", _("There is nothing here any more that could be flagged."))
    if waiting >= MOST_WAITING:
        words = ngettext(
            "%(most)s thing that you flagged waits to be looked at. Wait until that is done, or tell the facilitator.",
            "%(most)s things that you flagged wait to be looked at. Wait until that is done, or tell the facilitator.",
            MOST_WAITING,
        )
        raise Refused("too_often", words % {"most": MOST_WAITING})


def check_may_move(state: str, to: str) -> None:
    if to not in MOVES[state]:
        raise Refused("stale", _("Somebody has decided on this already."))


def check_typed(typed: str, wanted: str) -> None:
    """Erasing cannot be taken back, so it is asked for in letters."""
    if " ".join(typed.split()).casefold() != " ".join(wanted.split()).casefold():
        raise Refused(
            "unconfirmed", _("Type “%(wanted)s” to confirm. Nothing was erased.") % {"wanted": wanted}, "typed"
        )


def no_writer() -> Refused:
    return Refused("stale", _("There is nothing of theirs on the canvases any more."), "writer")


def word() -> str:
    """What is typed to erase one item."""
    return _("erase")
