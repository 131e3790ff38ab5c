"""What an own kind may become, and when its draft may be published. What a layout needs is held by canvases/kinds."""

from collections.abc import Collection, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused

FEWEST_WORDS = 2
MOVES: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"in_use"}),
    "in_use": frozenset({"retired"}),
    "retired": frozenset({"in_use"}),
}


def check_may_move(state: str, to: str) -> None:
    if to not in MOVES[state]:
        raise Refused("stale", _("Somebody else has done that meanwhile, or it is not possible now."))


def check_may_publish(state: str, missing: Sequence[str], *, is_new: bool) -> None:
    """`missing`: each text that lacks a language, in words. `is_new`: it differs from what teams have."""
    if state == "retired":
        raise Refused("retired", _("It is retired. Take it up again before you publish a new version."))
    if missing:
        words = _("Before publishing, add these texts: %(missing)s.") % {"missing": "; ".join(missing)}
        raise Refused("lacks_languages", words)
    if not is_new:
        raise Refused("same", _("Nothing has changed since it was published."))


def check_may_take_up(state: str, version: int) -> None:
    """What was never published has nothing to take up."""
    check_may_move(state, "in_use" if version else state)


def check_may_discard(version: int) -> None:
    if version:
        raise Refused("published", _("It has been published, so canvases may stand on it. You can retire it."))


def check_stays_whole(zones: int) -> None:
    if zones <= 1:
        raise Refused("last", _("A canvas needs a zone, so the last one stays."))


def check_may_go(*, has_room: bool, is_first_link: bool, is_only: bool) -> None:
    """Whether the drawing can do without a zone."""
    if not has_room or is_first_link or is_only:
        raise Refused("drawn", _("The drawing is built on this zone, so it stays. You can give it other words."))


def check_heir(into: str, heirs: Collection[str]) -> None:
    if not heirs:
        raise Refused(
            "no_heir",
            _("No other zone takes what stands here. Add one that does, and then remove this one."),
        )
    if into not in heirs:
        raise Refused("heir", _("Choose a zone that takes the same kinds of things."), "into")


def check_words_left(left: int, *, warns: bool) -> None:
    if left < FEWEST_WORDS:
        raise Refused("last", _("There is nothing to choose with fewer than two words."))
    if warns:
        raise Refused("drawn", _("The drawing warns at one of the words that you removed, so that one stays."))


def check_word_in_place(into: str, kept: Collection[str]) -> None:
    if into not in kept:
        raise Refused("heir", _("Choose the word that takes the place of those that you removed."), "into")


def check_there(*, is_there: bool) -> None:
    if not is_there:
        raise Refused("gone", _("Somebody else removed this zone meanwhile."))
