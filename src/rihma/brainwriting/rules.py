"""What may be written alone and where, when a round may move, and in which order its notes come onto the canvas."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused

if TYPE_CHECKING:
    from rihma.canvases.kinds import ItemKind, Kind, Zone

LONGEST_QUESTION = 200
MOST_NOTES = 100
# Pages of a room that writes need not all ask for each note.
TOLD_EACH = 5
# Who wrote them can copy for so long what did not come onto the canvas.
KEPT_FOR = timedelta(days=30)
MOVES: Mapping[str, frozenset[str]] = {
    "open": frozenset({"revealed", "cancelled"}),
    "revealed": frozenset(),
    "cancelled": frozenset(),
}
CHOOSE_LANGUAGE = _("Choose the language of the text.")
CLOSED = {
    "revealed": _(
        "What everybody wrote has been revealed meanwhile, so this was not saved. Your text is still here: "
        "copy it and write it on the canvas itself."
    ),
    "cancelled": _(
        "Writing alone was ended meanwhile, so this was not saved. Your text is still here: "
        "copy it and write it on the canvas itself."
    ),
}


def places_in(kind: "Kind", zones: Collection[str] = ()) -> "Iterator[tuple[Zone, ItemKind]]":
    """Where words alone make an item. An actor is no secret, and what needs more than words waits until all see it."""
    for zone in kind.zones:
        if zones and zone.key not in zones:
            continue
        for item_kind in (kind.items_by_key[key] for key in zone.admits):
            if item_kind.identity is None and not item_kind.needed:
                yield zone, item_kind


def check_may_start(*, is_frozen: bool, is_another_open: bool) -> None:
    if is_frozen:
        raise Refused("closed", _("The canvas is frozen, so nothing new can be written for it. Open it first."))
    if is_another_open:
        raise Refused("stale", _("Everybody is writing alone on this canvas already. Reveal that first, or end it."))


def check_zones(kind: "Kind", zones: Collection[str]) -> None:
    known = {zone.key for zone, _kind in places_in(kind)}
    if not set(zones) <= known or not known:
        raise Refused("invalid", _("Nothing can be written alone in that zone."), "zones")


def check_may_write(state: str, *, own: int) -> None:
    """`own`: how many notes they have in this round already."""
    check_is_open(state)
    if own >= MOST_NOTES:
        raise Refused("full", _("You have written %(most)s notes. Remove one first.") % {"most": MOST_NOTES})


def is_worth_telling(*, own: int, all_: int) -> bool:
    """Whether others are to see at once that there is a note more: somebody's first, and then now and again."""
    return own == 1 or all_ % TOLD_EACH == 0


def check_is_open(state: str) -> None:
    if state in CLOSED:
        raise Refused("closed", CLOSED[state])


def check_place(kind: "Kind", zones: Collection[str], zone: str, item_kind: str) -> None:
    if (zone, item_kind) not in {(one.key, other.key) for one, other in places_in(kind, zones)}:
        raise Refused("invalid", _("Choose where it belongs."), "place")


def check_has_words(text: str) -> None:
    if not text.strip():
        raise Refused("invalid", _("Write something first."), "text")


def check_may_reveal(state: str, *, is_frozen: bool) -> None:
    _check_may_move(state, "revealed")
    if is_frozen:
        raise Refused(
            "closed",
            _("The canvas is frozen, so nothing can be revealed on it. Every note is kept. Open the canvas first."),
        )


def check_may_cancel(state: str) -> None:
    _check_may_move(state, "cancelled")


def _check_may_move(state: str, to: str) -> None:
    if to not in MOVES[state]:
        raise Refused("stale", _("Writing alone has ended already."))


def check_may_place(state: str, *, is_placed: bool) -> None:
    if is_placed:
        raise Refused("stale", _("This note is on the canvas already."))
    if state != "revealed":
        raise Refused("closed", _("A note comes onto the canvas only after it was revealed."))


def item_of(round_: UUID, note: UUID) -> UUID:
    """The id of the item that a note becomes: the same however often it is revealed."""
    return uuid5(round_, str(note))


def shuffled(round_: UUID, notes: Iterable[UUID]) -> list[UUID]:
    """In an order that says nothing of when each was written, and is the same each time: the digests of their ids."""
    return sorted(notes, key=lambda note: item_of(round_, note))


def why_not(code: str) -> str:
    """How a refusal of the canvas is kept with the note, to be said in the language of who reads it."""
    return "full" if code == "full" else "other"
