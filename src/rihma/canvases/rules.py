"""What may stand on a canvas, and what becomes of a text that two people wrote at once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID, uuid5

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from rihma.base.refused import Refused
from rihma.canvases import kinds, marks, order
from rihma.canvases.kinds import Field, ItemKind, Kind, Zone
from rihma.canvases.merge import merge3
from rihma.canvases.types import Alternative, Payload, Proposed, State

LONGEST_TEXT = 4000
MOST_ITEMS = 5000
LONGEST_CLIENT_ID = 64
MOST_SNAPSHOTS = 100
MOVES: Mapping[str, frozenset[str]] = {"open": frozenset({"frozen"}), "frozen": frozenset({"open"})}
SAYS: Mapping[str, frozenset[str]] = {
    "add": frozenset({"kind", "zone", "order", "text", "lang", "fields"}) | marks.WITH_ADD,
    "set": frozenset({"text", "lang", "fields", "settles"}),
    "move": frozenset({"zone", "order", "fields"}),
    "mark": marks.SAYS,
    "remove": frozenset({"same_as"}),
    "restore": frozenset(),
    "hide": frozenset(),
    "show": frozenset(),
    # what is left of it, where only some of those who wrote in it are erased
    "erase": frozenset({"text", "lang", "fields"}),
}
# Somebody flags, somebody else decides: these come by actions that know who may, over no wire, on a frozen canvas too.
OF_ACTIONS = frozenset({"hide", "show", "erase"})
# An item that was hidden waits for them.
WAIT = frozenset({"set", "mark", "restore", "hide"})
LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)
# The same few keys are asked for again and again.
is_key = lru_cache(maxsize=10_000)(order.is_key)
# Databases refuse NUL, encoders half a surrogate pair; the other control characters are never typed.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

NO_SUCH_ITEM = _("There is no such item on this canvas.")
FOLDED = _("That moment is older than what the history keeps. Choose a later one.")
ENOUGH_SNAPSHOTS = _("A canvas takes at most 100 moments with a name.")
HIDDEN = _("This item is hidden until somebody who runs the programme has looked at it.")
ERASED_SINCE = _(
    "Words were erased here meanwhile, so your text was not saved. Copy it, and write it anew without them."
)
ERASED = _("What stood here was erased. It cannot be brought back.")
UNREADABLE = _("This item cannot be shown, so it cannot be changed here.")
CANNOT_UNDO = _("This can no longer be undone here. The history shows how it was.")
NO_LONGER_YOURS = _("You can no longer write on this canvas. Copy what you wrote before you leave the page.")
WRONG: Mapping[type[Field], Promise] = {
    kinds.Scale: _("Choose a value from 0 to 100."),
    kinds.Choice: _("Choose one of the words given."),
    kinds.Number: _("Write a number."),
    kinds.Text: _("Write at most 200 characters on one line."),
    kinds.Day: _("Write a day."),
    kinds.YesNo: _("Choose yes or no."),
    kinds.ActorField: _("Choose an actor."),
}
ID_IN_USE = _("This id was used for something else. Send it again with a new one.")


def check_may_move(state: str, to: str) -> None:
    if to not in MOVES[state]:
        raise Refused("stale", _("The canvas is already in that state."))


def check_open(state: str) -> None:
    if state != "open":
        raise Refused(
            "closed", _("The canvas is frozen. What you wrote was not saved: copy it, and ask the facilitator.")
        )


def check_room(live: int) -> None:
    if live >= MOST_ITEMS:
        raise Refused("full", _("The canvas is full (%(most)s items). Remove something first.") % {"most": MOST_ITEMS})


def check_zone_room(zone: Zone, live: int) -> None:
    """`live` items stand in the zone already."""
    if live >= zone.most:
        words = ngettext(
            "“%(zone)s” takes %(most)s item. Change or remove the one that is there.",
            "“%(zone)s” takes at most %(most)s items. Remove something there first.",
            zone.most,
        )
        raise Refused("full", words % {"zone": zone.name, "most": zone.most}, "zone")


def check_used(kind: str, used: Sequence[str]) -> None:
    """`used`: the kinds that the programme works with."""
    if kind not in used:
        raise _invalid(_("This programme does not use that canvas."))


def check_known(kind: Kind | None) -> Kind:
    if kind is None:
        raise _invalid(_("This Rihma does not know canvases of this kind, so it can only be read."))
    return kind


def check(kind: Kind, state: State | None, proposed: Proposed) -> None:
    """Shape and meaning of one operation against the item it speaks of (None before `add`)."""
    said = proposed.payload
    _check_form(proposed)
    item_kind: ItemKind | None
    if proposed.verb == "add":
        item_kind = _check_add(kind, state, said)
    elif state is None:
        raise _invalid(NO_SUCH_ITEM)
    else:
        _check_reached(state, proposed)
        if proposed.verb not in ("set", "move"):
            marks.check(state, said, LANGUAGES, LONGEST_TEXT)
            return
        if not is_readable(kind, state):
            raise _invalid(UNREADABLE)
        item_kind = kind.item(kinds.upgraded(kind, state).kind)
    _check_said(kind, item_kind, said)
    if "fields" in said:
        _check_fields(kind, item_kind, proposed)
    if "settles" in said:
        _check_settles(state, said)


def _check_reached(state: State, proposed: Proposed) -> None:
    if "erased" in state.marks:
        raise _invalid(ERASED)
    if proposed.verb in WAIT:
        check_shown(state)
    if proposed.verb == "set" and "text" in proposed.payload and (proposed.base or 0) < state.marks.get("left", 0):
        raise Refused("stale", ERASED_SINCE)


def check_shown(state: State) -> None:
    if state.hidden:
        raise Refused("closed", HIDDEN)


def _check_said(kind: Kind, item_kind: ItemKind | None, said: Payload) -> None:
    if "text" in said:
        check_text(said["text"])
    if "lang" in said and said["lang"] not in LANGUAGES:
        raise _invalid(_("Choose Finnish, Swedish or English."), "lang")
    if "zone" in said:
        _check_zone(kind, item_kind, said["zone"])
    if "order" in said and not is_key(said["order"]):
        raise _invalid(_("The place among the neighbours is not readable."))


def _check_form(proposed: Proposed) -> None:
    says = SAYS.get(proposed.verb)
    if says is None or not says.issuperset(proposed.payload):
        raise _invalid(_("An operation of this kind does not exist."))
    if not is_id(proposed.client_id):
        raise _invalid(_("An operation needs an id of at most 64 characters."))
    if proposed.verb == "set" and "text" in proposed.payload and proposed.base is None:
        raise _invalid(_("A changed text says which number it was based on."))


def is_id(client_id: str) -> bool:
    """Whether an operation can be called so, and so be looked for in the log."""
    # most ids are plain, and asking for that costs a tenth of a search
    writable = client_id.isprintable() or not UNWRITABLE.search(client_id)
    return 0 < len(client_id) <= LONGEST_CLIENT_ID and writable


def check_text(text: str) -> None:
    over = len(text) - LONGEST_TEXT
    if over > 0:
        words = ngettext(
            "The text is %(over)s character too long (at most %(most)s).",
            "The text is %(over)s characters too long (at most %(most)s).",
            over,
        )
        raise _invalid(words % {"over": over, "most": LONGEST_TEXT}, "text")


def tidy(said: Payload) -> Payload:
    """The text as typed, without what no database can hold, and with one kind of line end."""
    if "translation" in said:
        translation = said["translation"]
        said = {**said, "translation": {**translation, "text": _tidied(translation["text"])}}
    # most texts are one line of plain signs
    return {**said, "text": _tidied(said["text"])} if "text" in said and not said["text"].isprintable() else said


def _tidied(text: str) -> str:
    return UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def item_of(canvas: UUID, client_id: str) -> UUID:
    """The id of an item added from a page: the same for the same page, however often it is sent."""
    return uuid5(canvas, client_id)


@dataclass(frozen=True)
class Settled:
    """What stands after a new text met the one that was there."""

    text: str
    clash: bool = False


def settle(*, was: str | None, theirs: str, mine: str) -> Settled:
    """`was` is the text that `mine` was based on (None: no longer known); `theirs` has come since.

    Merged by words; where the two truly clash, the later stands and the other is kept as an alternative.
    """
    if theirs in (mine, was) or not theirs.strip():
        return Settled(mine)
    if mine == was:
        return Settled(theirs)
    merged = None if was is None else merge3(was, theirs, mine)
    if merged is None or len(merged) > LONGEST_TEXT:
        return Settled(mine, clash=True)
    return Settled(merged)


def is_readable(kind: Kind, state: State) -> bool:
    """Whether a row can be drawn. `check` lets nothing else in; a row may still come from elsewhere."""
    written = kinds.upgraded(kind, state) if kind.upgrades else state
    item_kind, fields = kind.items_by_key.get(written.kind), written.fields
    if item_kind is None or written.zone not in kind.zones_by_key or not is_key(state.order):
        return False
    if not isinstance(fields, dict) or (state.alternatives and not all(map(_is_alternative, state.alternatives))):
        return False
    for key, field in item_kind.by_key.items():  # noqa: SIM110  # every change asks; a generator costs more than that
        if key in fields and not field.takes(fields[key]):
            return False
    return True


def _is_alternative(other: object) -> bool:
    return isinstance(other, dict) and set(Alternative.__annotations__) <= set(other)


def _check_add(kind: Kind, state: State | None, said: Payload) -> ItemKind:
    if state is not None:
        raise _invalid(_("There already is an item with this id."))
    marks.check(None, said, LANGUAGES, LONGEST_TEXT)
    item_kind = kind.item(said.get("kind", ""))
    if item_kind is None:
        raise _invalid(_("This canvas holds no such items."))
    if not said.get("zone"):
        raise _invalid(_("Choose where it belongs."), "zone")
    fields = said.get("fields", {})
    for key in item_kind.needed:
        if not fields.get(key):
            raise _invalid(WRONG[type(item_kind.by_key[key])], key)
    return item_kind


def _check_zone(kind: Kind, item_kind: ItemKind | None, key: str) -> None:
    zone = kind.zone(key)
    if zone is None:
        raise _invalid(_("This canvas has no such zone."), "zone")
    if item_kind and item_kind.key not in zone.admits:
        words = _("“%(zone)s” does not take things of this kind (%(kind)s).")
        raise _invalid(words % {"zone": zone.name, "kind": item_kind.name}, "zone")


def _check_fields(kind: Kind, item_kind: ItemKind | None, proposed: Proposed) -> None:
    for key, value in proposed.payload["fields"].items():
        field = item_kind.field(key) if item_kind else None
        if field is None:
            raise _invalid(_("An item of this kind has no such field."))
        if proposed.verb != "add" and (key in kind.places) != (proposed.verb == "move"):
            raise _invalid(_("Where an item stands is changed by moving it, everything else by setting it."))
        if not field.takes(value) or (value is None and field.needed):
            raise _invalid(WRONG[type(field)], key)


def _check_settles(state: State | None, said: Payload) -> None:
    if said["settles"] not in [other["seq"] for other in (state.alternatives if state else ())]:
        raise Refused("stale", _("Somebody has already settled which text stands."))


def _invalid(message: object, field: str | None = None) -> Refused:
    return Refused("invalid", str(message), field)
