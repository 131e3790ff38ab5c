from collections.abc import Iterator
from uuid import UUID

from rihma.history.models import Event
from rihma.history.rules import Record, first_broken


def broken_at(scope: UUID) -> int | None:
    """Number of the first event of this chain that was changed or is missing, or None."""
    return first_broken(_chain(scope))


def _chain(scope: UUID) -> Iterator[tuple[Record, str]]:
    for event in Event.objects.filter(scope=scope).order_by("number").iterator():
        yield (
            Record(
                scope=event.scope,
                number=event.number,
                at=event.at,
                by=event.by_id_then,
                area=event.area,
                verb=event.verb,
                subject=event.subject,
                data=event.data,
                before=event.before,
            ),
            event.digest,
        )
