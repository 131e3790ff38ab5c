"""Who may write on which canvas right now, as far as the writer has asked since anything changed."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.canvases.models import Canvas
from rihma.canvases.types import Doer
from rihma.guests.models import Guest, Link
from rihma.realtime.ledger import Admission
from rihma.teams import queries as teams

PERSON, GUEST = "person", "guest"


def writer_of(person: UUID | None, guest: UUID | None) -> str | None:
    """How the live part names whoever wrote something."""
    if person:
        return f"{PERSON}:{person}"
    return f"{GUEST}:{guest}" if guest else None


def split(writer: str) -> tuple[str, UUID]:
    kind, _, pk = writer.partition(":")
    return kind, UUID(pk)


class Doers:
    def __init__(self) -> None:
        self.found: dict[tuple[UUID, str], Doer | None] = {}

    def forget(self) -> None:
        self.found.clear()

    def find(self, canvas: UUID, writer: str) -> Doer | None:
        return self.found.get((canvas, writer))

    def learn(self, asked: Iterable[tuple[UUID, str]]) -> None:
        """In a fixed number of queries, however many ask."""
        new = {pair for pair in asked if pair not in self.found}
        if not new:
            return
        self.found |= dict.fromkeys(new)
        people = {(canvas, split(writer)[1]) for canvas, writer in new if writer.startswith(PERSON)}
        guests = {(canvas, split(writer)[1]) for canvas, writer in new if writer.startswith(GUEST)}
        if people:
            self.found |= _people(people)
        if guests:
            self.found |= _guests(guests)


def _people(asked: set[tuple[UUID, UUID]]) -> dict[tuple[UUID, str], Doer | None]:
    team_of = dict(Canvas.objects.filter(pk__in={canvas for canvas, _ in asked}).values_list("pk", "team"))
    people = {person.pk: person for person in Person.objects.filter(pk__in={pk for _, pk in asked}, is_active=True)}
    workers = teams.workers(set(team_of.values()), set(people))
    return {
        (canvas, f"{PERSON}:{pk}"): Doer(pk, None, people[pk].language)
        for canvas, pk in asked
        if (team_of.get(canvas), pk) in workers
    }


def _guests(asked: set[tuple[UUID, UUID]]) -> dict[tuple[UUID, str], Doer | None]:
    found = Guest.objects.valid_at(clock.now()).filter(pk__in={pk for _, pk in asked}, link__role=Link.Role.WRITER)
    guests = {guest.pk: guest for guest in found.select_related("link")}
    return {
        (canvas, f"{GUEST}:{pk}"): Doer(None, pk, guests[pk].language)
        for canvas, pk in asked
        if pk in guests and guests[pk].link.key == f"canvases:{canvas}"
    }


def admissions(asked: Sequence[tuple[UUID, str, str]]) -> Mapping[tuple[str, str], Admission]:
    """What each may do now, by (key, writer); who may not even look is not in the answer."""
    doers = Doers()
    doers.learn([(canvas, writer) for canvas, _, writer in asked])
    canvases = {canvas.pk: canvas for canvas in Canvas.objects.filter(pk__in={canvas for canvas, _, _ in asked})}
    people = {split(writer)[1] for _, _, writer in asked if writer.startswith(PERSON)}
    readers = teams.readers({canvas.team_id for canvas in canvases.values()}, people)
    return {
        (key, writer): Admission("writer" if doers.find(pk, writer) else "reader", canvases[pk].state)
        for pk, key, writer in asked
        if pk in canvases and (doers.find(pk, writer) or (canvases[pk].team_id, split(writer)[1]) in readers)
    }
