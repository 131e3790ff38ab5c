from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language

from rihma.base.refused import Refused
from rihma.experiments.rules.numbers import plain, read_number

LONGEST_TEXT = 5_000


class NumberField(forms.CharField):
    """A decimal as people type it, with a comma or a point; `unit` may stand after it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=60, widget=forms.TextInput({"inputmode": "decimal", "data-width": "short"}), **kwargs
        )
        self.unit = ""

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        return plain(value) if get_language() == "en" else plain(value).replace(".", ",")

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return read_number(typed, unit=self.unit)
        except Refused as refused:
            raise ValidationError(str(refused), code=refused.code) from refused


class DayField(forms.DateField):
    """A calendar where the browser has one; typed days are read as Finns write them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"],
            **kwargs,
        )


class TextField(forms.CharField):
    def __init__(self, *, rows: int = 2, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": rows}), **kwargs)
