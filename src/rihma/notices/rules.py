"""The life of a message in the outbox, and what an answer of the mail server means for it."""

import smtplib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNSURE = "unsure"


# A sender that is slow rather than dead may still learn that the server took an unsure message.
MOVES: dict[State, set[State]] = {
    State.QUEUED: {State.SENDING, State.FAILED},
    State.SENDING: {State.SENT, State.QUEUED, State.FAILED, State.UNSURE},
    State.SENT: set(),
    State.FAILED: set(),
    State.UNSURE: {State.SENT},
}

# Longer than the mail server may keep a sender waiting, so that only a dead sender's lease runs out.
LEASE = timedelta(minutes=5)

# Short first, because a mail server that is away is usually back within the hour; after two days somebody must look.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440)]

PERMANENT = 500


def before(state: State) -> set[State]:
    """The states from which a message may come to `state`."""
    return {origin for origin, targets in MOVES.items() if state in targets}


@dataclass(frozen=True)
class Outcome:
    state: State
    error: str = ""
    send_after: datetime | None = None


def outcome(problem: Exception | None, *, handed_over: bool, tries: int, now: datetime) -> Outcome:
    """What becomes of a message after a try.

    Only a refusal in so many words means that the server does not have it. A silence after the text was
    handed over means nobody knows, and a second try could reach the reader twice.
    """
    if problem is None:
        return Outcome(State.SENT)
    error = in_words(problem)
    if _refused_for_good(problem):
        return Outcome(State.FAILED, error)
    if handed_over and not spoken(problem):
        return Outcome(State.UNSURE, error)
    if tries > len(PAUSES):
        return Outcome(State.FAILED, error)
    return Outcome(State.QUEUED, error, now + PAUSES[tries - 1])


def spoken(problem: Exception) -> bool:
    """Whether somebody said no, rather than nothing being heard at all."""
    return isinstance(problem, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused | ValueError)


def _refused_for_good(problem: Exception) -> bool:
    """The reader's address or the text was refused; a refused sender or password is ours to mend, so that waits."""
    match problem:
        case smtplib.SMTPRecipientsRefused():
            return all(code >= PERMANENT for code in _codes(problem.recipients.values()))
        case smtplib.SMTPDataError():
            return problem.smtp_code >= PERMANENT
        case ValueError():
            return True
    return False


def _codes(answers: Iterable[tuple[int, bytes]]) -> list[int]:
    return [code for code, _ in answers]


def in_words(problem: Exception) -> str:
    return f"{type(problem).__name__}: {problem}"[:300]
