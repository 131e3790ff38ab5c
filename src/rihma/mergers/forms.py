from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from rihma.applications.models import Application
from rihma.base.forms import Form
from rihma.calls.models import Call
from rihma.mergers.queries import mergeable

NOBODY = Application.objects.none()


class ProposeForm(Form):
    stays = forms.ModelChoiceField(
        NOBODY,
        empty_label="–",
        label=_("The application that goes on"),
        help_text=_("Its answers are the ones that are read."),
    )
    goes = forms.ModelChoiceField(
        NOBODY,
        empty_label="–",
        label=_("The application whose people join it"),
        help_text=_("It can still be read, with its receipt, but is no longer chosen from."),
    )
    because = forms.CharField(
        label=_("Why the two belong together"),
        help_text=_("Both conveners read this, and the name, the phenomenon and the convener of the other team."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, call: Call, data: QueryDict | None) -> None:
        super().__init__(data)
        for name in ("stays", "goes"):
            cast("forms.ModelChoiceField[Application]", self.fields[name]).queryset = mergeable(call)


class DeclineForm(Form):
    words = forms.CharField(
        label=_("What you want to say about it"),
        help_text=_("The other convener and those who run the programme read this."),
        max_length=2_000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
