from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypedDict
from uuid import UUID


class Payload(TypedDict, total=False):
    """What an operation says. Which keys go with which verb stands in `rules.SAYS`."""

    kind: str
    zone: str
    order: str
    text: str
    lang: str
    fields: dict[str, int]
    settles: int


@dataclass(frozen=True)
class Proposed:
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


class Row(Protocol):
    """A row of the log, as it took effect. `payload` may hold `typed` and `alternative` beside what was proposed."""

    seq: int
    verb: str
    payload: Any
    by_id: UUID | None
    at: datetime


class Alternative(TypedDict):
    """A text that was there when another one, written without seeing it, took its place."""

    seq: int
    text: str
    lang: str
    by: str | None
    at: str


@dataclass(frozen=True)
class State:
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
    fields: Mapping[str, int] = field(default_factory=dict)
    alternatives: tuple[Alternative, ...] = ()
    removed: bool = False


def device_of(client_id: str) -> str:
    return client_id.rpartition(":")[0] or client_id
