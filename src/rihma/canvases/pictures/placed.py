"""A plane with what stands on it: a sign where each item stands, and its words as near as they find room."""

from collections.abc import Iterator

from django.utils.safestring import SafeString

from rihma.canvases import lettering
from rihma.canvases.kinds import layouts as lay
from rihma.canvases.pictures import marks
from rihma.canvases.pictures.cards import Drawn
from rihma.canvases.pictures.marks import ACCENT, FAINT, LEADING, TINTS, Box
from rihma.canvases.shown import Board, Shown

SIGN, SIZE, ROOM, MOST_LINES = 17, 11.5, 132, 3
EDGE = 16
# Further ones get no words, since among so many signs no room is left and looking for it takes long.
MOST_NAMED = 150


def plane(board: Board, layout: lay.Plane, box: Box) -> Drawn:
    ground = Box(box.x, box.y + 24, box.width, box.height - 48)
    drawn = Drawn(list(_axes(layout, box, ground)))
    inner = ground.inside(EDGE)
    taken: list[Box] = []
    signs = [(shown, _sign(shown, inner)) for shown in board.shown]
    taken += [sign for _shown, sign in signs]
    for shown, sign in signs:
        drawn.marks.append(marks.sign(shown.shape, shown.tint, sign.x, sign.y, SIGN))
    for n, (shown, sign) in enumerate(signs):
        drawn.marks += _words(shown, sign, ground, taken) if n < MOST_NAMED else [_number(shown, sign)]
    return drawn


def _axes(layout: lay.Plane, box: Box, ground: Box) -> Iterator[SafeString]:
    half = Box(ground.x + ground.width / 2, ground.y, ground.width / 2, ground.height / 2)
    yield marks.rect(ground)
    yield marks.rect(half, fill="#fbf1ec", stroke=FAINT)
    yield marks.line(half.x, ground.y, half.x, ground.bottom, stroke=FAINT)
    yield marks.line(ground.x, half.bottom, ground.right, half.bottom, stroke=FAINT)
    for words, x, y, anchor in (
        (f"↑ {layout.y.end}", ground.x, box.y, "start"),
        (f"↓ {layout.y.start}", ground.x, ground.bottom + 5, "start"),
        (f"← {layout.x.start}", half.x - 12, ground.bottom + 5, "end"),
        (f"{layout.x.end} →", ground.right, ground.bottom + 5, "end"),
    ):
        yield marks.text(words, x, y, 280, size=14, weight=600, anchor=anchor).svg
    yield marks.text(layout.corner, ground.right, box.y, 280, size=14, weight=600, anchor="end", fill=ACCENT).svg


def _sign(shown: Shown, inner: Box) -> Box:
    """Those on the same place stand a little beside each other."""
    x = inner.x + inner.width * shown.x / 100 - SIGN / 2
    x += shown.fan * (SIGN + 3) * (1 if x < inner.x + inner.width / 2 else -1)
    return Box(x, inner.y + inner.height * shown.y / 100 - SIGN / 2, SIGN, SIGN)


def _words(shown: Shown, sign: Box, ground: Box, taken: list[Box]) -> Iterator[SafeString]:
    """The number always; the words where nothing else stands. Whole they are in the box of their zone."""
    lines = lettering.lines(shown.text, ROOM, SIZE, MOST_LINES)
    wide = max((lettering.width(line, SIZE) for line in lines), default=0) + 6
    high = len(lines) * SIZE * LEADING + 2
    for place in _around(sign, wide, high):
        if lines and _is_free(place, ground, taken):
            taken.append(place)
            yield marks.rect(place, fill=TINTS[shown.tint], stroke="none", radius=3)
            yield marks.written(lines, place.x + 3, place.y, size=SIZE, lang=shown.item.lang)
            return
    yield _number(shown, sign)


def _number(shown: Shown, sign: Box) -> SafeString:
    return marks.written([str(shown.number)], sign.x + SIGN / 2, sign.y + 2.5, size=10, weight=600, anchor="middle")


def _around(sign: Box, wide: float, high: float) -> Iterator[Box]:
    middle = sign.y + SIGN / 2 - high / 2
    for y in (middle, sign.y - high + SIGN / 2, sign.y + SIGN / 2):
        yield Box(sign.right + 3, y, wide, high)
        yield Box(sign.x - wide - 3, y, wide, high)
    for y in (sign.bottom + 2, sign.y - high - 2):
        yield Box(sign.x + SIGN / 2 - wide / 2, y, wide, high)


def _is_free(place: Box, ground: Box, taken: list[Box]) -> bool:
    inside = ground.x < place.x and place.right < ground.right and ground.y < place.y and place.bottom < ground.bottom
    return inside and not any(
        place.x < other.right and other.x < place.right and place.y < other.bottom and other.y < place.bottom
        for other in taken
    )
