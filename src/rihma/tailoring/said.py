"""What is wrong with a kind, in the reader's words: what it is, and what to do."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy, pgettext_lazy

from rihma.base.parts import SHAPES, TINTS
from rihma.base.refused import Refused
from rihma.canvases.kinds import Wrong
from rihma.canvases.kinds.checking import RINGS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    type Text = "_StrPromise"

TINT_NAMES: "Mapping[str, Text]" = {
    "moss": pgettext_lazy("tint", "moss green"),
    "sky": pgettext_lazy("tint", "sky blue"),
    "lichen": pgettext_lazy("tint", "lichen yellow"),
    "rose": pgettext_lazy("tint", "rose"),
    "lilac": pgettext_lazy("tint", "lilac"),
    "sand": pgettext_lazy("tint", "sand"),
    "teal": pgettext_lazy("tint", "teal"),
    "stone": pgettext_lazy("tint", "stone grey"),
}
SHAPE_NAMES: "Mapping[str, Text]" = {
    "circle": pgettext_lazy("shape", "circle"),
    "square": pgettext_lazy("shape", "square"),
    "diamond": pgettext_lazy("shape", "diamond"),
    "hexagon": pgettext_lazy("shape", "hexagon"),
    "triangle": pgettext_lazy("shape", "triangle"),
    "pentagon": pgettext_lazy("shape", "pentagon"),
    "star": pgettext_lazy("shape", "star"),
    "ring": pgettext_lazy("shape", "ring"),
}
LISTS = {"tint": ", ".join(TINTS), "shape": ", ".join(SHAPES)}
CHOOSE = gettext_lazy("Choose one of these: %(list)s.")
# which field of a form a mistake stands beside
FIELDS = {"tint": "tint", "shape": "shape", "sign": "shape", "fits": "fits", "field": "admits", "admits": "admits"}
SAID: "Mapping[str, tuple[Text, Text]]" = {
    "plain": (
        gettext_lazy("The key “%(word)s” is no plain word."),
        gettext_lazy("Use small letters a–z, numbers and _, and begin with a letter."),
    ),
    "twice": (gettext_lazy("The key “%(word)s” stands twice."), gettext_lazy("Give one of them another key.")),
    "empty": (gettext_lazy("There is no zone, or no kind of item."), gettext_lazy("Add one of each.")),
    "tint": (gettext_lazy("There is no tint “%(word)s”."), CHOOSE),
    "shape": (gettext_lazy("There is no shape “%(word)s”."), CHOOSE),
    "fits": (
        gettext_lazy("More would do the zone good than it takes."),
        gettext_lazy("Lower the first number, or raise the limit."),
    ),
    "sign": (
        gettext_lazy("Another zone has this colour and shape."),
        gettext_lazy("Change one of the two, so that nobody needs to tell them apart by colour alone."),
    ),
    "admits": (
        gettext_lazy("There is no kind of item “%(word)s”."),
        gettext_lazy("Name one that stands under items."),
    ),
    "layout": (
        gettext_lazy("There is no layout “%(word)s”."),
        gettext_lazy("See docs/canvas-kinds.md for those there are."),
    ),
    "zone": (gettext_lazy("There is no zone “%(word)s”."), gettext_lazy("Name one that stands under zones.")),
    "drawn_twice": (
        gettext_lazy("The zone “%(word)s” is drawn twice."),
        gettext_lazy("Name it once in the table of the layout."),
    ),
    "not_drawn": (
        gettext_lazy("The zone “%(word)s” is not drawn."),
        gettext_lazy("Name it in the table of the layout."),
    ),
    "field": (
        gettext_lazy("The drawing needs a field “%(word)s” of what stands here."),
        gettext_lazy("Choose kinds of items that have it."),
    ),
    "rings": (
        gettext_lazy("So many rings have no room: %(word)s."),
        gettext_lazy("There can be from %(least)s to %(most)s."),
    ),
    "arrows": (
        gettext_lazy("The options of the field “%(word)s” are not the zones that arrows lead to."),
        gettext_lazy("Give it an option for each zone of the chain but the first, in their order."),
    ),
    "version": (
        gettext_lazy("Version %(word)s needs an upgrade from each version before it."),
        gettext_lazy("Add them under upgrades, or write version = 1 and leave them out."),
    ),
    "unreadable": (
        gettext_lazy("It cannot be read as a canvas (%(word)s)."),
        gettext_lazy("See docs/canvas-kinds.md for its form."),
    ),
    "in_use": (
        gettext_lazy("An upgrade renames “%(word)s”, which is still in use."),
        gettext_lazy("Give what is new another key: a word keeps its meaning for ever."),
    ),
}


def words_of(wrong: Wrong) -> tuple[str, str]:
    what, remedy = SAID[wrong.code]
    given = {"word": wrong.word, "list": LISTS.get(wrong.code, ""), "least": RINGS[0], "most": RINGS[-1]}
    return str(what) % given, str(remedy) % given


def refused(wrong: Wrong) -> Refused:
    return Refused("kind", " ".join(words_of(wrong)), FIELDS.get(wrong.code))
