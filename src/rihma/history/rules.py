"""The form in which an event is hashed. Changing it breaks every chain: add a version instead."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID


@dataclass(frozen=True)
class Record:
    scope: UUID
    number: int
    at: datetime
    by: UUID | None
    area: str
    verb: str
    subject: str
    data: Mapping[str, object]
    before: str

    def canonical(self) -> bytes:
        parts = {
            "v": 1,
            "scope": str(self.scope),
            "number": self.number,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "by": str(self.by) if self.by else None,
            "what": f"{self.area}.{self.verb}",
            "subject": self.subject,
            "data": self.data,
            "before": self.before,
        }
        return json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()

    def digest(self) -> str:
        return hashlib.sha256(self.canonical()).hexdigest()


def first_broken(chain: Iterable[tuple[Record, str]]) -> int | None:
    """Number of the first event that does not fit, or None. The chain is given from its first event on."""
    before = ""
    for expected, (record, digest) in enumerate(chain, start=1):
        if record.number != expected or record.before != before or record.digest() != digest:
            return expected
        before = digest
    return None
