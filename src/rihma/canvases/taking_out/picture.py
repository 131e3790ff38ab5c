"""The drawing of a canvas by itself: as SVG, and as a picture made of it."""

from pathlib import Path

from rihma.base.press import press
from rihma.canvases.kinds import Kind
from rihma.canvases.pictures.drawing import drawing
from rihma.canvases.rules import check_known
from rihma.canvases.shown import Board

SOURCE = Path(__file__).with_name("picture.typ")
# So that it is sharp on a slide on a large screen: 297 mm make 2,339 dots.
DOTS_AN_INCH = 200


def to_svg(board: Board) -> str:
    return drawing(board, _kind(board))


def to_png(board: Board) -> bytes:
    return press(SOURCE, {"svg": to_svg(board)}, form="png", ppi=DOTS_AN_INCH)


def _kind(board: Board) -> Kind:
    return check_known(board.kind)
