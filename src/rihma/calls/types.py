from datetime import date, time
from typing import TYPE_CHECKING, Any, Required, TypedDict

from rihma.base.words import Words

if TYPE_CHECKING:
    from rihma.calls.models import Section


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


class QuestionFields(TypedDict, total=False):
    """What is not given stays as it is, or as it usually is."""

    label: Required[Words]
    help: Words
    plain: Words
    kind: str
    section: "Section | None"
    required: Required[bool]
    required_by: date | None
    frozen_after: date | None
    most_words: int
    unit: Words
    least: int | None
    most: int | None
    options: list[dict[str, Any]]
    shown_if: dict[str, Any]
    readers: list[str]
    secret_because: Words
    kept_months: int | None
    file_kinds: list[str]
    most_megabytes: int
    asked_in: str


class SectionFields(TypedDict):
    title: Words
    intro: Words


class CriterionFields(TypedDict, total=False):
    """What is not given stays as it is."""

    title: Required[Words]
    description: Words
    weight: int
    level_1: Words
    level_2: Words
    level_3: Words
    level_4: Words
    level_5: Words
