"""Every form that a canvas can be taken out in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from rihma.canvases.shown import Board
from rihma.canvases.taking_out.data import to_json
from rihma.canvases.taking_out.page import to_html
from rihma.canvases.taking_out.paper import to_pdf
from rihma.canvases.taking_out.picture import to_png, to_svg
from rihma.canvases.taking_out.table import to_csv
from rihma.canvases.taking_out.text import to_markdown
from rihma.canvases.taking_out.workbook import to_xlsx

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

A4, A3 = "A4", "A3"


@dataclass(frozen=True)
class Form:
    """`drawn`: it shows where things stand, so a canvas whose kind nobody knows any more has none.

    `whole`: what areas above keep of the canvas is in it, too.
    """

    name: "_StrPromise"
    good_for: "_StrPromise"
    write: Callable[[Board, str], str | bytes]
    content_type: str
    papers: tuple[str, ...] = ()
    drawn: bool = False
    whole: bool = False


def _plain(write: Callable[[Board], str | bytes]) -> Callable[[Board, str], str | bytes]:
    return lambda board, _paper: write(board)


FORMS: dict[str, Form] = {
    "pdf": Form(
        _("Sheet to print (PDF)"),
        _("The drawing, and after it everything as a list that a screen reader reads."),
        to_pdf,
        "application/pdf",
        papers=(A4, A3),
        drawn=True,
        whole=True,
    ),
    "html": Form(
        _("Page (HTML)"),
        _("One file that opens in any browser, also without a connection. Everything as headings and lists."),
        _plain(to_html),
        "text/html; charset=utf-8",
        whole=True,
    ),
    "png": Form(
        _("Picture (PNG)"),
        _("The drawing for slides and messages. Say in words what it shows, for those who do not see it."),
        _plain(to_png),
        "image/png",
        drawn=True,
    ),
    "svg": Form(
        _("Drawing (SVG)"),
        _("The same picture, sharp at any size and with letters that can be changed."),
        _plain(to_svg),
        "image/svg+xml; charset=utf-8",
        drawn=True,
    ),
    "xlsx": Form(
        _("Workbook (XLSX)"),
        _("A row an item, with numbers and days that Excel and LibreOffice count with."),
        _plain(to_xlsx),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        whole=True,
    ),
    "csv": Form(
        _("Spreadsheet (CSV)"),
        _("The same rows as plain text, for other programs. Can be brought in again."),
        _plain(to_csv),
        "text/csv; charset=utf-8",
    ),
    "md": Form(
        _("Text (Markdown)"),
        _("Headings and lists, for a document or a wiki."),
        _plain(to_markdown),
        "text/markdown; charset=utf-8",
        whole=True,
    ),
    "json": Form(
        _("Data (JSON)"),
        _("Everything an item is. Brought in on an empty canvas of the same kind, it makes the same canvas again."),
        _plain(to_json),
        "application/json",
        whole=True,
    ),
}
