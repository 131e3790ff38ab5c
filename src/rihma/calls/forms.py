from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from rihma.base.forms import Form, WordsFormField
from rihma.calls.models import Call

TEXTS = ("why", "how", "who")
PLACES = ("closes_on", "closes_at", "teams_min", "teams_max")


class CallForm(Form):
    why = WordsFormField(label=_("Why"), rows=5, max_length=5_000, required=False)
    how = WordsFormField(label=_("How we work"), rows=5, max_length=5_000, required=False)
    who = WordsFormField(label=_("Who can apply"), rows=4, max_length=5_000, required=False)
    closes_on = forms.DateField(label=_("Closing day"), widget=forms.DateInput({"type": "date", "data-width": "short"}))
    closes_at = forms.TimeField(
        label=_("Closing time"),
        help_text=_("By the clock of the programme's zone. The closing second still counts as in time."),
        widget=forms.TimeInput({"type": "time", "step": 1, "data-width": "short"}),
    )
    teams_min = forms.IntegerField(
        label=_("Teams at least"), min_value=1, max_value=500, widget=forms.NumberInput({"data-width": "short"})
    )
    teams_max = forms.IntegerField(
        label=_("Teams at most"), min_value=1, max_value=500, widget=forms.NumberInput({"data-width": "short"})
    )

    @classmethod
    def of(cls, call: Call, data: Mapping[str, str] | None = None) -> "CallForm":
        first = {name: getattr(call, name) for name in (*TEXTS, *PLACES)}
        return cls(data, initial={**first, "closes_on": call.closes_on.isoformat()})
