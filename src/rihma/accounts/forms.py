from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from rihma.accounts.rules import tidy_email
from rihma.accounts.scopes import LEAST, declared
from rihma.base.forms import Form

LONGEST_ADDRESS = 254


def check_address(address: str) -> None:
    if len(address) > LONGEST_ADDRESS:
        return  # said by the field itself
    validate_email(address)
    # Django's own check takes some letters for ASCII that only become it by changing their case.
    if not address.partition("@")[0].isascii():
        raise ValidationError("", code="invalid")


class AddressField(forms.EmailField):
    default_validators = [check_address]

    def to_python(self, value: object) -> str:
        typed = str(super().to_python(value) or "")
        # Tidying megabytes would keep the server busy for nothing.
        return tidy_email(typed) if len(typed) <= 2 * LONGEST_ADDRESS else typed


class SignInForm(Form):
    email = AddressField(
        label=_("E-mail address"),
        max_length=LONGEST_ADDRESS,
        widget=forms.EmailInput({"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write the address like this: name@example.fi"),
        },
    )


class CodeForm(Form):
    code = forms.CharField(
        label=_("Code"),
        help_text=_("Six letters and digits. Capitals or small letters, both will do."),
        max_length=50,
        widget=forms.TextInput(
            {
                "autocomplete": "one-time-code",
                "inputmode": "text",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "data-width": "short",
            }
        ),
        error_messages={"required": _("Write the code that came by mail.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # With errors on the page the focus belongs to their summary.
        if not self.is_bound:
            self.fields["code"].widget.attrs["autofocus"] = True


class NameForm(Form):
    name = forms.CharField(
        label=_("Name"),
        help_text=_("First name and surname, as others know you."),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Write your name as others know you.")},
    )
    language = forms.ChoiceField(
        label=_("Language of your mail"),
        help_text=_("Pages you can read in any language; choose it at the top of the page."),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect({"data-look": "row"}),
    )


class TokenForm(Form):
    name = forms.CharField(
        label=_("What is it for?"),
        help_text=_("The name of the app that will use it, say. It helps you know it again."),
        max_length=100,
        error_messages={"required": _("Write what the token is for.")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may the app do?"),
        help_text=_("Choose as little as it needs. It can never do more than you may do yourself."),
        widget=forms.CheckboxSelectMultiple,
        initial=[LEAST],
        error_messages={"required": _("Choose what the app may do.")},
    )
    days = forms.TypedChoiceField(
        label=_("How long is it good for?"),
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("One year"))],
        initial=90,
        coerce=int,
        widget=forms.RadioSelect({"data-look": "row"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast("forms.MultipleChoiceField", self.fields["scopes"])
        choice.choices = list(declared().items())
