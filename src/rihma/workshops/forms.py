from django import forms
from django.utils.translation import gettext_lazy as _

from rihma.base.forms import Form, SeenForm, WordsFormField
from rihma.workshops.models import Workshop

TEXTS = ("number", "title", "description", "bring", "seats")
WHEN = ("date", "starts", "ends", "mode", "venue", "address", "remote_link")


class TextsForm(Form):
    """What people read, and how many fit."""

    title = WordsFormField(label=_("Title"), max_length=120)
    number = forms.IntegerField(
        label=_("Number"),
        help_text=_("Which workshop of the programme this is."),
        min_value=1,
        max_value=200,
        widget=forms.NumberInput({"data-width": "short"}),
    )
    description = WordsFormField(
        label=_("What happens"), help_text=_("Anybody can read this."), rows=4, max_length=4000, required=False
    )
    bring = WordsFormField(
        label=_("What to bring"), help_text=_("Shown on the team's page too."), rows=2, max_length=1000, required=False
    )
    seats = forms.IntegerField(
        label=_("Seats in the room"),
        help_text=_("Everybody in the room counts. Leave empty to use the programme's seats."),
        min_value=1,
        max_value=10_000,
        required=False,
        widget=forms.NumberInput({"data-width": "short"}),
    )


class WhenForm(Form):
    """When and where. Hours are those of the clock on the wall, in the programme's time zone."""

    date = forms.DateField(
        label=_("Date"), widget=forms.DateInput({"type": "date", "data-width": "medium"}, "%Y-%m-%d")
    )
    starts = forms.TimeField(
        label=_("Begins"), widget=forms.TimeInput({"type": "time", "data-width": "short"}, "%H:%M")
    )
    ends = forms.TimeField(label=_("Ends"), widget=forms.TimeInput({"type": "time", "data-width": "short"}, "%H:%M"))
    mode = forms.ChoiceField(
        label=_("How people take part"),
        choices=Workshop.Mode,
        initial=Workshop.Mode.ROOM,
        widget=forms.RadioSelect({"data-look": "cards"}),
    )
    venue = forms.CharField(
        label=_("Room or house"),
        help_text=_("Needed when people come to the room."),
        max_length=200,
        required=False,
    )
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    remote_link = forms.URLField(
        label=_("Link for taking part remotely"),
        help_text=_("Only those who take part see it. Needed when there is no room."),
        max_length=500,
        required=False,
        assume_scheme="https",
    )


class PlanForm(TextsForm, WhenForm):
    """A new workshop."""

    field_order = ("title", "number", *WHEN, "seats", "description", "bring")


class EditForm(SeenForm, TextsForm):
    """The texts and seats of a workshop that is planned."""

    field_order = ("title", "number", "seats", "description", "bring", "seen")


class MoveForm(SeenForm, WhenForm):
    """Another time or place for a workshop that is planned."""


class CancelForm(Form):
    because = forms.CharField(
        label=_("Why"),
        help_text=_("This goes into the mail and on the page of the workshop."),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
