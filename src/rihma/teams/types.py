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
