"""One form field for each type of field that a kind may give its items."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rihma.actors.models import Organisation
from rihma.canvases import kinds
from rihma.canvases.kinds import ActorField, Choice, Day, Field, Number, Scale, Text, YesNo

MOST_DIGITS, MOST_DECIMALS = 18, 6


@dataclass(frozen=True)
class Here:
    """What a form must know of the canvas: the actors that stand in a zone, and names to suggest."""

    standing_in: Callable[[str], list[Organisation]] = lambda _zone: []
    suggested: Callable[[], list[str]] = list
    named: Callable[[str], str] = str


class Kept(forms.Field):
    """Changed means that another value came than the one that was on the page."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.clean(data) != self.clean(initial))
        except forms.ValidationError:
            return True


class ScaleField(Kept, forms.TypedChoiceField):
    """Chosen by words; a hand that drags may put any number from 0 to 100."""

    def __init__(self, scale: Scale, value: Any, **common: Any) -> None:
        value = scale.default if value is None else value
        choices = [(step.at, str(step.name)) for step in scale.steps]
        if value not in dict(choices):
            choices = sorted([*choices, (value, _("in between (%(value)s)") % {"value": value})])
        super().__init__(choices=choices, coerce=int, empty_value=None, initial=value, **common)

    def valid_value(self, value: Any) -> bool:
        return str(value).isascii() and str(value).isdigit() and int(value) <= kinds.FULL


class ChosenField(Kept, forms.ChoiceField):
    def __init__(self, field: Choice, value: Any, **common: Any) -> None:
        choices = [("", "–"), *((option.key, str(option.name)) for option in field.options)]
        super().__init__(choices=choices, initial=value or "", **common)

    def clean(self, value: Any) -> Any:
        return super().clean(value) or None


class NumberField(Kept, forms.DecimalField):
    """Exactly as typed, also with a decimal comma."""

    def __init__(self, field: Number, value: Any, **common: Any) -> None:
        if field.unit:
            common["label"] = f"{common['label']} ({field.unit})"
        widget = forms.TextInput({"inputmode": "decimal", "data-width": "short"})
        initial = "" if value is None else str(value)
        super().__init__(max_digits=MOST_DIGITS, decimal_places=MOST_DECIMALS, widget=widget, initial=initial, **common)

    def to_python(self, value: Any) -> Any:
        return super().to_python(str(value or "").replace(",", ".").replace("\xa0", "").replace(" ", ""))

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        if number is None:
            return None
        return int(number) if number == number.to_integral_value() else f"{number.normalize():f}"


class TextField(Kept, forms.CharField):
    def __init__(self, _field: Text, value: Any, **common: Any) -> None:
        super().__init__(max_length=kinds.LONGEST, initial=value or "", **common)

    def clean(self, value: Any) -> Any:
        return super().clean(value) or None


class DayField(Kept, forms.DateField):
    def __init__(self, _field: Day, value: Any, **common: Any) -> None:
        widget = forms.DateInput({"type": "date", "data-width": "medium"}, format="%Y-%m-%d")
        initial = date.fromisoformat(value) if value else None
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d.%m.%Y"], initial=initial, **common)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        return day.isoformat() if day else None


class YesNoField(Kept, forms.ChoiceField):
    WORDS: Mapping[str, bool | None] = {"yes": True, "no": False, "": None}

    def __init__(self, field: YesNo, value: Any, **common: Any) -> None:
        choices = [("", "–"), ("yes", str(field.yes)), ("no", str(field.no))]
        initial = next(word for word, meaning in self.WORDS.items() if meaning is value)
        super().__init__(choices=choices, initial=initial, **common)

    def clean(self, value: Any) -> Any:
        return self.WORDS[super().clean(value)]


class AmongField(Kept, forms.ChoiceField):
    """One of the actors that stand in another zone of the same canvas."""

    def __init__(self, listed: list[Organisation], value: Any, **common: Any) -> None:
        choices = [("", "–"), *((str(actor.pk), actor.name) for actor in listed)]
        super().__init__(choices=choices, initial=value or "", **common)

    def clean(self, value: Any) -> Any:
        return super().clean(value) or None


class Suggesting(forms.TextInput):
    """A text field with names under it to choose from."""

    template_name = "canvases/suggesting.html"

    def __init__(self, suggested: list[str]) -> None:
        super().__init__({"autocomplete": "off"})
        self.suggested = suggested

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["suggested"] = self.suggested
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}-names"
        return context


class NameField(forms.CharField):
    """The name of the actor that the item is. Which actor that is, is found out when the form is sent."""

    def __init__(self, suggested: list[str], name: str, **common: Any) -> None:
        super().__init__(max_length=kinds.LONGEST, initial=name, widget=Suggesting(suggested), **common)


def form_field(field: Field, value: Any, here: Here, *, required: bool = True) -> forms.Field:
    """`required`: what has a value already may not be left empty."""
    common: dict[str, Any] = {
        "label": str(field.name),
        "help_text": str(field.question),
        "required": required and (field.needed or isinstance(field, Scale)),
        "show_hidden_initial": True,
    }
    if isinstance(field, ActorField):
        if field.among:
            return AmongField(here.standing_in(field.among), value, **common)
        return NameField(here.suggested(), here.named(str(value)) if value else "", **common)
    return FORM_FIELDS[type(field)](field, value, **common)


FORM_FIELDS: Mapping[type[Field], Callable[..., forms.Field]] = {
    Scale: ScaleField,
    Choice: ChosenField,
    Number: NumberField,
    Text: TextField,
    Day: DayField,
    YesNo: YesNoField,
}
