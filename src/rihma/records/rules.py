"""Numbers of cases, days of the law, and when what may be deleted."""

import string
from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused

USUAL_FORMAT = "{year}-{number}"
PLACEHOLDERS = {"year", "number"}
LONGEST_FORMAT = 40
# The law gives two weeks (621/1999, section 14); a month where much has to be weighed, which the answer says.
TO_ANSWER = timedelta(days=14)
# Within a day from one place, because nobody can be asked who they are.
MOST_A_DAY = 10
MOST_WORDS = 2_000

# What a programme may keep for a time only → the months that the form proposes.
KINDS: Mapping[str, int] = {
    "drafts": 6,
    "declined": 12,
    "invitations": 6,
    "letters": 6,
    "enquiries": 6,
    "posters": 12,
    "requests": 24,
    "mails": 24,
    "guests": 3,
}
# Answers whose question says itself for how long they are kept, so that no plan has to.
BY_QUESTION = "answers"
LEAST_MONTHS, MOST_MONTHS = 1, 600


def number_of(written: str, *, year: int, number: int) -> str:
    return written.format(year=year, number=number)


def check_format(written: str) -> None:
    bad = Refused(
        "number_format",
        _("Write how a number looks with {number} in it, and {year} if you like: KV/{year}/{number}."),
        "number_format",
    )
    try:
        fields = [
            (name, how or turn) for _text, name, how, turn in string.Formatter().parse(written) if name is not None
        ]
    except ValueError as error:
        raise bad from error
    names = [name for name, _how in fields]
    # A width could ask for a number of gigabytes, so there is none.
    if "number" not in names or set(names) - PLACEHOLDERS or any(how for _name, how in fields):
        raise bad


def check_months(months: Mapping[str, int | None]) -> None:
    for kind, number in months.items():
        if number is not None and not LEAST_MONTHS <= number <= MOST_MONTHS:
            raise Refused("months", _("Write a number of months from 1 to 600, or leave it empty."), kind)


def due(asked: date) -> date:
    return asked + TO_ANSWER


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last one."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError  # every month has a 28th


def check_may_ask(*, today_from_there: int) -> None:
    if today_from_there >= MOST_A_DAY:
        raise Refused(
            "often", _("Many requests came from your network today. Try again tomorrow, or write to us by mail.")
        )


def check_may_mark(state: str, *, known: bool, has_words: bool, because: str) -> None:
    if state == "withdrawn":
        raise Refused("state", _("The application has been withdrawn; there is nothing to mark in it."))
    if not known or not has_words:
        raise Refused("part", _("Nothing is written in that part."))
    if not because.strip():
        raise Refused("because", _("Write why it is secret: those who decide read it."), "because")


def check_may_unmark(outcome: str) -> None:
    if outcome != "asked":
        raise Refused("decided", _("It has been decided on already. Write to those who run the programme."))


def check_decision(outcome: str, ground: str) -> None:
    if outcome not in {"secret", "public"}:
        raise Refused("outcome", _("Choose whether the part is secret."), "outcome")
    if not ground.strip():
        raise Refused("ground", _("Write the ground: the section of the law, or why it is public."), "ground")


def check_answer(outcome: str, answer: str, *, before: str) -> None:
    if before != "waiting":
        raise Refused("answered", _("This request has been answered already."))
    if outcome == "waiting":
        raise Refused("outcome", _("Choose what became of the request."), "outcome")
    if not answer.strip():
        raise Refused("answer", _("Write the answer: whoever asked reads it."), "answer")
