from datetime import date
from typing import TypedDict

from rihma.programmes.models import Theme


class Description(TypedDict, total=False):
    """What a team says of itself."""

    name: str
    theme: Theme | None
    phenomenon: str
    looking_for: str
    search_is_public: bool
    willing_to_open: bool
    experiment_idea: str
    language: str


CARD = ("search_words", "search_kinds", "search_until")


class Card(TypedDict):
    """What hangs on the board of those who look for partners."""

    search_words: str
    search_kinds: list[str]
    search_until: date | None
