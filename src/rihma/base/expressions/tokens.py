"""Text to tokens. Quotes and signs that phones and word processors put in by themselves are read as what was meant."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property

from django.utils.translation import gettext as _

from rihma.base.expressions.mistakes import BadExpression, Place

LONGEST = 1000
MOST_DIGITS = 12
WORD_LIKE = re.compile(r"[^\W\d]\w*")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")
SPACE = re.compile(r"\s+")
TEXT = re.compile(r'["“”„]([^"“”„\n]*)["“”„]')
SIGN = re.compile(r"==|!=|<=|>=|≤|≥|≠|[<>()\[\],.+\-*−–]")
MEANT = {"≤": "<=", "≥": ">=", "≠": "!=", "−": "-", "–": "-"}
# Signs of other languages are told what to write instead of them.
SLIPS = {"=": "==", "&&": "and", "&": "and", "||": "or", "|": "or", "!": "not", "<>": "!=", "'": '"'}


class Kind(Enum):
    WORD = "word"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True)
class Token:
    kind: Kind
    text: str
    at: int
    source: str

    @property
    def word(self) -> str:
        """As it is compared with words of the language; capitals make no difference in a name."""
        if self.kind not in (Kind.WORD, Kind.SIGN):
            return ""
        # Only these letters, because small forms of some others are not single letters.
        return self.text.lower() if self.text.isascii() else self.text

    @cached_property
    def place(self) -> Place:
        return place_of(self.source, self.at)


def place_of(source: str, at: int) -> Place:
    return Place(source.count("\n", 0, at) + 1, at - (source.rfind("\n", 0, at) + 1) + 1)


def tokens_of(source: str) -> list[Token]:
    """All of them and an end, or `BadExpression` at the first sign that means nothing."""
    if len(source) > LONGEST:
        what = _("The condition is longer than %(n)s characters.") % {"n": LONGEST}
        raise BadExpression(what, _("Make two rules of it."), place_of(source, LONGEST))
    found, at = [], 0
    while at < len(source):
        space = SPACE.match(source, at)
        if space:
            at = space.end()
            continue
        token, at = _next(source, at)
        found.append(token)
    return [*found, Token(Kind.END, "", len(source), source)]


def _next(source: str, at: int) -> tuple[Token, int]:
    for kind, pattern in ((Kind.DATE, DATE), (Kind.NUMBER, NUMBER), (Kind.WORD, WORD_LIKE), (Kind.SIGN, SIGN)):
        found = pattern.match(source, at)
        if found:
            _check(kind, found.group(), source, at)
            return Token(kind, MEANT.get(found.group(), found.group()), at, source), found.end()
    text = TEXT.match(source, at)
    if text:
        return Token(Kind.TEXT, text.group(1), at, source), text.end()
    raise _unknown(source, at)


def _check(kind: Kind, text: str, source: str, at: int) -> None:
    if kind is Kind.NUMBER and len(text) > MOST_DIGITS:
        what = _("The number %(text)s is too long.") % {"text": text[:20] + "…"}
        raise BadExpression(what, _("Write at most %(n)s digits.") % {"n": MOST_DIGITS}, place_of(source, at))
    if kind is Kind.DATE:
        try:
            date.fromisoformat(text)
        except ValueError as error:
            what = _("There is no day %(text)s.") % {"text": text}
            raise BadExpression(
                what, _("Write a day as year-month-day, such as 2027-01-29."), place_of(source, at)
            ) from error


def _unknown(source: str, at: int) -> BadExpression:
    sign = source[at]
    if sign in '"“”„':
        what = _("This text does not end.")
        return BadExpression(what, _("End it with a quotation mark on the same line."), place_of(source, at))
    for slip, meant in sorted(SLIPS.items(), key=lambda one: -len(one[0])):
        if source.startswith(slip, at):
            what = _("“%(sign)s” is not used here.") % {"sign": slip}
            return BadExpression(what, _("Write %(sign)s instead.") % {"sign": meant}, place_of(source, at))
    what = _("“%(sign)s” is not used here.") % {"sign": sign if sign.isprintable() else f"U+{ord(sign):04X}"}
    return BadExpression(what, _("Remove it."), place_of(source, at))


def number_of(text: str) -> int | Decimal:
    return Decimal(text) if "." in text else int(text)
