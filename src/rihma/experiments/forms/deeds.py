import uuid
from collections.abc import Mapping
from datetime import date
from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rihma.base.forms import Form
from rihma.experiments.forms.fields import DayField, NumberField, TextField
from rihma.experiments.models import Conclusion, Decision, Experiment, Observation


class ObserveForm(Form):
    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    value = NumberField(label=_("What was observed?"))
    n = forms.IntegerField(label=_("Of how many people or cases?"), min_value=0, max_value=1_000_000_000)
    observed_on = DayField(label=_("On which day?"))
    evidence = forms.ChoiceField(
        label=_("How do you know?"), choices=Observation.Evidence.choices, widget=forms.RadioSelect
    )
    note = TextField(
        label=_("What should one know about this number?"),
        help_text=_("For example what is missing. No names of people."),
        required=False,
    )

    def __init__(self, experiment: Experiment, today: date, data: Mapping[str, str] | None = None) -> None:
        super().__init__(data, initial={"once": uuid.uuid4(), "observed_on": today})
        value = cast("NumberField", self.fields["value"])
        value.unit = experiment.metric_unit
        value.help_text = f"{experiment.metric_name} ({experiment.metric_unit})"


class ConcludeForm(Form):
    own_verdict = forms.ChoiceField(
        label=_("What do you say yourselves?"),
        help_text=_("Your own view, whatever the numbers say. Both are shown."),
        choices=Conclusion.Own.choices,
        widget=forms.RadioSelect({"data-look": "cards"}),
    )
    learned = TextField(
        label=_("What did you learn?"), help_text=_("The most important first, in one sentence."), rows=4
    )
    surprises = TextField(label=_("What surprised you?"), required=False)
    deviations = TextField(label=_("What went otherwise than planned?"), required=False)
    confidence = forms.ChoiceField(
        label=_("How sure are you?"),
        choices=Conclusion.Confidence.choices,
        widget=forms.RadioSelect({"data-look": "row"}),
    )


class DecideForm(Form):
    outcome = forms.ChoiceField(
        label=_("What follows?"),
        choices=Decision.Outcome.choices,
        widget=forms.RadioSelect({"data-look": "cards"}),
    )
    reason = TextField(label=_("Why?"), rows=3)
    maker = forms.CharField(
        label=_("Who decided?"), help_text=_("A person, a team or a steering group."), max_length=200
    )
    decided_on = DayField(label=_("When was it decided?"))
    next_owner = forms.CharField(
        label=_("Who carries it on?"),
        help_text=_("A person or an organisation. If there is nobody, tick it below."),
        max_length=200,
        required=False,
    )
    nobody = forms.BooleanField(label=_("Nobody carries it on"), required=False)

    def __init__(self, today: date, data: Mapping[str, str] | None = None) -> None:
        super().__init__(data, initial={"decided_on": today})


class ReasonForm(Form):
    reason = TextField(label=_("Why may it take longer?"), rows=3)


class CancelForm(Form):
    reason = TextField(
        label=pgettext_lazy("cancel", "Why is it cancelled?"),
        help_text=_("What stood in the way is worth knowing for others too."),
        rows=3,
    )
