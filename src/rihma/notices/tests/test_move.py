"""The life of a message: which moves there are, and what an answer of the mail server means."""

import smtplib
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from rihma.notices.rules import MOVES, PAUSES, Outcome, State, before, outcome

NOW = datetime(2024, 3, 1, 9, 0, tzinfo=UTC)

ALLOWED = {
    ("queued", "sending"),
    ("queued", "failed"),
    ("sending", "sent"),
    ("sending", "queued"),
    ("sending", "failed"),
    ("sending", "unsure"),
    ("unsure", "sent"),
}


@pytest.mark.parametrize(("origin", "target"), list(product(State, State)))
def test_message_moves_only_along_the_table(origin: State, target: State) -> None:
    assert (origin in before(target)) == ((origin.value, target.value) in ALLOWED)


def test_every_state_has_its_row() -> None:
    assert set(MOVES) == set(State)


def test_what_was_sent_never_moves_again() -> None:
    assert MOVES[State.SENT] == set()


def test_mail_server_that_took_it_means_sent() -> None:
    assert outcome(None, handed_over=True, tries=1, now=NOW) == Outcome(State.SENT)


@pytest.mark.parametrize(
    ("problem", "handed_over", "state"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"unknown")}), False, State.FAILED),
        (smtplib.SMTPRecipientsRefused({"a@b.example": (450, b"later")}), False, State.QUEUED),
        (smtplib.SMTPDataError(554, b"spam"), True, State.FAILED),
        (smtplib.SMTPDataError(451, b"later"), True, State.QUEUED),
        (smtplib.SMTPSenderRefused(550, b"not you", "x@y.example"), False, State.QUEUED),
        (smtplib.SMTPServerDisconnected("gone"), False, State.QUEUED),
        (smtplib.SMTPServerDisconnected("gone"), True, State.UNSURE),
        (TimeoutError("timed out"), False, State.QUEUED),
        (TimeoutError("timed out"), True, State.UNSURE),
        (ValueError("no such address"), False, State.FAILED),
        (OSError("disk full"), False, State.QUEUED),
    ],
)
def test_answer_decides_what_becomes_of_it(problem: Exception, handed_over: bool, state: State) -> None:
    assert outcome(problem, handed_over=handed_over, tries=1, now=NOW).state == state


def test_each_pause_is_longer_than_the_last() -> None:
    waits = [_after(tries).send_after for tries in range(1, len(PAUSES) + 1)]
    assert waits == sorted(set(waits), key=str)
    assert waits[0] == NOW + timedelta(minutes=1)


def test_message_is_given_up_after_the_last_pause() -> None:
    assert _after(len(PAUSES) + 1).state == State.FAILED


def test_unsure_message_is_never_queued_again() -> None:
    assert State.UNSURE not in before(State.QUEUED)
    assert State.UNSURE not in before(State.SENDING)


def _after(tries: int) -> Outcome:
    return outcome(smtplib.SMTPDataError(451, b"later"), handed_over=True, tries=tries, now=NOW)
