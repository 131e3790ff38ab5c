"""Who may say what about an item, and whom a comment names."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from rihma.base.refused import Refused

LONGEST_TEXT = 4000
MOST_COMMENTS = 500
MOST_TOLD = 30
MAY_EDIT_FOR = timedelta(minutes=15)
# Nobody knows a guest, so one device says no more than a busy person would.
GUEST_COMMENTS = 20
GUEST_WITHIN = timedelta(minutes=10)

MOVES: Mapping[str, frozenset[str]] = {"open": frozenset({"resolved"}), "resolved": frozenset({"open"})}

# What no database or page should hold: controls that are neither a line end nor a tab.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def tidy(text: str) -> str:
    """As typed, with one kind of line end."""
    return UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def check_may_talk(*, may: bool) -> None:
    if not may:
        raise Refused("forbidden", _("You may only read here. Your text is still on the page: copy it."))


def check_item(*, removed: bool, hidden: bool) -> None:
    """A frozen canvas is no reason to be silent: what is written there is fixed, and it is then that people look at it."""
    if hidden:
        raise Refused("closed", _("This item is hidden until somebody has looked at it. Comments wait so long."))
    if removed:
        raise Refused("closed", _("This item has been removed. What was said stays; nothing can be added."))


def check_text(text: str) -> None:
    if not text:
        raise Refused("invalid", _("Write something first."), "text")
    if len(text) > LONGEST_TEXT:
        message = _("The text is too long: %(length)s characters, at most %(most)s.")
        raise Refused("invalid", message % {"length": len(text), "most": LONGEST_TEXT}, "text")


def check_room(count: int) -> None:
    if count >= MOST_COMMENTS:
        raise Refused("full", _("An item takes at most %(most)s comments.") % {"most": MOST_COMMENTS})


def check_pace(lately: int) -> None:
    """`lately`: what the same guest wrote within the last minutes."""
    if lately >= GUEST_COMMENTS:
        raise Refused("too_often", _("That was a lot at once. Wait ten minutes; your text stays on the page."))


def check_told(told: Collection[UUID], reached: Collection[UUID], *, is_guest: bool) -> None:
    """`told`: those chosen by name. Whoever cannot see the canvas would get a link that leads nowhere."""
    if told and is_guest:
        raise Refused("forbidden", _("Guests send no mail: say it in the room, or sign in."), "told")
    if any(pk not in reached for pk in told):
        raise Refused("invalid", _("Only those who can see this canvas can be told."), "told")


def check_most_told(count: int) -> None:
    if count > MOST_TOLD:
        raise Refused("invalid", _("Tell at most %(most)s people at once.") % {"most": MOST_TOLD}, "told")


def check_thread(*, is_first: bool, is_of_item: bool) -> None:
    if not is_of_item or not is_first:
        raise Refused("invalid", _("There is no such thread on this item."))


def may_edit(*, is_own: bool, made_at: datetime, now: datetime) -> bool:
    return is_own and now - made_at <= MAY_EDIT_FOR


def check_may_edit(*, is_own: bool, removed: bool, hidden: bool, made_at: datetime, now: datetime) -> None:
    if removed:
        raise Refused("stale", _("This comment has been removed."))
    if hidden:
        raise Refused("closed", _("This comment is hidden until somebody has looked at it."))
    if not is_own:
        raise Refused("forbidden", _("Only whoever wrote a comment changes it."))
    if not may_edit(is_own=True, made_at=made_at, now=now):
        raise Refused(
            "closed", _("A comment can be changed for 15 minutes, so that answers keep their sense. Write a new one.")
        )


def check_may_remove(*, is_own: bool, runs: bool) -> None:
    if not (is_own or runs):
        raise Refused("forbidden", _("Only whoever wrote a comment or runs the programme removes it."))


def check_may_move(state: str, to: str, *, is_first: bool) -> None:
    check_thread(is_first=is_first, is_of_item=True)
    if to not in MOVES[state]:
        raise Refused("stale", _("Somebody was faster: the thread is already in that state."))


def named_in(text: str, people: Mapping[UUID, str]) -> set[UUID]:
    """Whose names stand behind an @ in the text; where two share a name, both."""
    found = {name.casefold() for name in names_in(text, people.values())}
    return {pk for pk, name in people.items() if name.casefold() in found}


def names_in(text: str, names: Iterable[str]) -> list[str]:
    pattern = mention_of(names)
    return [hit[1:] for hit in pattern.findall(text)] if pattern else []


def mention_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """The longest name first, so that Aino Virtanen is not taken for Aino."""
    ordered = sorted({name for name in names if name}, key=len, reverse=True)
    if not ordered:
        return None
    return re.compile(rf"(?<![\w@])@(?:{'|'.join(map(re.escape, ordered))})(?!\w)", re.IGNORECASE)
