"""A table as a workbook for spreadsheets: columns that know whether they hold words, numbers or days."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from rihma.base.workbook_parts import OF_SHEETS, PARTS, SHEET
from rihma.base.xml_text import writable

# A cell that begins with one of these would run as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# A spreadsheet would call a file with a longer cell damaged, so the rest of it is cut off.
LONGEST_CELL = 32_767
# of a sheet
LONGEST_NAME = 31
WIDE, COMMON = 60, 20
# The places of the formats in `workbook_parts.STYLES` must be these; spreadsheets count days from the first of them on.
DAY_0 = datetime(1899, 12, 30, tzinfo=UTC)
WORDS, HEAD, DAY, MOMENT, LITERAL = range(5)
# Four signs that a reader would take for a character by its number.
ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class Sheet(NamedTuple):
    """`headed`: its first row names the columns; else its first column names the rows. `wide`: columns of long text."""

    name: str
    rows: Sequence[Sequence[object]]
    wide: Sequence[int] = (0,)
    headed: bool = True


def to_xlsx(title: str, sheets: Sequence[Sheet], zone: ZoneInfo) -> bytes:
    drawn = [_sheet(one.rows, zone, wide=one.wide, headed=one.headed) for one in sheets]
    said = {"title": writable(title), "lang": get_language(), **_of_sheets([one.name for one in sheets])}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in PARTS.items():
            packed.writestr(name, format_html(part, **said))
        for n, sheet in enumerate(drawn, start=1):
            packed.writestr(f"xl/worksheets/sheet{n}.xml", sheet)
    return file.getvalue()


def _of_sheets(names: Sequence[str]) -> dict[str, SafeString]:
    numbered = list(enumerate(names, start=1))
    return {
        part: format_html_join("", line, ({"n": n, "name": name[:LONGEST_NAME]} for n, name in numbered))
        for part, line in OF_SHEETS.items()
    }


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
