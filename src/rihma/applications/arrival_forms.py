from collections.abc import Mapping
from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from rihma.applications.answers import name_of
from rihma.applications.forms import ABOUT, DraftForm
from rihma.applications.models import Application
from rihma.applications.queries import asked_of
from rihma.base.forms import Form


class JudgeForm(Form):
    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[("admit", _("Take it up as if it had arrived in time")), ("decline", _("Do not take it up"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The team gets it by mail at once. The same must hold for every late application."),
        max_length=5_000,
        widget=forms.Textarea({"rows": 4}),
    )

    @property
    def said(self) -> dict[str, object]:
        return {"admitted": self.cleaned_data["outcome"] == "admit", "reason": self.cleaned_data["reason"]}


class DueForm(Form):
    due_on = forms.DateField(label=_("Until which day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    due_at = forms.TimeField(
        label=_("Until what time"), initial="16:15", widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )


class AskForm(DueForm):
    what = forms.CharField(
        label=_("What is to be completed"),
        help_text=_("The team gets it by mail at once. Say what is missing, so that they need not guess."),
        max_length=5_000,
        widget=forms.Textarea({"rows": 4}),
    )
    fields_asked = forms.MultipleChoiceField(
        label=_("What the team may change for it"),
        help_text=_("Everything else stays as it was submitted. Members may join at any time."),
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("what", "fields_asked", "due_on", "due_at")

    def __init__(self, application: Application, data: Mapping[str, str] | None = None) -> None:
        super().__init__(data)
        about = [(name, DraftForm.base_fields[name].label) for name in ABOUT]
        questions = [(name_of(one), str(one.label)) for one in asked_of(application)]
        cast("forms.MultipleChoiceField", self.fields["fields_asked"]).choices = [*about, *questions]

    @property
    def said(self) -> dict[str, object]:
        given = self.cleaned_data
        return {"what": given["what"], "fields": given["fields_asked"], **_due(given)}


class GrantForm(DueForm):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Stays with the code. The same must hold for everybody who asks for it."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )
    field_order = ("reason", "due_on", "due_at")


class CodeForm(Form):
    code = forms.CharField(
        label=_("Code of an exception"),
        help_text=_("From those who run the programme. It is good for one application."),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )


def _due(given: Mapping[str, object]) -> dict[str, object]:
    return {name: given[name] for name in ("due_on", "due_at")}
