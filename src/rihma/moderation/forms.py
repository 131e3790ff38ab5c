from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from rihma.base.forms import Form
from rihma.canvases.doers import name_of
from rihma.guests.models import Guest
from rihma.moderation import queries, rules
from rihma.moderation.models import Flag
from rihma.programmes.models import Programme


class FlagForm(Form):
    reason = forms.ChoiceField(label=_("What is wrong with it?"), choices=Flag.Reason, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your words"),
        help_text=_("Only those who run the programme read it. Do not repeat what should not be read."),
        required=False,
        max_length=rules.LONGEST_WORDS,
        widget=forms.Textarea({"rows": 3}),
    )


class DecideForm(Form):
    decision = forms.CharField(
        label=_("Why"),
        help_text=_("Whoever flagged it reads this. Do not repeat what was written."),
        max_length=rules.LONGEST_WORDS,
        widget=forms.Textarea({"rows": 2}),
    )


def decide_form(flag: Flag, given: QueryDict | None = None) -> DecideForm:
    """Many stand on one page, so each has ids of its own."""
    return DecideForm(given, auto_id=f"id_{flag.pk}_%s")


class EraseItemForm(Form):
    reason = forms.ChoiceField(label=_("Why"), choices=Flag.Reason, widget=forms.RadioSelect)
    typed = forms.CharField(label=_("Confirm"), max_length=40, widget=forms.TextInput({"autocomplete": "off"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["typed"].help_text = _("Type “%(word)s”.") % {"word": rules.word()}


class EraseWriterForm(Form):
    """Whose words go; their name is typed to confirm it."""

    writer = forms.ChoiceField(label=_("Whose words"))
    reason = forms.ChoiceField(label=_("Why"), choices=Flag.Reason, widget=forms.RadioSelect)
    typed = forms.CharField(
        label=_("Confirm"),
        help_text=_("Type their name as it stands above, without what is in brackets."),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, programme: Programme, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.writers = {name_of(one): one for one in queries.writers(programme)}
        writer = self.fields["writer"]
        assert isinstance(writer, forms.ChoiceField)  # tells the type
        writer.choices = [(key, _said(one)) for key, one in self.writers.items()]

    def said(self) -> dict[str, Any]:
        """What the action takes."""
        return {**self.cleaned_data, "writer": self.writers.get(self.cleaned_data["writer"])}


def _said(writer: object) -> str:
    """People by their address too, since two may have one name; guests as guests."""
    if isinstance(writer, Guest):
        return f"{writer} ({_('guest')})"
    return f"{writer} ({getattr(writer, 'email', '')})"
