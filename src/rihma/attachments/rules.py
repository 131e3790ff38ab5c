"""What may be attached to a canvas, and what is said about what may not."""

from django.utils.translation import gettext as _

from rihma.base.files.kinds import KINDS, accepted, check_takes, is_shown
from rihma.base.refused import Refused

MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 50
LONGEST_ALT = 300
GROUPS = ("picture", "pdf")
TYPES = {kind: KINDS[kind].type for kind in ("jpeg", "png", "webp", "pdf")}
SIZES = ("small", "whole", "download")
ACCEPT = accepted(GROUPS)


def check_content(content: bytes) -> str:
    """The kind of a file that is worth looking into."""
    return check_takes(content, GROUPS, most=MOST_BYTES)


def check_room(count: int) -> None:
    if count >= MOST_FILES:
        raise Refused(
            "full", _("This canvas holds as many files as it can (%(most)s). Remove one first.") % {"most": MOST_FILES}
        )


def check_place(*, known: bool) -> None:
    if not known:
        raise Refused("invalid", _("That place is no longer on the canvas. Choose another."), "place")


def check_may_remove(*, may: bool) -> None:
    if not may:
        raise Refused("forbidden", _("Only who added the file, or who runs the programme, can remove it."))


def tidy_alt(alt: str) -> str:
    return " ".join("".join(" " if sign.isspace() else sign for sign in alt if is_shown(sign)).split())[:LONGEST_ALT]
