"""Values that the parts of a page are drawn from (`templatetags/rihma.py`); anything with the same names will do."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from django.utils.safestring import SafeString
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
    state: Literal["met", "not_yet", "too_many", "unclear", "excepted"]
    missing: "Text" = ""
    because: "Text" = ""
    excepted: "Text" = ""
    is_wish: bool = False


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
    # A Lucide icon, or one of SIGNS, so that a rule looks the same in a badge, a list and a table.
    sign: str = "circle-small"


NODE_WORDS: dict[str, "Text"] = {
    "done": pgettext_lazy("stage", "done"),
    "now": pgettext_lazy("stage", "now"),
    "ahead": pgettext_lazy("stage", "ahead"),
    "stopped": pgettext_lazy("stage", "stopped"),
}

STATUSES = {
    "draft": Status(pgettext_lazy("status", "Draft"), "neutral", "pencil-line"),
    "saved": Status(pgettext_lazy("status", "Saved"), "neutral", "check"),
    "submitted": Status(pgettext_lazy("status", "Submitted"), "info", "send"),
    "late": Status(pgettext_lazy("status", "Late"), "warning", "clock-alert"),
    "withdrawn": Status(pgettext_lazy("status", "Withdrawn"), "neutral", "undo-2"),
    "merged": Status(pgettext_lazy("status", "Merged with another"), "neutral", "merge"),
    "proposed": Status(pgettext_lazy("status", "Proposed"), "info", "hand"),
    "agreed": Status(pgettext_lazy("status", "Agreed"), "success", "check"),
    "taken_back": Status(pgettext_lazy("status", "Taken back"), "neutral", "undo-2"),
    "accepted": Status(pgettext_lazy("status", "Accepted"), "success", "check"),
    "goes_on": Status(pgettext_lazy("status", "Goes on"), "success", "arrow-right"),
    "reserve": Status(pgettext_lazy("status", "Reserve place"), "warning", "hourglass"),
    "declined": Status(pgettext_lazy("status", "Not accepted"), "neutral", "minus"),
    "open": Status(pgettext_lazy("status", "Open"), "success", "door-open"),
    "closed": Status(pgettext_lazy("status", "Closed"), "neutral", "door-closed"),
    "upcoming": Status(pgettext_lazy("status", "Coming"), "info", "calendar"),
    "running": Status(pgettext_lazy("status", "Running"), "info", "play"),
    "planned": Status(pgettext_lazy("status", "Planned"), "neutral", "calendar"),
    "ended": Status(pgettext_lazy("status", "Ended"), "neutral", "flag"),
    "overdue": Status(pgettext_lazy("status", "Overdue"), "warning", "clock-alert"),
    "locked": Status(pgettext_lazy("status", "Locked"), "info", "lock"),
    "published": Status(pgettext_lazy("status", "Published"), "success", "globe"),
    "unpublished": Status(pgettext_lazy("status", "Not published"), "neutral", "eye-off"),
    "met": Status(pgettext_lazy("status", "Met"), "success", "full"),
    "not_met": Status(pgettext_lazy("status", "Not met"), "danger", "x"),
    "cannot_say": Status(pgettext_lazy("status", "Cannot say"), "warning", "half"),
    "not_yet": Status(pgettext_lazy("status", "Not yet"), "neutral", "hollow"),
    "too_many": Status(pgettext_lazy("status", "Too many"), "danger", "x"),
    "unclear": Status(pgettext_lazy("status", "Unclear"), "warning", "half"),
    "excepted": Status(pgettext_lazy("status", "Exception granted"), "success", "half"),
    "invited": Status(pgettext_lazy("status", "Invited"), "neutral", "mail"),
    "confirmed": Status(pgettext_lazy("status", "Confirmed"), "success", "check"),
    "in_room": Status(pgettext_lazy("status", "In the room"), "success", "map-pin"),
    "remote": Status(pgettext_lazy("status", "Remotely"), "info", "video"),
    "not_coming": Status(pgettext_lazy("status", "Cannot come"), "neutral", "minus"),
    "moved": Status(pgettext_lazy("status", "Moved"), "warning", "calendar-sync"),
    "cancelled": Status(pgettext_lazy("status", "Cancelled"), "danger", "x"),
    "adopted": Status(pgettext_lazy("status", "Taken into use"), "success", "sprout"),
    "continued": Status(pgettext_lazy("status", "Continues"), "info", "arrow-right"),
    "stopped": Status(pgettext_lazy("status", "Stopped"), "neutral", "square"),
    "waiting": Status(pgettext_lazy("status", "Waits for you"), "accent", "hand"),
    "public": Status(pgettext_lazy("status", "Public"), "success", "globe"),
    "private": Status(pgettext_lazy("status", "Private"), "neutral", "lock"),
}

SIGNS = ("full", "half", "hollow")
TINTS = ("moss", "sky", "lichen", "rose", "lilac", "sand", "teal", "stone")
# Drawn in a square of 24, so that any of them stands for a sector on a map, a canvas or a list.
SHAPES = {
    "circle": SafeString('<circle cx="12" cy="12" r="10"/>'),
    "square": SafeString('<rect x="3" y="3" width="18" height="18" rx="1.5"/>'),
    "diamond": SafeString('<path d="M12 1.2 22.8 12 12 22.8 1.2 12Z"/>'),
    "hexagon": SafeString('<path d="M12 1.5 21.1 6.75v10.5L12 22.5 2.9 17.25V6.75Z"/>'),
    "triangle": SafeString('<path d="M12 2.2 23 21.3H1Z"/>'),
    "pentagon": SafeString('<path d="M12 1.8 22.5 9.4 18.5 21.7h-13L1.5 9.4Z"/>'),
    "star": SafeString('<path d="m12 1.4 3 7.1 7.7.6-5.9 5 1.8 7.5-6.6-4-6.6 4 1.8-7.5-5.9-5 7.7-.6Z"/>'),
    "ring": SafeString(
        '<path fill-rule="evenodd" d="M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20Zm0 5a5 5 0 1 0 0 10 5 5 0 0 0 0-10Z"/>'
    ),
}
