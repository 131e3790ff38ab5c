from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from rihma.canvases.arranged.tabs import Tab, tab_of
from rihma.canvases.kinds import layouts as lay
from rihma.canvases.shown import Board, Column, Shown


@dataclass(frozen=True)
class Link:
    column: Column
    # the zone that the arrow from here leads to, and what stands on that arrow
    towards: str
    bridge: list[Shown]
    pointing: str


@dataclass(frozen=True)
class ChainBoard:
    links: list[Link]
    bridge: Column
    loose: list[Shown]

    @property
    def tabs(self) -> list[Tab]:
        return [*(tab_of(link.column) for link in self.links), tab_of(self.bridge)]


def chain(board: Board, layout: lay.Chain) -> ChainBoard:
    bridge = board.column(layout.bridge)
    onto: dict[Any, list[Shown]] = defaultdict(list)
    for shown in bridge.items:
        onto[shown.values[layout.field]].append(shown)
    following = [*layout.links[1:], ""]
    return ChainBoard(
        links=[
            Link(board.column(key), after, onto.pop(after, []) if after else [], f"&{layout.field}={after}")
            for key, after in zip(layout.links, following, strict=True)
        ],
        bridge=bridge,
        loose=[shown for there in onto.values() for shown in there],
    )
