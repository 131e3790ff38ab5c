"""Who may write on which canvas right now, as far as the writer has asked since anything changed."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from uuid import UUID

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.canvases.models import Canvas
from rihma.canvases.types import Doer
from rihma.guests.models import Guest, Link
from rihma.realtime.ledger import Admission
from rihma.teams import queries as teams

AREA = "canvases"
PERSON, GUEST = "person", "guest"


def writer_of(person: UUID | None, guest: UUID | None) -> str | None:
    """How the live part names whoever wrote something."""
    if person:
        return _said(PERSON, person.int)
    return _said(GUEST, guest.int) if guest else None


@lru_cache(maxsize=10_000)
def _said(kind: str, number: int) -> str:
    return f"{kind}:{UUID(int=number)}"


def name_of(who: Person | Guest) -> str:
    return f"{PERSON}:{who.pk}" if isinstance(who, Person) else f"{GUEST}:{who.pk}"


def doer_of(who: Person | Guest) -> Doer:
    return Doer(who.pk, None, who.language) if isinstance(who, Person) else Doer(None, who.pk, who.language)


def split(writer: str) -> tuple[str, UUID]:
    kind, _, pk = writer.partition(":")
    return kind, UUID(pk)


def key_of(canvas: UUID) -> str:
    """How the live part names a canvas."""
    return f"{AREA}:{canvas}"


def pk_of(key: str) -> UUID:
    return UUID(key.partition(":")[2])


class Doers:
    def __init__(self) -> None:
        self.found: dict[tuple[str, str], Doer | None] = {}

    def forget(self) -> None:
        self.found.clear()

    def forget_guests(self) -> None:
        self.found = {pair: doer for pair, doer in self.found.items() if not pair[1].startswith(GUEST)}

    def find(self, key: str, writer: str) -> Doer | None:
        return self.found.get((key, writer))

    def learn(self, asked: Iterable[tuple[str, str]]) -> None:
        """In a fixed number of queries, however many ask: pairs of a canvas's key and a writer."""
        new = {pair for pair in asked if pair not in self.found}
        self.found |= dict.fromkeys(new)
        people = {(key, split(writer)[1]) for key, writer in new if writer.startswith(PERSON)}
        guests = {(key, split(writer)[1]) for key, writer in new if writer.startswith(GUEST)}
        if people:
            self.found |= _people(people)
        if guests:
            self.found |= _guests(guests, Link.Role.WRITER)


def _people(asked: set[tuple[str, UUID]]) -> dict[tuple[str, str], Doer | None]:
    canvases = Canvas.objects.filter(pk__in={pk_of(key) for key, _ in asked}).values_list("pk", "team")
    team_of = {key_of(pk): team for pk, team in canvases}
    people = {person.pk: person for person in Person.objects.filter(pk__in={pk for _, pk in asked}, is_active=True)}
    workers = teams.workers(set(team_of.values()), set(people))
    return {
        (key, f"{PERSON}:{pk}"): Doer(pk, None, people[pk].language)
        for key, pk in asked
        if (team_of.get(key), pk) in workers
    }


def _guests(asked: set[tuple[str, UUID]], *roles: str) -> dict[tuple[str, str], Doer | None]:
    """Of these pairs those whose link opens just this canvas, in one of these roles, at this moment."""
    found = Guest.objects.valid_at(clock.now()).filter(pk__in={pk for _, pk in asked}, link__role__in=roles)
    guests = {guest.pk: guest for guest in found.select_related("link")}
    return {
        (key, f"{GUEST}:{pk}"): Doer(None, pk, guests[pk].language)
        for key, pk in asked
        if pk in guests and guests[pk].link.key == key
    }


def admissions(asked: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], Admission]:
    """What each may do now, by (key, writer); who may not even look is not in the answer."""
    doers = Doers()
    doers.learn(asked)
    found = Canvas.objects.filter(pk__in={pk_of(key) for key, _ in asked})
    canvases = {key_of(canvas.pk): canvas for canvas in found}
    people = {split(writer)[1] for _, writer in asked if writer.startswith(PERSON)}
    guests = {(key, split(writer)[1]) for key, writer in asked if writer.startswith(GUEST)}
    mentored = teams.readers({canvas.team_id for canvas in canvases.values()}, people)
    invited = _guests(guests, Link.Role.READER) if guests else {}
    return {
        (key, writer): Admission(
            "writer" if doers.find(key, writer) else "reader", canvases[key].state, canvases[key].names_hidden
        )
        for key, writer in asked
        if key in canvases
        and (
            doers.find(key, writer) or (key, writer) in invited or (canvases[key].team_id, split(writer)[1]) in mentored
        )
    }
