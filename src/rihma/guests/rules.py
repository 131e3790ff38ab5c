"""Who may come in by a link, and how its secrets look."""

import unicodedata
from datetime import datetime, timedelta
from typing import Protocol

from django.utils.translation import gettext as _

from rihma.base.refused import Refused

# Read aloud in a room and typed on a phone: no vowels, nothing that looks or sounds like something else.
SIGNS = "23456789BCDFGHJKMNPQRSTVWXZ"
CODE_SIGNS = 10
LONGEST_NAME = 60
MOST_GUESTS = 500
LONGEST_LIFE = timedelta(days=60)
# With 27^10 codes, this many tries find one in some millions of years.
WRONG_CODES = 20
WRONG_WITHIN = timedelta(minutes=10)


class Door(Protocol):
    """What of a link decides who may come in."""

    ends_at: datetime
    closed_at: datetime | None
    revoked_at: datetime | None
    most: int


def state_of(link: Door, now: datetime) -> str:
    """`open`, `closed` (nobody new, those inside stay), `revoked` or `ended` (all out)."""
    if link.revoked_at:
        return "revoked"
    if link.ends_at <= now:
        return "ended"
    return "closed" if link.closed_at else "open"


def check_may_come(link: Door | None, *, inside: int, now: datetime) -> None:
    state = state_of(link, now) if link else "unknown"
    if state == "unknown":
        raise unknown()
    if state == "ended":
        raise Refused("ended", _("This link has ended. Ask whoever gave it to you for a new one."))
    if state in ("closed", "revoked"):
        raise Refused("closed", _("This link lets nobody new in any more. Ask whoever gave it to you."))
    if link and inside >= link.most:
        raise Refused("full", _("As many have come by this link as it lets in. Ask whoever gave it to you."))


def unknown() -> Refused:
    return Refused("unknown", _("There is no such link. Check the code, or ask whoever gave it to you."), "code")


def check_ends(ends_at: datetime, now: datetime) -> None:
    if ends_at <= now:
        raise Refused("invalid", _("The link must end in the future."), "ends_at")
    if ends_at > now + LONGEST_LIFE:
        raise Refused("invalid", _("A link lives for 60 days at most. Make a new one then."), "ends_at")


def check_tries(wrong: int) -> None:
    if wrong >= WRONG_CODES:
        raise Refused("too_often", _("The code was wrong too many times. Wait ten minutes and try again."), "code")


def tidy_code(typed: str) -> str:
    """As it was given, whatever spaces, dashes or small letters it was typed with."""
    return "".join(sign for sign in typed.upper() if sign in SIGNS)


def tidy_name(typed: str) -> str:
    """A name in any script, without what would break a line or hide in one."""
    kept = "".join(" " if sign.isspace() else sign for sign in typed if unicodedata.category(sign) not in ("Cc", "Cs"))
    return " ".join(kept.split())[:LONGEST_NAME]


def spoken(code: str) -> str:
    """In groups that can be read aloud: ABC-DEFG-HJK."""
    return f"{code[:3]}-{code[3:7]}-{code[7:]}"
