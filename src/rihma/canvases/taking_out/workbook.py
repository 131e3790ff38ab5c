"""A canvas as a workbook: columns that know whether they hold words, numbers or days, and what it was taken from."""

from django.utils.translation import gettext as _

from rihma.base import clock, workbook
from rihma.base.workbook import Sheet
from rihma.canvases.shown import Board
from rihma.canvases.taking_out.table import heads, rows


def to_xlsx(board: Board) -> bytes:
    named = heads(board)
    sheets = [Sheet(_("Items"), [named, *rows(board)], wide=[named.index(_("Text"))])]
    sheets += [
        Sheet(table.title, [table.head, *table.rows]) for taken in board.beside.values() for table in taken.tables
    ]
    sheets.append(Sheet(_("About"), _about(board), wide=[1], headed=False))
    return workbook.to_xlsx(str(board.canvas), sheets, board.canvas.programme.zone)


def _about(board: Board) -> list[list[object]]:
    canvas, kind = board.canvas, board.kind
    return [
        [_("Canvas"), str(canvas)],
        [_("Purpose"), str(kind.purpose) if kind else ""],
        [_("Team"), str(canvas.team)],
        [_("Programme"), str(canvas.programme)],
        [_("Items"), board.count],
        [_("Changed"), canvas.changed_at],
        [_("Taken out"), clock.now()],
        [_("Licence"), kind.licence if kind else ""],
    ]
