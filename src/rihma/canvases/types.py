"""What goes through the rules of canvases. `gc=False`: what came as JSON holds no circles, so nobody need look for any."""

from datetime import datetime
from typing import Any, Protocol, TypedDict
from uuid import UUID

from msgspec import Struct


class Payload(TypedDict, total=False):
    """What an operation says. Which keys go with which verb stands in `rules.SAYS`."""

    kind: str
    zone: str
    order: str
    text: str
    lang: str
    fields: dict[str, Any]
    settles: int
    # what marks.py tells of
    tag: str
    untag: str
    group: str
    people: int
    link: dict[str, str]
    unlink: str
    translation: dict[str, str]
    same_as: str
    came_from: dict[str, str]
    # an actor by its name, where its id is not known; the log holds the id (actors_here.identified)
    actor: dict[str, str]


class Proposed(Struct, frozen=True, gc=False):
    """An operation as somebody sends it, before the server gave it a number."""

    client_id: str
    verb: str
    item: UUID
    payload: Payload
    # the last number the sender had seen, so that a new text can be merged into what came after it
    base: int | None = None

    @property
    def device(self) -> str:
        """Ids of one device share what stands before the counter."""
        return device_of(self.client_id)


class Doer(Struct, frozen=True, gc=False):
    """Somebody who writes: a person, or a guest who came by a link."""

    person: UUID | None
    guest: UUID | None
    language: str


class Row(Protocol):
    """A row of the log, as it took effect. `payload` may hold `typed` and `alternative` beside what was proposed."""

    @property
    def seq(self) -> int: ...
    @property
    def verb(self) -> str: ...
    @property
    def payload(self) -> Any: ...
    @property
    def by_id(self) -> UUID | None: ...
    @property
    def guest_id(self) -> UUID | None: ...
    @property
    def at(self) -> datetime: ...


class Line(Struct, frozen=True, gc=False):
    """A row of the log as it is written and as others are told of it."""

    seq: int
    client_id: str
    verb: str
    item: UUID
    payload: dict[str, Any]
    base: int | None
    by_id: UUID | None
    guest_id: UUID | None
    at: datetime


class Alternative(TypedDict):
    """A text that was there when another one, written without seeing it, took its place."""

    seq: int
    text: str
    lang: str
    by: str | None
    at: str


class State(Struct, frozen=True, gc=False):
    """An item as the log tells it up to some number."""

    kind: str
    zone: str
    order: str
    text: str
    lang: str
    by_id: UUID | None
    made_at: datetime
    changed_at: datetime
    text_seq: int
    guest_id: UUID | None = None
    fields: dict[str, Any] = {}
    alternatives: tuple[Alternative, ...] = ()
    removed: bool = False
    marks: dict[str, Any] = {}
    # somebody flagged it: nobody but those who run it reads it until they have looked
    hidden: bool = False


def device_of(client_id: str) -> str:
    return client_id.rpartition(":")[0] or client_id
