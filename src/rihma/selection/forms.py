from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from rihma.base.forms import Form, SeenForm, WordsFormField
from rihma.selection.models import Decision


class DecideForm(SeenForm):
    outcome = forms.ChoiceField(
        label=_("Decision"), choices=Decision.Outcome.choices, widget=forms.RadioSelect({"data-look": "row"})
    )

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The team reads this when the decisions are announced. Needed unless the team is accepted."),
        max_length=5_000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    summary = WordsFormField(
        label=_("Public summary"),
        help_text=_("Stands on the public list of the chosen, if the team is accepted. In Finnish and in Swedish."),
        rows=2,
        max_length=1_000,
        required=False,
    )

    def speak_of_ideas(self) -> None:
        """Whoever is chosen in the idea stage goes on, and has no place yet."""
        named = {**dict(Decision.Outcome.choices), Decision.Outcome.ACCEPTED.value: _("Goes on to the full stage")}
        cast("forms.ChoiceField", self.fields["outcome"]).choices = list(named.items())


class AnnounceForm(Form):
    because = forms.CharField(
        label=_("Why more teams are taken than there were places for"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
