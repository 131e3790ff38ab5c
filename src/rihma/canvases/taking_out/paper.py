"""A canvas as PDF: the drawing on one page, and on the next ones everything on it as a list."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rihma.base import clock
from rihma.base.press import press
from rihma.base.said import date_only
from rihma.base.xml_text import writable
from rihma.canvases.beside import Line
from rihma.canvases.pictures.drawing import drawing
from rihma.canvases.pictures.sheet import PAPERS
from rihma.canvases.rules import check_known
from rihma.canvases.shown import Board
from rihma.canvases.taking_out import told
from rihma.canvases.taking_out.told import Section, Told

SOURCE = Path(__file__).with_name("paper.typ")
# Left out, because no standard lets it into a file that is to be read aloud.
MARK_OF_ORDER = "\ufeff"


def to_pdf(board: Board, paper: str) -> bytes:
    kind, canvas = check_known(board.kind), board.canvas
    width, height = PAPERS[paper]
    about = [str(canvas.team), str(canvas.programme), date_only(clock.now())]
    said = {
        "lang": get_language(),
        "width": width,
        "height": height,
        "title": _written(canvas),
        "about": _written(" · ".join(part for part in about if part)),
        "purpose": str(kind.purpose),
        "description": _("Drawing of the canvas. Everything on it stands as a list on the next pages."),
        "nothing": _("Nothing yet."),
        "sections": [_section(section) for section in told.sections(board)],
        "parts": [{"title": _written(part.title), "lines": _lines(part.lines)} for part in told.parts(board)],
        "unreadable": {
            "title": _("Items that cannot be shown"),
            "items": [_written(item.text) for item in board.unreadable],
        },
        "foot": f"Rihma · {kind.licence}",
        "svg": drawing(board, kind, whole=False).replace(MARK_OF_ORDER, ""),
    }
    return press(SOURCE, said)


def _section(section: Section) -> dict[str, Any]:
    return {
        "name": str(section.zone.name),
        "question": str(section.zone.question),
        "groups": [
            {"title": _written(group.title), "items": [_item(item) for item in group.items]} for group in section.groups
        ],
    }


def _item(item: Told) -> dict[str, Any]:
    writer = item.shown.item.writer
    facts = [f"{name}: {word}" for name, word in item.facts] + ([str(writer)] if writer else [])
    return {
        "number": item.shown.number,
        "text": _written(item.shown.text),
        "lang": item.lang or get_language(),
        "facts": _written(" · ".join(facts)),
        "others": [{"about": _("or: %(text)s") % {"text": _written(text)}, "lang": lang} for text, lang in item.others],
        "translations": [
            {"text": _written(one.text), "lang": one.lang, "about": f" ({one.about})" if one.about else ""}
            for one in item.translations
        ],
        "lines": _lines(item.lines),
    }


def _lines(lines: Iterable[Line]) -> list[dict[str, Any]]:
    return [
        {
            "text": _written(line.text),
            "lang": line.lang or get_language(),
            "about": _written(line.about),
            "answer": line.is_answer,
        }
        for line in lines
    ]


def _written(words: object) -> str:
    return writable(str(words)).replace(MARK_OF_ORDER, "")
