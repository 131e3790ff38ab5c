"""The box beside the form: whether it may say something else after a save, so that it is asked for again only then.

While somebody writes, a text is saved every few seconds, and nearly always all that stands in the box stays the same.
"""

from collections.abc import Container, Iterable, Mapping
from typing import Any

from rihma.applications.answers import is_empty, missing
from rihma.applications.fields import ANSWER, Fields
from rihma.base import clock
from rihma.calls.rules import Asked
from rihma.programmes.requirements import ANSWERS, name_of

# What a team says of itself in its own words: of these only whether there are any is told.
TEXTS = frozenset({"name", "phenomenon", "looking_for", "experiment_idea"})
OWN_WORDS = frozenset({"short", "long"})


def speaks_anew(
    changed: Fields, before: Mapping[str, Any], questions: Iterable[Asked], mentioned: Container[str]
) -> bool:
    """`before`: what the fields held. `mentioned`: every name that a rule of the programme speaks of."""
    asked = {f"{ANSWER}{one.key}": one for one in questions}
    today = clock.now().date()
    for name, value in changed.items():
        was, question = before.get(name), asked.get(name)
        if is_empty(was) != is_empty(value):
            return True
        if question is None:
            if name not in TEXTS:
                return True
        elif (
            question.kind not in OWN_WORDS
            or f"{ANSWERS}.{name_of(question.key)}" in mentioned
            or missing(question, was, today=today) != missing(question, value, today=today)
        ):
            return True
    return False
