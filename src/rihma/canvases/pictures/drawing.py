"""A canvas with what is on it, drawn: on the same sheet as the blank one, so that both look alike side by side."""

from collections.abc import Iterable, Iterator

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rihma.base.said import date_only
from rihma.base.xml_text import writable
from rihma.canvases import lettering
from rihma.canvases.kinds import Kind, Zone
from rihma.canvases.kinds import layouts as lay
from rihma.canvases.pictures import marks
from rihma.canvases.pictures.cards import ALL, Drawn, cards
from rihma.canvases.pictures.filled import Places, filled
from rihma.canvases.pictures.marks import LEADING, LINE, PAPER, SUBTLE, TINTS, Box
from rihma.canvases.pictures.sheet import GAP, HEIGHT, MARGIN, WIDTH
from rihma.canvases.shown import Board, Shown

TOP = 104
AREA = Box(MARGIN, TOP, WIDTH - 2 * MARGIN, HEIGHT - TOP - 48)
# The list below a drawing must not become longer than anybody reads.
COLUMNS, SMALL, MOST_LISTED = 3, 11.5, 300


def drawing(board: Board, kind: Kind, *, whole: bool = True) -> str:
    """`whole`: what had no room on the sheet is listed below it; else the list stands on pages of its own."""
    drawn = _drawn(board, kind)
    below = list(_listed(drawn.cut)) if whole else []
    height = HEIGHT + (_height(below) if below else 0)
    parts = [
        marks.rect(Box(0, 0, WIDTH, height), fill=PAPER, stroke="none", radius=0),
        *_head(board),
        *drawn.marks,
        *_below(below),
        marks.text(f"Rihma · {kind.licence}", MARGIN, height - 34, 800, size=10.5, fill=SUBTLE).svg,
    ]
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{}mm" height="{}mm" viewBox="0 0 {} {}" role="img" '
        'lang="{}" font-family="{}"><title>{}</title><desc>{}</desc>{}</svg>\n',
        WIDTH // 4,
        marks.short(height / 4),
        WIDTH,
        marks.short(height),
        get_language(),
        marks.FONT,
        writable(f"{board.canvas} – {board.canvas.team}"),
        writable("\n".join(said(board))),
        marks.group(parts),
    )


def said(board: Board) -> Iterator[str]:
    """The drawing in words: each zone and what stands in it."""
    for column in board.columns:
        yield f"{column.zone.name}: " + ("; ".join(shown.text for shown in column.items) or _("Nothing yet."))


def _head(board: Board) -> Iterator[SafeString]:
    canvas = board.canvas
    yield marks.text(canvas, MARGIN, 36, 760, size=30, weight=650, most=1).svg
    yield marks.text(canvas.team, WIDTH - MARGIN, 40, 330, size=16, anchor="end", most=1).svg
    changed = date_only(canvas.changed_at)
    yield marks.text(changed, WIDTH - MARGIN, 64, 330, size=14, anchor="end", fill=SUBTLE).svg


def _drawn(board: Board, kind: Kind) -> Drawn:
    places: Places = filled(board, kind, AREA, GAP)
    joined, numbered = isinstance(kind.drawing, lay.Cards), isinstance(kind.drawing, lay.Plane)
    drawn = Drawn()
    for zone, box, items in places.boxes:
        drawn.take(_zone(zone, box, items, joined=joined, numbered=numbered))
    drawn.take(places.field)
    return drawn


def _zone(zone: Zone, box: Box, items: list[Shown], *, joined: bool, numbered: bool) -> Drawn:
    drawn = Drawn()
    drawn.marks += [
        marks.rect(box, stroke=LINE, radius=0 if joined else 6),
        marks.path(
            f"M{marks.short(box.x + 4)} {marks.short(box.y + 2.5)}H{marks.short(box.right - 4)}",
            stroke=TINTS[zone.tint],
            width=4,
        ),
        marks.sign(zone.shape, zone.tint, box.x + 10, box.y + 13, 16),
    ]
    name = marks.text(zone.name, box.x + 32, box.y + 11, box.width - 40, size=15.5, weight=600)
    drawn.marks.append(name.svg)
    if items:
        inner = Box(box.x + 8, name.bottom + 6, box.width - 16, box.bottom - name.bottom - 14)
        drawn.take(cards(items, inner, numbered=numbered))
    else:
        most = max(0, int((box.bottom - name.bottom - 8) / (13 * LEADING)))
        question = marks.text(
            zone.question, box.x + 12, name.bottom + 3, box.width - 24, size=13, fill=SUBTLE, most=most
        )
        drawn.marks += [question.svg] if most else []
    return drawn


type Listed = tuple[Shown | None, list[str]]


def _listed(cut: Iterable[Shown]) -> Iterator[Listed]:
    unique = list({shown.item.pk: shown for shown in cut}.values())
    unique.sort(key=lambda shown: shown.number)
    room = (WIDTH - 2 * MARGIN - (COLUMNS - 1) * 24) / COLUMNS - 34
    for shown in unique[:MOST_LISTED]:
        yield shown, lettering.lines(shown.text, room, SMALL, ALL)
    if len(unique) > MOST_LISTED:
        yield None, lettering.lines(_("and %(n)s more") % {"n": len(unique) - MOST_LISTED}, room, SMALL)


def _columns(listed: list[Listed]) -> list[list[Listed]]:
    """One after the other, about equally long."""
    share = sum(len(lines) + 0.4 for _shown, lines in listed) / COLUMNS
    columns: list[list[Listed]] = [[] for _ in range(COLUMNS)]
    so_far = 0.0
    for one in listed:
        columns[min(COLUMNS - 1, int(so_far / share))].append(one)
        so_far += len(one[1]) + 0.4
    return columns


def _height(listed: list[Listed]) -> float:
    longest = max(sum(len(lines) + 0.4 for _shown, lines in column) for column in _columns(listed))
    return longest * SMALL * LEADING + 54


def _below(listed: list[Listed]) -> Iterator[SafeString]:
    if not listed:
        return
    top = HEIGHT - 24
    yield marks.line(MARGIN, top - 14, WIDTH - MARGIN, top - 14)
    yield marks.text(_("What had no room in the drawing"), MARGIN, top - 4, 700, size=15, weight=600).svg
    width = (WIDTH - 2 * MARGIN - (COLUMNS - 1) * 24) / COLUMNS
    for place, column in enumerate(_columns(listed)):
        x, y = MARGIN + place * (width + 24), top + 26.0
        for shown, lines in column:
            if shown:
                yield marks.text(shown.number, x + 26, y, 40, size=SMALL, weight=600, anchor="end").svg
            yield marks.written(lines, x + 34, y, size=SMALL, lang=shown.item.lang if shown else "")
            y += (len(lines) + 0.4) * SMALL * LEADING
