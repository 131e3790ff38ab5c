from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from rihma.base.forms import Form
from rihma.guests import rules


class ComeForm(Form):
    """The secret comes out of the address by script; without one, the code is typed."""

    secret = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    code = forms.CharField(
        label=_("Code"),
        help_text=_("Ten letters and numbers, as in ABC-DEFG-HJK."),
        required=False,
        max_length=40,
        widget=forms.TextInput({"data-width": "medium", "autocapitalize": "characters", "autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("Others see it beside what you write. You may leave it empty."),
        required=False,
        max_length=rules.LONGEST_NAME,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language you write in"), choices=settings.LANGUAGES, widget=forms.RadioSelect({"data-look": "row"})
    )


class LinkForm(Form):
    """What a new link lets people do, and until when."""

    role = forms.ChoiceField(
        label=_("What guests may do"),
        choices=[("writer", _("Write")), ("reader", _("Only read"))],
        widget=forms.RadioSelect({"data-look": "row"}),
        initial="writer",
    )
    ends_at = forms.DateTimeField(
        label=_("The link ends"), widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    most = forms.IntegerField(
        label=_("How many may come"),
        min_value=1,
        max_value=rules.MOST_GUESTS,
        initial=60,
        widget=forms.NumberInput({"data-width": "short"}),
    )
    is_anonymous = forms.BooleanField(
        label=_("No names: guests are numbered, and no account is tied to what they write"), required=False
    )
