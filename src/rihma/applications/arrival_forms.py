from django import forms
from django.utils.translation import gettext_lazy as _

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
