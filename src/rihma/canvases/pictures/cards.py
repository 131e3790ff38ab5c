"""Items written into a box: as large as they fit, shortened only when even the smallest letters would not do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rihma.canvases import lettering
from rihma.canvases.pictures import marks
from rihma.canvases.pictures.marks import FAINT, LEADING, SUBTLE, TINTS, Box
from rihma.canvases.shown import Shown

SIZES = (14.5, 13, 11.5, 10)
SHORTENED = (6, 4, 3, 2, 1)
WIDEST, GAP, PAD = 210, 6, 6
# More lines than a text can have, so that nothing is cut.
ALL = 9999


@dataclass
class Drawn:
    """Marks of a drawing, and the items whose words do not stand there whole."""

    marks: list[SafeString] = field(default_factory=list)
    cut: list[Shown] = field(default_factory=list)

    def take(self, other: "Drawn") -> None:
        self.marks += other.marks
        self.cut += other.cut


@dataclass(frozen=True)
class Card:
    shown: Shown
    box: Box
    lines: list[str]
    is_whole: bool


@dataclass(frozen=True)
class Hand:
    """How the cards of one box are written."""

    size: float
    most: int = ALL
    # with a shape each, because the box does not say by itself what stands in it
    signed: bool = False
    # also where nothing is shortened, so that signs elsewhere lead here
    always_numbered: bool = False

    @property
    def line(self) -> float:
        return self.size * LEADING

    @property
    def numbered(self) -> bool:
        return self.always_numbered or self.most < ALL

    def text(self, shown: Shown) -> str:
        return f"{shown.number}\N{NO-BREAK SPACE}· {shown.text}" if self.numbered else shown.text

    def indent(self, shown: Shown) -> float:
        return self.size + 5 if self.signed or shown.actor else 0


def cards(items: Sequence[Shown], box: Box, *, signed: bool = False, numbered: bool = False) -> Drawn:
    if not items or box.height <= 0:
        return Drawn(cut=list(items))
    hands = [Hand(size, ALL, signed, numbered) for size in SIZES]
    hands += [Hand(SIZES[-1], most, signed, numbered) for most in SHORTENED]
    for hand in hands:
        there = list(_laid(items, box, hand))
        if len(there) == len(items):
            break
    return _written(items, there, box, hand)


def _laid(items: Sequence[Shown], box: Box, hand: Hand) -> Iterator[Card]:
    """Each into the column that reaches least far down, until one finds no room."""
    columns = max(1, min(len(items), round(box.width / WIDEST)))
    width = (box.width - GAP * (columns - 1)) / columns
    ends = [box.y] * columns
    for shown in items:
        at = ends.index(min(ends))
        room = width - 2 * PAD - hand.indent(shown)
        lines = lettering.lines(hand.text(shown), room, hand.size, ALL)
        kept = lines if len(lines) <= hand.most else lettering.lines(hand.text(shown), room, hand.size, hand.most)
        card = Box(box.x + at * (width + GAP), ends[at], width, max(1, len(kept)) * hand.line + 2 * PAD - 2)
        if card.bottom > box.bottom:
            return
        ends[at] = card.bottom + GAP
        yield Card(shown, card, kept, is_whole=kept == lines)


def _written(items: Sequence[Shown], there: list[Card], box: Box, hand: Hand) -> Drawn:
    more = len(items) > len(there)
    if more:
        # The last line of the box is needed to say how many more there are.
        there = [card for card in there if card.box.bottom <= box.bottom - hand.line - 2]
    whole = {card.shown.item.pk for card in there if card.is_whole}
    drawn = Drawn(cut=[shown for shown in items if shown.item.pk not in whole])
    for card in there:
        drawn.marks += _card(card, hand)
    if more:
        words = _("and %(n)s more") % {"n": len(items) - len(there)}
        drawn.marks.append(marks.text(words, box.x, box.bottom - hand.line, box.width, size=hand.size, fill=SUBTLE).svg)
    return drawn


def _card(card: Card, hand: Hand) -> Iterator[SafeString]:
    box, shown, indent = card.box, card.shown, hand.indent(card.shown)
    yield marks.rect(box, fill=TINTS[shown.tint], stroke=FAINT, radius=4)
    if indent:
        # White, since a sign would be lost on a card of its own colour.
        yield marks.sign(shown.shape, "", box.x + PAD, box.y + PAD - 1, hand.size)
    yield marks.written(card.lines, box.x + PAD + indent, box.y + PAD - 1, size=hand.size, lang=shown.item.lang)
