"""What stands where in a drawn canvas, for the layouts that ask for more than zones side by side."""

from rihma.canvases.arranged.chain import chain
from rihma.canvases.arranged.matrix import matrix
from rihma.canvases.arranged.pie import pie
from rihma.canvases.arranged.rings import rings
from rihma.canvases.arranged.strips import strips
from rihma.canvases.kinds import layouts as lay
from rihma.canvases.shown import Board


def arranged(board: Board) -> object:
    """What the template of the layout draws; None where the board itself is enough."""
    layout = board.kind.drawing if board.kind else None
    match layout:
        case lay.Columns() | lay.Cards():
            return strips(board, layout)
        case lay.Rings():
            return rings(board, layout)
        case lay.Matrix():
            return matrix(board, layout)
        case lay.Pie():
            return pie(board, layout)
        case lay.Chain():
            return chain(board, layout)
    return None
