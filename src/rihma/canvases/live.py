"""What the page gives its live part: the kind in the reader's language, words to say, and one empty item of each sort.

The markup of an item stands in the templates only, so the script copies what the server drew with nothing in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.middleware.csrf import get_token
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from rihma.actors.models import Organisation
from rihma.canvases import doers, rules
from rihma.canvases.access import WhoRequest
from rihma.canvases.kinds import Choice, Field, ItemKind, Kind, Scale, YesNo, Zone
from rihma.canvases.models import Canvas, Item
from rihma.canvases.shown import WITHHELD, Board, Column, Place, Shown

# Where the script puts the id of the item.
BLANK = UUID(int=0)
MANY = 2


@dataclass(frozen=True)
class Blank:
    """An item with nothing in it, as it looks in one zone."""

    shown: Shown
    column: Column


def live_of(request: WhoRequest, canvas: Canvas, board: Board, view: str, *, can_change: bool) -> dict[str, Any]:
    """Nothing where the kind is unknown: such a canvas can only be read."""
    if board.kind is None:
        return {}
    return {
        "blanks": list(_blanks(board, board.kind)),
        "actor_kinds": Organisation.Kind.choices if board.kind.has_actors else [],
        "facts": {
            "canvas": str(canvas.pk),
            "blank": str(BLANK),
            "me": doers.name_of(request.who),
            "token": get_token(request),
            "ticket": f"/api/v1/canvases/{canvas.pk}/ticket",
            "canWrite": can_change,
            "view": view,
            "layout": board.kind.layout if view != "list" else "list",
            "language": get_language() or settings.LANGUAGE_CODE,
            "languages": dict(settings.LANGUAGES),
            "kind": _kind(board.kind),
            "words": _words(),
            "refusals": _refusals(),
        },
    }


def _blanks(board: Board, kind: Kind) -> Iterator[Blank]:
    """One of an actor has no sign of a sector: which it is in only the server knows, and draws it soon after."""
    for column in board.columns:
        for item_kind in (kind.items_by_key[key] for key in column.zone.admits):
            yield Blank(_blank(board, kind, item_kind, column.zone), column)


def _blank(board: Board, kind: Kind, item_kind: ItemKind, zone: Zone) -> Shown:
    item = Item(pk=BLANK, canvas=board.canvas, kind=item_kind.key, zone=zone.key, lang=get_language() or "")
    places = [Place(field, field.default, "") for field in item_kind.fields if field.key in kind.places]
    return Shown(item, 0, zone, item_kind, tuple(places), (), badges=board.worn.get(BLANK, ""))


def _kind(kind: Kind) -> dict[str, Any]:
    plane = kind.plane
    axes = (plane.x, plane.y) if plane else ()
    return {
        "zones": {
            zone.key: {
                "name": str(zone.name),
                "admits": zone.admits,
                "most": zone.most,
                "turns": [*([zone.fits + 1] if zone.fits else []), zone.most],
            }
            for zone in kind.zones
        },
        "items": {item.key: _item_kind(item) for item in kind.items},
        "places": sorted(kind.places),
        "axes": [{"field": axis.field, "falling": axis.falling} for axis in axes],
    }


def _item_kind(item_kind: ItemKind) -> dict[str, Any]:
    return {
        "name": str(item_kind.name),
        "prompt": str(item_kind.prompt),
        "actor": item_kind.identity is not None,
        "needed": item_kind.needed,
        "fields": [{"key": field.key, "name": str(field.name)} | _said(field) for field in item_kind.fields],
    }


def _said(field: Field) -> dict[str, Any]:
    """How the field's values are said; null where only the server can say it."""
    said: dict[str, Any] = {"start": field.default, "type": field.type}
    match field:
        case Scale():
            return said | {"steps": [[step.at, str(step.name)] for step in field.steps]}
        case Choice():
            return said | {"words": {key: str(name) for key, name in field.words.items()}}
        case YesNo():
            return said | {"words": {"true": str(field.yes), "false": str(field.no)}}
    return said


def _words() -> dict[str, str]:
    """`{n}`, `{name}` and `{text}` are filled in by the script."""
    return {
        "saved": _("Saved"),
        "saving": _("Saving…"),
        "offline": ngettext("Offline, {n} change kept on this device", "Offline, {n} changes kept on this device", 1),
        "offlineMany": ngettext(
            "Offline, {n} change kept on this device", "Offline, {n} changes kept on this device", MANY
        ),
        "offlineNone": _("Offline. You can go on: changes are kept on this device"),
        "unkept": _("Not kept: copy your text"),
        "items": ngettext("{n} item", "{n} items", 1),
        "itemsMany": ngettext("{n} item", "{n} items", MANY),
        "guest": _("guest"),
        "you": _("you"),
        "somebody": _("Somebody"),
        "writes": _("{name} is writing here"),
        "added": _("{name} added: {text}"),
        "changed": _("{name} changed: {text}"),
        "moved": _("{name} moved: {text}"),
        "removed": _("{name} removed: {text}"),
        "movedTo": _("Moved to “{zone}”: {text}"),
        "movedHere": _("Moved: {text}"),
        "takenOut": _("Removed: {text}. Ctrl+Z brings it back."),
        "restored": _("{name} brought back: {text}"),
        "several": _("{n} changes by others: {name}"),
        "undone": _("Taken back."),
        "redone": _("Done again."),
        "nothing": _("There is nothing to take back."),
        "found": _("{n} found"),
        "copied": _("Copied."),
        "withheld": str(WITHHELD),
        "gone": _("Somebody removed this item. Your text is kept in the list of removed items."),
        "forbidden": str(rules.NO_LONGER_YOURS),
        "reload": _("This page is older than the server. Load it again: what you wrote is kept on this device."),
        "crowded": _("This canvas is open in too many windows. Close some of them."),
        "signed-out": _("You have been signed out. Sign in on another tab: what you wrote is kept on this device."),
        "frozen": _("The canvas was frozen just now: it can only be read."),
        "opened": _("The canvas can be changed again."),
    }


def _refusals() -> dict[str, str]:
    return {
        "forbidden": str(rules.NO_LONGER_YOURS),
        "closed": _("The canvas is frozen, so this was not saved."),
        "full": _("There is no room for this. Remove something first."),
        "stale": _("Somebody was faster, so this was not saved."),
        "invalid": _("This was not saved, because the canvas does not take it as it is."),
        "large": _("This text is far too long (at most 4000 characters), so it was not saved."),
    }
