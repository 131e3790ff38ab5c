from django import forms
from django.utils.translation import gettext_lazy

from rihma.base.forms import SeenForm
from rihma.calls.forms import AmendForm


class CutOffForm(AmendForm):
    closes_on = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput({"type": "date", "data-width": "medium"}, format="%Y-%m-%d"),
    )
    closes_at = forms.TimeField(
        label=gettext_lazy("Time"),
        help_text=gettext_lazy("By the clock of the programme's zone. The second itself still counts as in time."),
        widget=forms.TimeInput({"type": "time", "step": 1, "data-width": "medium"}, format="%H:%M:%S"),
    )

    field_order = ("closes_on", "closes_at", "because", "seen")


class CountingForm(SeenForm):
    places_each = forms.BooleanField(
        label=gettext_lazy("The number of teams holds for each cut-off"),
        help_text=gettext_lazy("Else it holds for the whole call, and what one cut-off took is gone for the next."),
        required=False,
    )
    seats_together = forms.BooleanField(
        label=gettext_lazy("The seats in the room hold for all cut-offs together"),
        help_text=gettext_lazy("Else each cohort has the whole room, as when they meet on different days."),
        required=False,
    )
    may_try_again = forms.BooleanField(
        label=gettext_lazy("Tell those who were not chosen that they may send a new application for the next cut-off"),
        required=False,
    )
