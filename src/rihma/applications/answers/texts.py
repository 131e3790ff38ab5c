"""Answers that are typed: one line, longer text, a number, a date."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from rihma.applications.answers.kinds import LONGEST_ANSWER, LONGEST_LINE, Drawing, Kind, said
from rihma.base import dates
from rihma.calls.rules import Asked, Value


def _line(asked: Asked, _drawing: Drawing) -> forms.Field:
    return forms.CharField(max_length=LONGEST_ANSWER, widget=forms.TextInput({"data-most-words": asked.most_words}))


def _long(asked: Asked, _drawing: Drawing) -> forms.Field:
    widget = forms.Textarea({"rows": 6, "data-most-words": asked.most_words})
    return forms.CharField(max_length=LONGEST_ANSWER, widget=widget)


def _words(asked: Asked, value: Value) -> Iterator[str]:
    over = len(said(value).split()) - asked.most_words
    if over > 0:
        yield ngettext(
            "Shorten the answer to “%(label)s” by %(n)s word.",
            "Shorten the answer to “%(label)s” by %(n)s words.",
            over,
        ) % {"label": asked.label, "n": over}


class NumberField(forms.CharField):
    """A number is kept as one, with a comma or a point; what is no number stays as it was typed."""

    def to_python(self, value: Any) -> Value:
        text = str(super().to_python(value) or "").strip()
        try:
            found = Decimal("".join(text.split()).replace(",", ".").replace("\N{MINUS SIGN}", "-"))
        except InvalidOperation:
            return text
        if not found.is_finite():
            return text
        return int(found) if found == found.to_integral_value() else float(found)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value is None:
            return value
        return str(value) if dates.spoken(_language()) == "en" else str(value).replace(".", ",")

    def validate(self, value: Any) -> None:
        """Anything may stand in a draft."""

    def run_validators(self, value: Any) -> None:
        super().run_validators(str(value))


def _number(_asked: Asked, _drawing: Drawing) -> forms.Field:
    widget = forms.TextInput({"inputmode": "decimal", "data-width": "short"})
    return NumberField(max_length=LONGEST_LINE, widget=widget)


def _number_faults(asked: Asked, value: Value) -> Iterator[str]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield _("“%(label)s”: write a number, with digits only.") % {"label": asked.label}
    elif asked.least is not None and value < asked.least:
        yield _("“%(label)s”: at least %(n)s.") % {"label": asked.label, "n": asked.least}
    elif asked.most is not None and value > asked.most:
        yield _("“%(label)s”: at most %(n)s.") % {"label": asked.label, "n": asked.most}


def _number_lines(asked: Asked, value: Value) -> list[str]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return [said(value)]
    return [f"{dates.number(value, _language())} {asked.unit}".strip()]


def _date(_asked: Asked, _drawing: Drawing) -> forms.Field:
    return forms.CharField(max_length=LONGEST_LINE, widget=forms.DateInput({"type": "date"}))


def _day(value: Value) -> date | None:
    try:
        return date.fromisoformat(said(value))
    except ValueError:
        return None


def _date_faults(asked: Asked, value: Value) -> Iterator[str]:
    if _day(value) is None:
        yield _("“%(label)s”: give a day, such as 2027-01-31.") % {"label": asked.label}


def _date_lines(_asked: Asked, value: Value) -> list[str]:
    day = _day(value)
    return [dates.date_only(day, _language()) if day else said(value)]


def _as_written(_asked: Asked, value: Value) -> list[str]:
    # Paragraphs of their own, so that a page, a letter and a sheet can each break them as they do.
    return [line for line in said(value).splitlines() if line.strip()]


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


SHORT = Kind(_line, _words, _as_written)
LONG = Kind(_long, _words, _as_written)
NUMBER = Kind(_number, _number_faults, _number_lines)
DATE = Kind(_date, _date_faults, _date_lines)
