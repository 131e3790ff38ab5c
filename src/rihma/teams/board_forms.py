from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from rihma.actors.models import Organisation
from rihma.base.forms import Form, SeenForm
from rihma.programmes.models import Theme


class FilterForm(forms.Form):
    """By what the board is narrowed; whatever else an address says narrows nothing."""

    words = forms.CharField(
        label=_("Words"), max_length=200, required=False, widget=forms.TextInput({"type": "search"})
    )
    theme = forms.ChoiceField(label=_("Theme"), required=False)

    def __init__(self, themes: Sequence[Theme], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(theme.pk), str(theme)) for theme in themes]
        cast("forms.ChoiceField", self.fields["theme"]).choices = [("", _("Any theme")), *named]
        for field in self.fields.values():
            vars(field)["needed"] = True


class CardForm(SeenForm):
    search_words = forms.CharField(
        label=_("We still look for"),
        help_text=_("Whose voice or skill is missing, and what would they do with you? Anybody can read it."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 4}),
    )
    search_kinds = forms.MultipleChoiceField(
        label=_("Organisations that we hope for most"),
        choices=Organisation.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    search_until = forms.DateField(
        label=_("The card hangs until"),
        help_text=_("After this day the card comes down by itself. Empty: it hangs until you take it down."),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )


class OfferForm(Form):
    words = forms.CharField(
        label=_("What could you bring?"),
        help_text=_("They read your words and your name here and answer you here. Nobody sees an address."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 5}),
    )


class AnswerForm(Form):
    words = forms.CharField(label=_("Write here"), max_length=5_000, widget=forms.Textarea({"rows": 4}))


class ReportForm(Form):
    because = forms.CharField(
        label=_("What is wrong?"),
        help_text=_("Those who run the programme read it, and all that was written in this exchange."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 4}),
    )
