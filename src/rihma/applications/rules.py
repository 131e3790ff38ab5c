"""What may be done with an application, and what its receipt proves."""

import hashlib
import json
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
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

# Longer than a page waits before it says again where somebody writes.
WRITING = timedelta(seconds=40)


def check_may_start(*, is_open: bool, opens: str = "") -> None:
    """`opens`: in words when it opens, while that is ahead."""
    if opens:
        raise Refused(
            "ahead", _("The call is not open yet. It opens %(moment)s; then you can start.") % {"moment": opens}
        )
    if not is_open:
        raise Refused("closed", _("The call is not open, so no new application can be started."))


def check_may_save(state: str, *, is_open: bool = True, version: int | None = None, newest: int = 0) -> None:
    """`is_open`: what was submitted may still be changed, to be submitted anew."""
    if not MOVES[state]:
        raise Refused(
            "state", _("The application has been withdrawn or merged with another; it can no longer be edited.")
        )
    if state == "submitted" and not is_open:
        raise Refused("state", _("The call has closed. What you submitted stands, and can no longer be edited."))
    if version not in (None, newest):
        raise Refused("newer", _("Somebody in your team saved a newer version meanwhile."))


def check_may_submit(state: str, *, team_name: str, missing: Iterable[str]) -> None:
    """A team that does not fit the rules yet may submit all the same: it is told so, and may be asked to complete."""
    if "submitted" not in MOVES[state]:
        raise Refused("state", _("This application cannot be submitted: it has been withdrawn or merged with another."))
    if not team_name.strip():
        raise Refused("team_name", _("Give the team a name before you submit."))
    for words in missing:
        raise Refused("answers", words)


def check_may_answer_later(state: str, *, is_open: bool, asked: Container[str], given: Iterable[str]) -> None:
    if state != "submitted":
        raise Refused("state", _("Only a submitted application is answered later."))
    if is_open:
        raise Refused("open", _("The call is still open: edit the application and submit it anew."))
    if not all(key in asked for key in given):
        raise Refused("frozen", _("The day for this answer has passed. Ask those who run the programme."))


def check_not_frozen(frozen: Sequence[str]) -> None:
    """`frozen`: the questions whose answers would change although their last day has passed."""
    for label in frozen:
        raise Refused("frozen", _("The answer to “%(label)s” can no longer be changed.") % {"label": label})


def check_may_withdraw(state: str) -> None:
    if "withdrawn" not in MOVES[state]:
        raise Refused("state", _("This application has been withdrawn or merged with another already."))


def check_may_merge(state: str, other: str) -> None:
    """Of two that were sent, one goes on and the other is merged into it."""
    if "merged" not in MOVES[state] or other != "submitted":
        raise Refused("state", _("Both applications have to be submitted, and none of them withdrawn."))


def receipt_number(year: int, call: UUID, count: int) -> str:
    """Short enough to be read out on the phone; `count` is the application's place in order of arrival."""
    return f"{year}-{call.hex[:4].upper()}-{count:03d}"


def digest(content: Mapping[str, object], received_at: datetime) -> str:
    """What the receipt proves: this content, at this instant. Anyone who holds both can compute it again."""
    moment = received_at.astimezone(UTC).isoformat(timespec="microseconds")
    told = json.dumps({"content": content, "received_at": moment}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()
