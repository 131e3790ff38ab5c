from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from rihma.base.forms import SeenForm
from rihma.webhooks.actions import TEST
from rihma.webhooks.kinds import kinds


class EndpointForm(SeenForm):
    address = forms.CharField(
        label=_("Address of the program"),
        help_text=_("It must begin with https:// and be reachable from the internet."),
        max_length=500,
        widget=forms.URLInput({"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Write the whole address of the program, as in https://example.org/hooks.")},
    )
    types = forms.MultipleChoiceField(
        label=_("What is it told?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what the program is told.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast("forms.MultipleChoiceField", self.fields["types"])
        # A test comes when somebody presses the button, so nobody has to choose it.
        choice.choices = [(kind, words) for kind, words in kinds().items() if kind != TEST]
