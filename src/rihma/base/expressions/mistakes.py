from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple

from django.utils.translation import gettext as _

from rihma.base.refused import Refused

MOST_NAMED = 12


class Place(NamedTuple):
    """Where in the text, as people count: both begin at 1."""

    line: int
    column: int


class BadExpression(Refused):
    """Says what is wrong, where, and what to do: in this order, each a sentence."""

    def __init__(self, what: str, remedy: str, place: Place) -> None:
        self.what = what
        self.remedy = remedy
        self.place = place
        where = _("Line %(line)s, character %(column)s:") % place._asdict()
        super().__init__("bad_expression", " ".join(part for part in (where, what, remedy) if part), "holds")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    names = sorted(known)
    close = get_close_matches(word.casefold(), names, n=1, cutoff=0.6)
    if close:
        return _("Did you mean “%(word)s”?") % {"word": close[0]}
    if not names:
        return ""
    listed = ", ".join(names[:MOST_NAMED]) + (" …" if len(names) > MOST_NAMED else "")
    return _("These are known: %(words)s.") % {"words": listed}
