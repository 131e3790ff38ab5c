"""As what a rule counts an organisation on a day: as what it was then, or as what has come in its place."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from rihma.actors.dated import kind_on
from rihma.actors.kinds import SECTORS, Kind, Sector, level_of

if TYPE_CHECKING:
    from rihma.actors.models import Organisation

OWN = ("pk", "name", "kind", "dated_kinds", "region", "level")
AFTER = ("ended_on", *(f"successor__{column}" for column in OWN))
ALL = (*OWN, *AFTER)


class Counted(NamedTuple):
    """`organisation` is the same for all that are counted as one."""

    organisation: UUID | None = None
    name: str = ""
    kind: str = ""
    sector: str = ""
    region: str = ""
    level: str = ""

    @property
    def state_administration(self) -> bool:
        return self.sector == Sector.STATE


NOBODY = Counted()


def columns(path: str) -> list[str]:
    """What `counted` needs, for `values_list` of whatever points at organisations by this path."""
    return [f"{path}__{column}" for column in ALL]


WIDTH = len(ALL)


def columns_of(organisation: "Organisation | None") -> Sequence[Any]:
    """The same of a row that is there already, with its successor."""
    if organisation is None:
        return [None] * WIDTH
    after = organisation.successor
    own = [getattr(organisation, column) for column in OWN]
    return [*own, organisation.ended_on, *([getattr(after, column) for column in OWN] if after else [None] * len(OWN))]


def counted(told: Sequence[Any], day: date) -> Counted:
    pk, name, kind, kinds, region, level, ended_on, *after = told
    if pk is None:
        return NOBODY
    if ended_on and after[0] and ended_on < day:
        pk, name, kind, kinds, region, level = after
    then = kind_on(kinds, kind, day)
    return Counted(pk, name, then, _sector(then), region, level_of(level, then))


def id_in(answer: object) -> UUID | None:
    """Which one somebody named who answered with an organisation; None of one that is a name alone."""
    try:
        return UUID(answer["id"]) if isinstance(answer, Mapping) and "id" in answer else None
    except (ValueError, TypeError, AttributeError):
        return None


@cache
def _sector(kind: str) -> str:
    return SECTORS[Kind(kind)]
