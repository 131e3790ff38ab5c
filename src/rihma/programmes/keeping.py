"""What a programme may keep for a time only. Each area says of its own what there is and from when its time counts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.module_loading import import_string

from rihma.programmes.models import Programme


@dataclass(frozen=True)
class Thing:
    """One thing with the day from which its time counts: `delete` does what a report says of it. `count`: of how many."""

    name: str
    since: date
    delete: Callable[[], object]
    count: int = 1


type Finder = Callable[[Programme], Iterator[Thing]]


def finders() -> dict[str, Finder]:
    """Kind → who finds its things, as the settings name them."""
    return {kind: import_string(path) for kind, path in settings.PROGRAMME_KEPT.items()}


def day_of(programme: Programme, moment: datetime) -> date:
    return moment.astimezone(programme.zone).date()
