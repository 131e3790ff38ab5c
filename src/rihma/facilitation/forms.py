from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rihma.base.forms import Form
from rihma.canvases.kinds import Kind
from rihma.facilitation import rules
from rihma.facilitation.models import Vote


class PlaceForm(Form):
    """A form that opens in its place on the canvas's page; beside others, so its fields have ids of their own."""

    prefix_of_ids = ""
    # where it goes, and what its button says
    route = ""
    button: Promise

    def __init__(self, kind: Kind, data: QueryDict | None, **options: Any) -> None:
        super().__init__(data, auto_id=f"{self.prefix_of_ids}-%s", **options)
        self.zones = [(zone.key, str(zone.name)) for zone in kind.zones]

    @property
    def dom_id(self) -> str:
        return str(self.auto_id) % "form"


class VoteForm(PlaceForm):
    prefix_of_ids = "vote"
    route = "facilitation:start_vote"
    button = _("Start the vote")

    title = forms.CharField(label=_("What is voted on"), max_length=rules.LONGEST_TITLE, required=False)
    budget = forms.IntegerField(
        label=_("Dots for each"),
        min_value=1,
        max_value=rules.MOST_DOTS,
        initial=5,
        widget=forms.NumberInput({"data-width": "short"}),
    )
    most = forms.IntegerField(
        label=_("Most dots on one item"),
        min_value=1,
        max_value=rules.MOST_DOTS,
        initial=3,
        widget=forms.NumberInput({"data-width": "short"}),
    )
    results = forms.ChoiceField(
        label=_("Everybody sees the results"),
        choices=Vote.Results.choices,
        initial=Vote.Results.WHEN_CLOSED,
        widget=forms.RadioSelect({"data-look": "row"}),
    )

    def __init__(self, kind: Kind, data: QueryDict | None, **options: Any) -> None:
        super().__init__(kind, data, **options)
        self.fields["zones"] = forms.MultipleChoiceField(
            label=_("Zones"),
            help_text=_("Choose none to vote on the whole canvas."),
            required=False,
            choices=self.zones,
            widget=forms.CheckboxSelectMultiple({"data-look": "row"}),
        )


class TimerForm(PlaceForm):
    prefix_of_ids = "timer"
    route = "facilitation:start_timer"
    button = _("Start the timer")

    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=1,
        max_value=rules.MOST_MINUTES,
        initial=5,
        widget=forms.NumberInput({"data-width": "short"}),
    )
    what_for = forms.CharField(label=_("What the time is for"), max_length=rules.LONGEST_TITLE, required=False)


class FocusForm(PlaceForm):
    prefix_of_ids = "focus"
    route = "facilitation:focus"
    button = _("Ask everybody")

    def __init__(self, kind: Kind, data: QueryDict | None, **options: Any) -> None:
        super().__init__(kind, data, **options)
        self.fields["zone"] = forms.ChoiceField(
            label=_("Zone"), choices=self.zones, widget=forms.RadioSelect({"data-look": "row"})
        )
