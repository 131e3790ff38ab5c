from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Area(AppConfig):
    """One area of the domain. What it tells others about itself is declared here, not registered by code that runs."""

    # Django takes an apps.py's one config by itself; this one is imported there and is no area.
    default = False

    # verb → sentence with %(by)s and whatever the event's data holds, as shown on activity lists
    events: "ClassVar[Mapping[str, str | _StrPromise]]" = {}
    # "application.submitted" → what happened, as an owner chooses it for a program elsewhere (webhooks/kinds.py)
    hooks: "ClassVar[Mapping[str, str | _StrPromise]]" = {}
    # "applications:read" → what a token with this scope lets an app do (accounts/scopes.py)
    scopes: "ClassVar[Mapping[str, str | _StrPromise]]" = {}
    # where to ask which files on the disk its rows speak of; all others are pruned (base/files/pruning.py)
    files: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        cls.default = True

    def facts(self, data: Mapping[str, object]) -> Mapping[str, object]:
        """What the sentences of events are filled with; an area may name the things that the data only points at."""
        return data


class Base(Area):
    name = "rihma.base"
