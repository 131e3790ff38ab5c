"""When an application may arrive, and what its receipt proves."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused

MOVES: dict[str, set[str]] = {
    "draft": {"submitted", "withdrawn"},
    # anew, while the call is open
    "submitted": {"submitted", "withdrawn", "merged"},
    "withdrawn": set(),
    "merged": set(),
}


def check_may_submit(state: str, *, team_name: str, missing: Iterable[str]) -> None:
    """A team that does not fit the rules yet may submit all the same: it is told so, and may be asked to complete."""
    if "submitted" not in MOVES[state]:
        raise Refused("state", _("This application cannot be submitted: it has been withdrawn or merged with another."))
    if not team_name.strip():
        raise Refused("team_name", _("Give the team a name before you submit."))
    for words in missing:
        raise Refused("answers", words)


def check_changed(*, asked: bool) -> None:
    """Of something that is submitted again as it was: an answer to a request to complete must bring something."""
    if asked:
        raise Refused(
            "same", _("Nothing has changed since you submitted. Change what you were asked to complete first.")
        )


def receipt_number(year: int, call: UUID, count: int) -> str:
    """Short enough to be read out on the phone; `count` is the application's place in order of arrival."""
    return f"{year}-{call.hex[:4].upper()}-{count:03d}"


def digest(content: Mapping[str, object], received_at: datetime) -> str:
    """What the receipt proves: this content, at this instant. Anyone who holds both can compute it again."""
    moment = received_at.astimezone(UTC).isoformat(timespec="microseconds")
    told = json.dumps({"content": content, "received_at": moment}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()
