"""A canvas as one page in one file, with nothing to load and nothing that runs."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from rihma.base import clock
from rihma.canvases.pictures.drawing import drawing
from rihma.canvases.shown import Board
from rihma.canvases.taking_out import told

STYLE = "canvases/taken_out.css"


def to_html(board: Board) -> str:
    context = {
        "board": board,
        "canvas": board.canvas,
        "kind": board.kind,
        "sections": told.sections(board),
        "parts": told.parts(board),
        "drawing": drawing(board, board.kind, whole=False) if board.kind else "",
        "language": get_language(),
        "now": clock.now(),
        "style": _style(),
    }
    return render_to_string("canvases/taken_out.html", context)


def _style() -> str:
    """Inside the file, since it is read where nothing else of ours is."""
    found = finders.find(STYLE)
    assert isinstance(found, str)  # tells the type: the file lies beside the other styles of this area
    return SafeString(Path(found).read_text(encoding="utf-8"))
