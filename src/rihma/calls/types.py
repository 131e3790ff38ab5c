from datetime import date, time
from typing import TypedDict

from rihma.base.words import Words


class Texts(TypedDict, total=False):
    """What a call tells around its questions."""

    why: Words
    how: Words
    who: Words


class TimeFields(TypedDict):
    """By the clock of the programme's zone. Without an opening the call opens with its programme."""

    opens_on: date | None
    opens_at: time | None
    closes_on: date
    closes_at: time


class QuestionFields(TypedDict):
    label: Words
    help: Words
    kind: str
    required: bool
    most_words: int


class CriterionFields(TypedDict):
    title: Words
    description: Words
    weight: int
