"""A canvas as a workbook: columns that know whether they hold words, numbers or days, and what it was taken from."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rihma.base import clock
from rihma.canvases.pictures.marks import writable
from rihma.canvases.shown import Board
from rihma.canvases.taking_out.parts import OF_SHEETS, PARTS, SHEET
from rihma.canvases.taking_out.table import FORMULA, heads, rows

# A spreadsheet would call a file with a longer cell damaged, so the rest of it is cut off.
LONGEST_CELL = 32_767
# of a sheet
LONGEST_NAME = 31
WIDE, COMMON = 60, 20
# The places of the formats in `parts.STYLES` must be these; spreadsheets count days from the first of them on.
DAY_0 = datetime(1899, 12, 30, tzinfo=UTC)
WORDS, HEAD, DAY, MOMENT, LITERAL = range(5)
# Four signs that a reader would take for a character by its number.
ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def to_xlsx(board: Board) -> bytes:
    zone = board.canvas.programme.zone
    named = heads(board)
    text = named.index(_("Text"))
    sheets = [(_("Items"), _sheet([named, *rows(board)], zone, wide=[text], headed=True))]
    sheets += [
        (table.title, _sheet([table.head, *table.rows], zone, wide=[0], headed=True))
        for taken in board.beside.values()
        for table in taken.tables
    ]
    sheets.append((_("About"), _sheet(_about(board), zone, wide=[1], headed=False)))
    said = {
        "title": writable(str(board.canvas)),
        "lang": get_language(),
        **_of_sheets([name for name, _drawn in sheets]),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in PARTS.items():
            packed.writestr(name, format_html(part, **said))
        for n, (_name, drawn) in enumerate(sheets, start=1):
            packed.writestr(f"xl/worksheets/sheet{n}.xml", drawn)
    return file.getvalue()


def _of_sheets(names: Sequence[str]) -> dict[str, SafeString]:
    numbered = list(enumerate(names, start=1))
    return {
        part: format_html_join("", line, ({"n": n, "name": name[:LONGEST_NAME]} for n, name in numbered))
        for part, line in OF_SHEETS.items()
    }


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


def _sheet(table: Sequence[Sequence[object]], zone: ZoneInfo, *, wide: Sequence[int], headed: bool) -> SafeString:
    width = max(map(len, table))
    last = f"{_letters(width - 1)}{len(table)}"
    columns = format_html_join(
        "",
        '<col min="{0}" max="{0}" width="{1}" customWidth="1"/>',
        ((n + 1, WIDE if n in wide else COMMON) for n in range(width)),
    )
    drawn = format_html_join(
        "", '<row r="{}">{}</row>', ((n + 1, _row(n, row, zone, headed=headed)) for n, row in enumerate(table))
    )
    return format_html(
        SHEET,
        last=last,
        frozen=SafeString('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' * headed),
        columns=columns,
        rows=drawn,
        filter=format_html('<autoFilter ref="A1:{}"/>', last) if headed else "",
    )


def _row(n: int, row: Iterable[object], zone: ZoneInfo, *, headed: bool) -> SafeString:
    return format_html_join(
        "",
        "{}",
        (
            (_cell(f"{_letters(m)}{n + 1}", value, zone, head=n == 0 if headed else m == 0),)
            for m, value in enumerate(row)
        ),
    )


def _cell(place: str, value: object, zone: ZoneInfo, *, head: bool) -> SafeString:
    """Words are words whatever they begin with: only numbers and days are anything else."""
    match value:
        case datetime():
            return _counted(place, MOMENT, _days(value.astimezone(zone).replace(tzinfo=UTC, microsecond=0)))
        case date():
            return _counted(place, DAY, _days(datetime(value.year, value.month, value.day, tzinfo=UTC)))
        case int() | Decimal():
            return _counted(place, WORDS, value)
    text = str(value)[:LONGEST_CELL]
    style = HEAD if head else LITERAL if text.startswith(FORMULA) else WORDS
    return format_html(
        '<c r="{}" s="{}" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>',
        place,
        style,
        ESCAPE.sub("_x005F_", writable(text)),
    )


def _counted(place: str, style: int, value: float | Decimal) -> SafeString:
    return format_html('<c r="{}" s="{}"><v>{}</v></c>', place, style, f"{value}")


def _days(at: datetime) -> float:
    return round((at - DAY_0).total_seconds() / 86_400, 6)


def _letters(n: int) -> str:
    """The name of a column: A, B … Z, AA."""
    more, letter = divmod(n, 26)
    return (_letters(more - 1) if more else "") + chr(ord("A") + letter)
