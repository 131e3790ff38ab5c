from typing import TypedDict

from rihma.base.words import Words


class Texts(TypedDict, total=False):
    """What a call tells around its questions."""

    why: Words
    how: Words
    who: Words


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
