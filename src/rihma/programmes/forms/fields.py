from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from rihma.programmes.file.schema import KEY


class AddressField(forms.CharField):
    """The last part of a programme's address."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Address"))
        kwargs.setdefault("help_text", _("The last part of the page's address: small letters a–z, numbers and -."))
        message = _("Use small letters a–z, numbers and - only, such as spring-2027.")
        super().__init__(max_length=80, validators=[RegexValidator(KEY, message)], **kwargs)


class DayField(forms.DateField):
    """Typed or chosen; shown in the form that the browser's own calendar wants."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput({"type": "date", "data-width": "medium"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d.%m.%Y"], **kwargs)


class LinesField(forms.CharField):
    """Several names, one a line."""

    def __init__(self, *, rows: int = 3, most: int = 50, longest: int = 200, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea({"rows": rows}), **kwargs)
        self.most, self.longest = most, longest

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = (" ".join(line.split()) for line in str(value or "").splitlines())
        return [line for line in lines if line]

    def validate(self, value: Any) -> None:
        if len(value) > self.most:
            raise forms.ValidationError(_("There are more than %(most)s lines.") % {"most": self.most})
        if any(len(line) > self.longest for line in value):
            raise forms.ValidationError(_("A line is longer than %(most)s characters.") % {"most": self.longest})

    def run_validators(self, value: Any) -> None:
        """Those of a text do not fit a list; `validate` has checked it."""


class WholeField(forms.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.NumberInput({"data-width": "short"}), **kwargs)
