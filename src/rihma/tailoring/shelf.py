"""Where canvases find a programme's own kinds (canvases/kinds/beside.py). Editions never change, so each is read once."""

import tomllib
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from rihma.canvases import kinds
from rihma.canvases.kinds import Kind
from rihma.tailoring.models import Edition, OwnKind

if TYPE_CHECKING:
    from rihma.accounts.models import Person

REMEMBERED = 256


class Shelf:
    def edition(self, key: str, version: int) -> Kind | None:
        try:
            return _edition(key, version)
        except Edition.DoesNotExist:
            return None

    def newest(self, keys: Collection[str]) -> Mapping[str, Kind]:
        """One query for the versions; each edition is read when it is met for the first time."""
        found = OwnKind.objects.filter(key__in=keys, version__gt=0).values_list("key", "version")
        return {key: kind for key, version in found if (kind := self.edition(key, version))}

    def of_programme(self, programme: UUID) -> list[Kind]:
        found = OwnKind.objects.filter(programme=programme, state=OwnKind.State.IN_USE)
        known = self.newest(list(found.values_list("key", flat=True)))
        return sorted(known.values(), key=lambda kind: (kind.turn, kind.key))

    def seen_by(self, key: str, person: "Person | None") -> bool:
        return OwnKind.objects.visible_to(person).filter(key=key).exists()


@lru_cache(maxsize=REMEMBERED)
def _edition(key: str, version: int) -> Kind:
    # What is not there raises, so that it is not remembered.
    text = Edition.objects.values_list("text", flat=True).get(own__key=key, version=version)
    return kinds.make(key, tomllib.loads(text))


SHELF = Shelf()
