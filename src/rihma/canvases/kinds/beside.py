"""Kinds that do not come with Rihma: whoever keeps them says so in the settings, and this area need not know who."""

from collections.abc import Collection, Mapping
from functools import cache
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from rihma.canvases.kinds.kind import Kind

if TYPE_CHECKING:
    from rihma.accounts.models import Person

# No file can have such a name (checking.KEY), so no kind that ships ever gets in the way of one of these.
OWN = "own-"


class Beside(Protocol):
    def edition(self, key: str, version: int) -> Kind | None:
        """As it was published: it never changes, so it is read once."""

    def newest(self, keys: Collection[str]) -> Mapping[str, Kind]:
        """What a canvas opened now gets, in as many queries for eleven as for one."""

    def of_programme(self, programme: UUID) -> list[Kind]:
        """Those in use in a programme."""

    def seen_by(self, key: str, person: "Person | None") -> bool:
        """Whether somebody may see what it is like."""


def is_own(key: str) -> bool:
    return key.startswith(OWN)


@cache
def beside() -> Beside:
    kept: Beside = import_string(settings.CANVAS_KINDS_BESIDE)
    return kept
