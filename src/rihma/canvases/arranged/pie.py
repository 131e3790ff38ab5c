from collections.abc import Iterator
from dataclasses import dataclass

from rihma.base.words import Words
from rihma.canvases import lettering
from rihma.canvases.arranged.tabs import Tab, tab_of
from rihma.canvases.kinds import layouts as lay
from rihma.canvases.round import WHOLE, Point, point, slice_path
from rihma.canvases.shown import Board, Column, Shown

PIE_CENTRE = Point(200, 200)
PIE_INNER, PIE_OUTER = 96, 190


@dataclass(frozen=True)
class Part:
    """One part of an actor's slice, for example what it gains."""

    column: Column
    items: list[Shown]


@dataclass(frozen=True)
class Slice:
    shown: Shown
    place: int
    path: str
    label: Point
    lines: list[str]
    parts: list[Part]
    warning: Words | None
    pointing: str

    @property
    def count(self) -> int:
        return sum(len(part.items) for part in self.parts)


@dataclass(frozen=True)
class PieBoard:
    centre: Column
    promise: list[str]
    promise_y: float
    slices: list[Slice]
    actors: Column
    outside: list[Shown]
    beside: list[Column]

    @property
    def tabs(self) -> list[Tab]:
        own = [
            Tab(f"slice-{one.shown.item.pk}", one.shown.text, one.shown.shape, one.shown.tint, one.count)
            for one in self.slices
        ]
        return [tab_of(self.centre), *map(tab_of, self.beside), tab_of(self.actors), *own]


def pie(board: Board, layout: lay.Pie) -> PieBoard:
    actors, centre = board.column(layout.actors), board.column(layout.centre)
    parts = [board.column(key) for key in layout.parts]
    there = {str(shown.actor.pk) for shown in actors.items if shown.actor}
    promise = lettering.lines(centre.items[0].text, 150, 16, most=6) if centre.items else []
    return PieBoard(
        centre=centre,
        promise=promise,
        promise_y=PIE_CENTRE.y - (len(promise) - 1) * 10 + 5,
        slices=list(_slices(layout, actors, parts)),
        actors=actors,
        outside=[shown for part in parts for shown in part.items if shown.values[layout.owner] not in there],
        beside=[board.column(key) for key in layout.beside],
    )


def _slices(layout: lay.Pie, actors: Column, parts: list[Column]) -> Iterator[Slice]:
    whole = len(actors.items)
    for place, shown in enumerate(actors.items):
        start, end = place * WHOLE / whole, (place + 1) * WHOLE / whole
        owner = str(shown.actor.pk) if shown.actor else ""
        own = [Part(part, [one for one in part.items if one.values[layout.owner] == owner]) for part in parts]
        lamp = layout.warning
        empty = not next(part.items for part in own if part.column.zone.key == lamp.empty)
        yield Slice(
            shown=shown,
            place=place + 1,
            path=slice_path(PIE_CENTRE, PIE_INNER, PIE_OUTER, start, end),
            label=point(PIE_CENTRE, (PIE_INNER + PIE_OUTER) / 2, (start + end) / 2),
            lines=lettering.lines(shown.text, 84, 13, most=2),
            parts=own,
            warning=lamp.words if empty and shown.values.get(lamp.field) == lamp.value else None,
            pointing=f"&{layout.owner}={owner}" if owner else "",
        )


# Chain
