"""A blank canvas to print: the same drawing on A4 and A3, in the reader's language."""

from collections.abc import Iterator

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rihma.canvases.kinds import Kind, Zone
from rihma.canvases.kinds import layouts as lay
from rihma.canvases.pictures import marks
from rihma.canvases.pictures.fields import field
from rihma.canvases.pictures.frames import frames
from rihma.canvases.pictures.marks import FAINT, INK, LINE, PAPER, SUBTLE, TINTS, Box

# millimetres, lying
PAPERS = {"A4": (297, 210), "A3": (420, 297)}
# The drawing has units of a quarter of a millimetre on A4; on A3 everything is larger by √2.
WIDTH, HEIGHT = 1188, 840
MARGIN = 40
AREA = Box(MARGIN, 128, WIDTH - 2 * MARGIN, 650)
GAP = 12


def blank(kind: Kind, paper: str = "A4") -> str:
    width, height = PAPERS[paper]
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{}mm" height="{}mm" viewBox="0 0 {} {}" role="img" '
        'lang="{}" font-family="{}"><title>{}</title><desc>{}</desc>{}</svg>\n',
        width,
        height,
        WIDTH,
        HEIGHT,
        get_language(),
        marks.FONT,
        kind.name,
        description(kind),
        marks.group(_drawn(kind)),
    )


def description(kind: Kind) -> str:
    """What a reader who does not see the picture must know of it."""
    zones = "; ".join(f"{zone.name}: {zone.question}" for zone in kind.zones)
    return f"{kind.purpose} {zones}"


def _drawn(kind: Kind) -> Iterator[SafeString]:
    yield marks.rect(Box(0, 0, WIDTH, HEIGHT), fill=PAPER, stroke="none", radius=0)
    yield from _head(kind)
    placed = frames(kind, AREA, GAP)
    joined = isinstance(kind.drawing, lay.Cards)
    for key, box in placed.boxes.items():
        yield from _zone(kind.zones_by_key[key], box, joined=joined, legend=isinstance(kind.drawing, lay.Plane))
    if placed.field:
        yield from field(kind, placed.field)
    yield from _foot(kind)


def _head(kind: Kind) -> Iterator[SafeString]:
    yield marks.text(kind.name, MARGIN, 36, 700, size=32, weight=650).svg
    yield marks.text(kind.purpose, MARGIN, 80, 740, size=16, fill=SUBTLE, most=2).svg
    for n, word in enumerate((_("Team"), _("Date"))):
        y = 58 + n * 36
        yield marks.text(word, 850, y - 14, 80, size=15, fill=SUBTLE).svg
        yield marks.line(920, y + 4, WIDTH - MARGIN, y + 4)


def _zone(zone: Zone, box: Box, *, joined: bool, legend: bool) -> Iterator[SafeString]:
    if legend:
        yield marks.line(box.x, box.y, box.right, box.y, stroke=FAINT)
    else:
        yield marks.rect(box, stroke=LINE, radius=0 if joined else 6)
        yield marks.path(
            f"M{marks.short(box.x + 4)} {marks.short(box.y + 2.5)}H{marks.short(box.right - 4)}",
            stroke=TINTS[zone.tint],
            width=4,
        )
    yield marks.sign(zone.shape, zone.tint, box.x + 10, box.y + 13, 17)
    name = marks.text(zone.name, box.x + 34, box.y + 11, box.width - 44, size=17, weight=600, fill=INK)
    yield name.svg
    yield marks.text(zone.question, box.x + 12, name.bottom + 3, box.width - 24, size=13, fill=SUBTLE).svg


def _foot(kind: Kind) -> Iterator[SafeString]:
    words = f"Rihma · {kind.licence} · {kind.inspiration}"
    yield marks.text(words, MARGIN, HEIGHT - 48, WIDTH - 2 * MARGIN, size=10.5, fill=SUBTLE, most=2).svg
