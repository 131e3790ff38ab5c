from collections.abc import Collection, Mapping
from typing import cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from rihma.applications.answers import LONGEST_ANSWER, field_of, name_of, shown
from rihma.applications.answers.reading import files_at
from rihma.applications.models import Application
from rihma.applications.queries import asked_among, asked_of, taken_places, today_of
from rihma.base.forms import Form
from rihma.calls.rules import Value
from rihma.programmes.models import Theme
from rihma.teams.types import Description

ABOUT = (
    "name",
    "theme",
    "phenomenon",
    "language",
    "looking_for",
    "search_is_public",
    "willing_to_open",
    "experiment_idea",
)


class DraftForm(Form):
    """All that is typed in an application. Nothing is required here: a draft may be anything, submitting asks more."""

    name = forms.CharField(label=_("Name of the team"), max_length=120, required=False)
    theme: "forms.ModelChoiceField[Theme]" = forms.ModelChoiceField(
        label=_("Theme"), queryset=None, required=False, empty_label=_("A theme of our own, described below")
    )
    phenomenon = forms.CharField(
        label=_("The phenomenon in your own words"),
        help_text=_("What is the problem, and who meets it in daily life?"),
        max_length=LONGEST_ANSWER,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    language = forms.ChoiceField(
        label=_("We write this application in"), choices=settings.LANGUAGES, required=False, initial="fi"
    )
    looking_for = forms.CharField(
        label=_("We still look for"),
        help_text=_("The team need not be whole yet. Say whose voice or skill is missing."),
        max_length=LONGEST_ANSWER,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    search_is_public = forms.BooleanField(
        label=_("Show our name and whom we look for on the call's page already now"), required=False
    )
    willing_to_open = forms.BooleanField(
        label=_("We are ready to open our ideas, our experiment and our work to others"), required=False
    )
    experiment_idea = forms.CharField(
        label=_("What could you try out?"),
        help_text=_("One bounded experiment: a small group, a place, a beginning and an end. A first idea is enough."),
        max_length=LONGEST_ANSWER,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, application: Application, data: Mapping[str, str] | None = None, *, only: Collection[str] | None = None
    ) -> None:
        """`only`: names of the fields that it has; all where it is not said."""
        team = application.team
        self.questions = asked_of(application) if only is None else asked_among(application.call, only)
        taken = taken_places(application, self.questions)
        initial: dict[str, object] = {name: getattr(team, name) for name in ABOUT}
        initial |= {name_of(one): application.answers.get(one.key) for one in self.questions}
        super().__init__(data, initial={**initial, "version": application.version})
        if only is not None:
            self.fields = {name: field for name, field in self.fields.items() if name in only}
        if "theme" in self.fields:
            self.themes.queryset = application.call.programme.themes.all()
        today, at = today_of(application.call), files_at(application)
        for one in self.questions:
            made = field_of(one, application.answers.get(one.key), taken.get(one.key), at)
            made.disabled = one.is_frozen(today)
            self.fields[name_of(one)] = made

    @property
    def themes(self) -> "forms.ModelChoiceField[Theme]":
        return cast("forms.ModelChoiceField[Theme]", self.fields["theme"])

    @property
    def about(self) -> Description:
        return cast("Description", {name: self.cleaned_data[name] for name in ABOUT})

    @property
    def answers(self) -> dict[str, Value]:
        return {one.key: self.cleaned_data[name_of(one)] for one in self.questions}

    @property
    def team_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ABOUT]

    def told(self, name: str, saved: object) -> str:
        """An answer as it is read, whatever it is made of."""
        found = next((one for one in self.questions if name_of(one) == name), None)
        return str(shown(found, saved)) or "–" if found else super().told(name, saved)
