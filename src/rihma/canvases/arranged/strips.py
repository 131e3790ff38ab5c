from dataclasses import dataclass

from rihma.base.words import Words
from rihma.canvases.arranged.tabs import Tab, tab_of
from rihma.canvases.kinds import layouts as lay
from rihma.canvases.shown import Board, Column


@dataclass(frozen=True)
class Strip:
    """A column or a row of zones."""

    title: Words
    columns: list[Column]


@dataclass(frozen=True)
class StripBoard:
    strips: list[Strip]

    @property
    def tabs(self) -> list[Tab]:
        return [tab_of(column) for strip in self.strips for column in strip.columns]


def strips(board: Board, layout: lay.Columns | lay.Cards) -> StripBoard:
    return StripBoard([Strip(one.title, [board.column(key) for key in one.zones]) for one in layout.strips])


# Rings
