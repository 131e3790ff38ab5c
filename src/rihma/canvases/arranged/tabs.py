from dataclasses import dataclass

from rihma.base.words import Words
from rihma.canvases.shown import Column


@dataclass(frozen=True)
class Tab:
    """On a phone one pane is seen at a time; tabs lead from one to another."""

    target: str
    name: Words | str
    shape: str
    tint: str
    count: int


def tab_of(column: Column) -> Tab:
    zone = column.zone
    return Tab(f"zone-{zone.key}", zone.name, zone.shape, zone.tint, len(column.items))
