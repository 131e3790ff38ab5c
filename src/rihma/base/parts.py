"""Values that the parts of a page are drawn from (`templatetags/rihma.py`); anything with the same names will do."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    type Text = str | _StrPromise


@dataclass(frozen=True)
class Node:
    """One knot on a thread: a stage of a team, a day of a programme."""

    title: "Text"
    state: Literal["done", "now", "ahead", "stopped"] = "ahead"
    note: "Text" = ""
    url: str = ""
    when: date | None = None


@dataclass(frozen=True)
class Check:
    """One rule beside a form, and what it still waits for."""

    title: "Text"
    state: Literal["met", "not_yet", "unclear"]
    missing: "Text" = ""


@dataclass(frozen=True)
class Option:
    """A way to see a list: a filter chip or a tab. `count` is how many there are behind it."""

    title: "Text"
    url: str
    active: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Status:
    """How something stands, always as a sign, a word and a colour together."""

    word: "Text"
    colour: str = "neutral"
    # A Lucide icon, or one of the three signs of a rule: full, half, hollow.
    sign: str = "circle-small"


NODE_WORDS: dict[str, "Text"] = {
    "done": pgettext_lazy("stage", "done"),
    "now": pgettext_lazy("stage", "now"),
    "ahead": pgettext_lazy("stage", "ahead"),
    "stopped": pgettext_lazy("stage", "stopped"),
}

STATUSES = {
    "draft": Status(_("Draft"), "neutral", "pencil-line"),
    "saved": Status(_("Saved"), "neutral", "check"),
    "submitted": Status(_("Submitted"), "info", "send"),
    "late": Status(_("Late"), "warning", "clock-alert"),
    "withdrawn": Status(_("Withdrawn"), "neutral", "undo-2"),
    "accepted": Status(_("Accepted"), "success", "check"),
    "reserve": Status(_("Reserve place"), "warning", "hourglass"),
    "declined": Status(_("Not accepted"), "neutral", "minus"),
    "open": Status(pgettext_lazy("state", "Open"), "success", "door-open"),
    "closed": Status(_("Closed"), "neutral", "door-closed"),
    "upcoming": Status(_("Coming"), "info", "calendar"),
    "running": Status(_("Running"), "info", "play"),
    "planned": Status(_("Planned"), "neutral", "calendar"),
    "ended": Status(_("Ended"), "neutral", "flag"),
    "overdue": Status(_("Overdue"), "warning", "clock-alert"),
    "locked": Status(_("Locked"), "info", "lock"),
    "published": Status(_("Published"), "success", "globe"),
    "unpublished": Status(_("Not published"), "neutral", "eye-off"),
    "met": Status(_("Met"), "success", "full"),
    "not_met": Status(_("Not met"), "danger", "x"),
    "cannot_say": Status(_("Cannot say"), "warning", "half"),
    "not_yet": Status(_("Not yet"), "neutral", "hollow"),
    "unclear": Status(_("Unclear"), "warning", "half"),
    "invited": Status(_("Invited"), "neutral", "mail"),
    "confirmed": Status(_("Confirmed"), "success", "check"),
    "in_room": Status(_("In the room"), "success", "map-pin"),
    "remote": Status(_("Remotely"), "info", "video"),
    "not_coming": Status(_("Cannot come"), "neutral", "minus"),
    "moved": Status(_("Moved"), "warning", "calendar-sync"),
    "cancelled": Status(_("Cancelled"), "danger", "x"),
    "adopted": Status(_("Taken into use"), "success", "sprout"),
    "continued": Status(_("Continues"), "info", "arrow-right"),
    "stopped": Status(_("Stopped"), "neutral", "square"),
    "waiting": Status(_("Waits for you"), "accent", "hand"),
    "public": Status(_("Public"), "success", "globe"),
    "private": Status(_("Private"), "neutral", "lock"),
}

SIGNS = ("full", "half", "hollow")
TINTS = ("moss", "sky", "lichen", "rose", "lilac", "sand", "teal", "stone")
# Drawn in a square of 24, so that any of them stands for a sector on a map, a canvas or a list.
SHAPES = {
    "circle": '<circle cx="12" cy="12" r="10"/>',
    "square": '<rect x="3" y="3" width="18" height="18" rx="1.5"/>',
    "diamond": '<path d="M12 1.2 22.8 12 12 22.8 1.2 12Z"/>',
    "hexagon": '<path d="M12 1.5 21.1 6.75v10.5L12 22.5 2.9 17.25V6.75Z"/>',
    "triangle": '<path d="M12 2.2 23 21.3H1Z"/>',
    "pentagon": '<path d="M12 1.8 22.5 9.4 18.5 21.7h-13L1.5 9.4Z"/>',
    "star": '<path d="m12 1.4 3 7.1 7.7.6-5.9 5 1.8 7.5-6.6-4-6.6 4 1.8-7.5-5.9-5 7.7-.6Z"/>',
    "ring": '<path fill-rule="evenodd" d="M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20Zm0 5a5 5 0 1 0 0 10 5 5 0 0 0 0-10Z"/>',
}
