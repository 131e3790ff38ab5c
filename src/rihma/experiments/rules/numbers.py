"""Numbers as people type them in Finnish, Swedish and English."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from rihma.base.refused import Refused

# Space, no-break space, narrow no-break space, thin space: all are typed or pasted between thousands.
_SPACES = str.maketrans("", "", " \u00a0\u202f\u2009")
_DASHES = str.maketrans("\u2212\u2013", "--")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
# No more, because SQLite keeps fifteen digits of a number, and rounds or loses what is longer.
WHOLE, DECIMALS = 11, 4


def read_number(typed: str, *, unit: str = "") -> Decimal:
    """“12,5”, “12.5”, “1 200” and “12,5 %” where the unit is %; another unit is refused, never guessed."""
    text = typed.strip().translate(_DASHES)
    if unit and text.casefold().endswith(unit.casefold()):
        text = text[: -len(unit)]
    text = text.translate(_SPACES)
    if not _NUMBER.fullmatch(text):
        raise Refused("number", _not_a_number(typed, unit))
    number = Decimal(text.replace(",", "."))
    whole, _dot, decimals = text.replace(",", ".").lstrip("+-").partition(".")
    if len(whole) > WHOLE or len(decimals.rstrip("0")) > DECIMALS:
        raise Refused(
            "precision",
            _("Write at most %(whole)s digits before the comma and %(decimals)s after it.")
            % {"whole": WHOLE, "decimals": DECIMALS},
        )
    return number


def _not_a_number(typed: str, unit: str) -> str:
    if re.match(r"\s*[+-]?\d", typed) and unit:
        return _("Write one number in the unit of the plan (%(unit)s), for example 12,5.") % {"unit": unit}
    return _("Write one number, for example 12 or 12,5.")


def plain(number: Decimal) -> str:
    """The same text for 40, 40.0 and 40.0000, whichever the database gave back."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
