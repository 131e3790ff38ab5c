from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from rihma.calls.actions import Stages
from rihma.calls.forms import AmendForm, WholeField


class StagesForm(AmendForm):
    closes_on = forms.DateField(
        label=gettext_lazy("Last day for ideas"),
        widget=forms.DateInput({"type": "date", "data-width": "medium"}, format="%Y-%m-%d"),
    )
    closes_at = forms.TimeField(
        label=gettext_lazy("Time"),
        help_text=gettext_lazy("By the clock of the programme's zone. The second itself still counts as in time."),
        widget=forms.TimeInput({"type": "time", "step": 1, "data-width": "medium"}, format="%H:%M:%S"),
    )
    ideas_most = WholeField(
        label=gettext_lazy("How many ideas go on, at most"),
        help_text=gettext_lazy(
            "So many teams may write a full application. The call's places are those of the full stage."
        ),
        min_value=1,
        max_value=500,
    )
    idea_is_read = forms.BooleanField(
        label=gettext_lazy("Jurors of the full stage read the idea, too"), required=False, initial=True
    )

    field_order = ("closes_on", "closes_at", "ideas_most", "idea_is_read", "because", "seen")

    @property
    def given(self) -> dict[str, Any]:
        """What the action is told."""
        given = dict(self.cleaned_data)
        more = {name: given.pop(name) for name in ("seen", "because") if name in given}
        return {"stages": Stages(**given), **more}
