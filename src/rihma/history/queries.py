from collections.abc import Iterator, Sequence
from uuid import UUID

from rihma.accounts.models import Person
from rihma.base.written import Written
from rihma.history.models import Event
from rihma.history.rules import Record, first_broken

NEWEST = 8
OF_THREAD = Written(lambda thread: Event.objects.of_thread(thread).latest_first()[:NEWEST])
OF_OTHERS = Written(
    lambda threads, person: Event.objects.filter(thread__in=threads).exclude(by=person).latest_first()[:NEWEST]
)


def recent_of(thread: UUID) -> list[Event]:
    """What happened last in it."""
    return OF_THREAD(thread)


def news_for(person: Person, threads: Sequence[UUID]) -> list[Event]:
    """What others did last in any of these."""
    return OF_OTHERS(threads, person.pk) if threads else []


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
