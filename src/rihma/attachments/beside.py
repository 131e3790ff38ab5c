"""What is said of the files on a canvas, as it is taken out with it (settings.CANVAS_BESIDE); the files themselves stay."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from rihma.attachments import queries
from rihma.attachments.models import Attachment
from rihma.base.dates import utc
from rihma.canvases import beside, kinds
from rihma.canvases.beside import Line, Part, Table, Taken
from rihma.canvases.models import Canvas


class Beside(beside.Beside):
    key = "files"

    def take_out(self, canvas: Canvas) -> Taken:
        files = queries.shown_on(canvas)
        lines: defaultdict[UUID, list[Line]] = defaultdict(list)
        for file in files:
            if file.item_id:
                lines[file.item_id].append(_line(file, ""))
        zones = _zones(canvas)
        of_zones = [_line(file, zones.get(file.zone, "")) for file in files if not file.item_id]
        head = [_("Description"), _("Language"), _("Name"), _("What"), _("Zone"), _("Item"), _("By"), _("Added")]
        rows = [_row(file, zones, canvas) for file in files]
        return Taken(
            at_items=lines,
            parts=[Part(_("Photos and files"), of_zones)] if of_zones else [],
            tables=[Table(_("Photos and files"), head, rows)] if rows else [],
            data=[_data(file, canvas) for file in files],
        )


BESIDE = Beside()


def _zones(canvas: Canvas) -> dict[str, str]:
    kind = kinds.of(canvas)
    return {zone.key: str(zone.name) for zone in kind.zones} if kind else {}


def _line(file: Attachment, zone: str) -> Line:
    """Its description, which is what can be read of it, or at least its name."""
    what = [file.name if file.alt else "", str(file.get_kind_display()), filesizeformat(file.size), zone]
    return Line(file.alt or file.name, file.lang if file.alt else "", " · ".join(part for part in what if part))


def _row(file: Attachment, zones: dict[str, str], canvas: Canvas) -> Sequence[object]:
    zone = file.item.zone if file.item else file.zone
    item = file.item.text if file.item else ""
    what = str(file.get_kind_display())
    return [file.alt, file.lang, file.name, what, zones.get(zone, ""), item, _name(file, canvas), file.made_at]


def _data(file: Attachment, canvas: Canvas) -> dict[str, Any]:
    return {
        "id": str(file.pk),
        "item": str(file.item_id) if file.item_id else None,
        "zone": file.zone,
        "name": file.name,
        "kind": file.kind,
        "description": file.alt,
        "lang": file.lang,
        "size": file.size,
        "digest": file.digest,
        "by": _name(file, canvas) or None,
        "made_at": utc(file.made_at),
    }


def _name(file: Attachment, canvas: Canvas) -> str:
    return "" if canvas.names_hidden else str(file.writer or "")
