import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import unquote

from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rihma.base.refused import Refused

# No vowels, so that no code is a word, and nothing that looks like something else in a mail.
LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"
LENGTH = 6
GOOD_FOR = timedelta(minutes=15)
TRIES = 5
DOUBLE_CLICK = timedelta(seconds=30)

STALE = {
    "used": gettext_lazy("This code has been used already. Ask for a new one."),
    "expired": gettext_lazy("This code is too old. Ask for a new one."),
    "tried_out": gettext_lazy("The code was wrong five times. Ask for a new one."),
}


@dataclass(frozen=True)
class Limit:
    most: int
    within: timedelta


CODES_TO_AN_ADDRESS = (Limit(5, timedelta(minutes=1)), Limit(20, timedelta(hours=1)))
# A room of 200 people has one network address. Codes that were entered do not count.
UNUSED_CODES_TO_A_PLACE = (Limit(300, timedelta(hours=1)),)
WRONG_CODES_FROM_A_PLACE = (Limit(20, timedelta(minutes=1)),)
LIMITS = CODES_TO_AN_ADDRESS + UNUSED_CODES_TO_A_PLACE + WRONG_CODES_FROM_A_PLACE
LONG_IN_SECONDS = 90
LONGEST = max(limit.within for limit in LIMITS)
MOST = max(limit.most for limit in LIMITS)


class TooOften(Refused):
    """`wait`: whole seconds until it may be tried again."""

    def __init__(self, message: str, wait: int) -> None:
        super().__init__("too_often", message)
        self.wait = wait


def check_not_too_often(times: Sequence[datetime], limits: Sequence[Limit], now: datetime) -> None:
    """`times`: when it was done before, the latest first."""
    frees = [times[limit.most - 1] + limit.within for limit in limits if len(times) >= limit.most]
    wait = max((free - now for free in frees), default=timedelta())
    if wait > timedelta():
        seconds = int(wait.total_seconds()) + 1
        raise TooOften(_("This was tried too many times. You can try again %s.") % _as_words(seconds), seconds)


def _as_words(seconds: int) -> str:
    if seconds <= LONG_IN_SECONDS:
        return ngettext("in %d second", "in %d seconds", seconds) % seconds
    minutes = -(-seconds // 60)
    return ngettext("in %d minute", "in %d minutes", minutes) % minutes


def check_still_good(*, asked_at: datetime, tries: int, used: bool, now: datetime) -> None:
    if used:
        raise refused_as("used")
    if now - asked_at > GOOD_FOR:
        raise refused_as("expired")
    if tries >= TRIES:
        raise refused_as("tried_out")


def check_right(*, right: bool, tries: int) -> None:
    """`tries`: with this one."""
    left = TRIES - tries
    if not right and left <= 0:
        raise refused_as("tried_out")
    if not right:
        words = ngettext(
            "That is not the code in the mail. You can try %d more time.",
            "That is not the code in the mail. You can try %d more times.",
            left,
        )
        raise Refused("wrong", words % left, "code")


def refused_as(stale: str) -> Refused:
    return Refused(stale, STALE[stale])


def check_name(name: str) -> None:
    if not any(character.isalnum() for character in name):
        raise Refused("no_name", _("Write your name as others know you."), "name")


def tidy_name(name: str) -> str:
    """Any script stays; what would turn the text around it the other way does not."""
    turning = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    kept = (" " if c.isspace() else c for c in name if unicodedata.bidirectional(c) not in turning)
    return " ".join("".join(c for c in kept if unicodedata.category(c) != "Cc").split())


def tidy_email(email: str) -> str:
    """One spelling an address: people type capitals, spaces and a full-width @, and the address still is the same."""
    plain = unicodedata.normalize("NFKC", email)
    return "".join(c for c in plain if not c.isspace() and unicodedata.category(c) not in {"Cc", "Cf"}).lower()


def tidy_code(typed: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", typed).upper() if c.isalnum())


def own_path(target: str) -> str:
    """The target if it can only be a page of ours, else nothing. Decoded too: what comes later may decode once more."""
    path = target.partition("?")[0]
    ours = target.startswith("/") and all(
        url_has_allowed_host_and_scheme(form, None) and form.isprintable() for form in (target, unquote(path))
    )
    return target if ours else ""
