from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from rihma.actors.models import Organisation
from rihma.canvases.arranged.tabs import Tab, tab_of
from rihma.canvases.kinds import layouts as lay
from rihma.canvases.shown import Board, Column, Shown


@dataclass(frozen=True)
class Square:
    giver: Organisation
    taker: Organisation
    items: list[Shown]
    pointing: str

    @property
    def about(self) -> str:
        return f"{self.giver.name} → {self.taker.name}"

    @property
    def is_own(self) -> bool:
        return self.giver == self.taker


@dataclass(frozen=True)
class MatrixRow:
    giver: Organisation
    squares: list[Square]

    @property
    def count(self) -> int:
        return sum(len(square.items) for square in self.squares)


@dataclass(frozen=True)
class MatrixBoard:
    takers: list[Organisation]
    rows: list[MatrixRow]
    actors: Column
    squares: Column
    outside: list[Shown]
    beside: list[Column]

    @property
    def tabs(self) -> list[Tab]:
        rows = [
            Tab(f"row-{row.giver.pk}", row.giver.name, row.giver.sector.shape, row.giver.sector.tint, row.count)
            for row in self.rows
        ]
        return [tab_of(self.actors), *rows, *map(tab_of, self.beside)]


def matrix(board: Board, layout: lay.Matrix) -> MatrixBoard:
    actors, squares = board.column(layout.actors), board.column(layout.squares)
    listed = list(dict.fromkeys(shown.actor for shown in actors.items if shown.actor))
    placed: dict[tuple[Any, Any], list[Shown]] = defaultdict(list)
    for shown in squares.items:
        placed[shown.values[layout.giver], shown.values[layout.taker]].append(shown)

    def square(giver: Organisation, taker: Organisation) -> Square:
        pointing = f"&{layout.giver}={giver.pk}&{layout.taker}={taker.pk}"
        return Square(giver, taker, placed.pop((str(giver.pk), str(taker.pk)), []), pointing)

    rows = [MatrixRow(giver, [square(giver, taker) for taker in listed]) for giver in listed]
    return MatrixBoard(
        takers=listed,
        rows=rows,
        actors=actors,
        squares=squares,
        outside=[shown for there in placed.values() for shown in there],
        beside=[board.column(key) for key in layout.beside],
    )


# Pie
