"""What an area gives that keeps a log. All of it is called in threads, never in the loop."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from msgspec import Raw, Struct

from rihma.realtime.frames import Refusal


class Doer(Struct, frozen=True):
    """Who asks: `id` as the area writes it, `session` what it ends with ("" if nothing)."""

    id: str
    name: str
    guest: bool = False
    session: str = ""


class Admission(Struct, frozen=True):
    """What somebody may do now ("writer" or "reader"), and the state of the thing in a word of its area.

    `nameless`: who is here is told, but not who of them does what.
    """

    role: str
    status: str
    nameless: bool = False


class Sent(Struct, frozen=True, gc=False):
    key: str
    by: str
    operation: Raw
    # the sign-in that it came with; once that has ended, nothing of it is written
    session: str = ""


class Outcome(Struct, frozen=True, gc=False):
    """What became of one operation. `row` is what others are told, empty when it had been taken before."""

    id: str
    seq: int = 0
    row: bytes = b""
    refusal: Refusal | None = None


class Snapshot(Struct, frozen=True):
    head: int
    items: bytes


def area_of(key: str) -> str:
    """Whose ledger keeps it."""
    return key.partition(":")[0]


class Ledger(Protocol):
    def admit(self, asked: Sequence[tuple[str, Doer]]) -> Mapping[tuple[str, str], Admission]:
        """What each may do now, by (key, id); who may nothing is not in the answer."""

    def snapshot(self, key: str) -> Snapshot: ...

    def rows(self, key: str, after: int, most: int) -> list[tuple[int, bytes]]:
        """Rows behind `after`, in order. A log that no longer tells of the first of them begins later."""

    def version(self) -> object:
        """Another one once anybody but the writer has written; None where that cannot be told. For the writer's thread."""

    def heads(self, keys: Sequence[str]) -> Mapping[str, int]: ...

    def write(self, sent: Sequence[Sent]) -> list[Outcome]:
        """In one transaction, on disk when it returns, rights read inside it; one outcome each, in order."""
