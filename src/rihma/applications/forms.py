from collections.abc import Mapping
from typing import cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from rihma.applications.models import Application
from rihma.applications.rules import LONGEST_ANSWER
from rihma.base.forms import Form
from rihma.calls.models import Question
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

    def __init__(self, application: Application, data: Mapping[str, str] | None = None) -> None:
        team = application.team
        self.questions = list(application.call.questions.current())
        initial: dict[str, object] = {name: getattr(team, name) for name in ABOUT}
        initial |= {f"question_{key}": answer for key, answer in application.answers.items()}
        super().__init__(data, initial={**initial, "version": application.version})
        self.themes.queryset = application.call.programme.themes.all()
        for question in self.questions:
            self.fields[f"question_{question.key}"] = answer_field(question)

    @property
    def themes(self) -> "forms.ModelChoiceField[Theme]":
        return cast("forms.ModelChoiceField[Theme]", self.fields["theme"])

    @property
    def about(self) -> Description:
        return cast("Description", {name: self.cleaned_data[name] for name in ABOUT})

    @property
    def answers(self) -> dict[str, str]:
        return {question.key: self.cleaned_data[f"question_{question.key}"] for question in self.questions}

    @property
    def team_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ABOUT]

    @property
    def answer_fields(self) -> list[forms.BoundField]:
        return [self[f"question_{question.key}"] for question in self.questions]


def answer_field(question: Question) -> forms.CharField:
    widget = forms.TextInput() if question.kind == Question.Kind.SHORT else forms.Textarea({"rows": 6})
    widget.attrs["data-most-words"] = question.most_words
    limit = _("At most %(n)s words.") % {"n": question.most_words}
    return forms.CharField(
        label=str(question.label) if question.required else _("%(label)s (optional)") % {"label": question.label},
        help_text=f"{question.help} {limit}".strip(),
        max_length=LONGEST_ANSWER,
        required=False,
        widget=widget,
    )
