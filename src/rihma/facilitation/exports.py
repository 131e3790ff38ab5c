"""The results of a vote as a file for spreadsheets: items and dots, nothing of who laid them."""

import csv
import io
from collections.abc import Sequence

from django.utils.translation import gettext as _

from rihma.base.workbook import FORMULA
from rihma.canvases.taking_out.table import BOM
from rihma.facilitation.queries import Row


def to_csv(rows: Sequence[Row]) -> str:
    """As canvases are given out: semicolons and a byte order mark."""
    file = io.StringIO()
    file.write(BOM)
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("Rank"), _("Dots"), _("Zone"), _("Text"), "id"])
    for row in rows:
        writer.writerow([row.rank, row.count, row.zone, _plain(row.text), row.item.pk])
    return file.getvalue()


def _plain(text: str) -> str:
    """Never a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
