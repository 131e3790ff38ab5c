from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rihma.base.forms import Form, SeenForm, WordsFormField
from rihma.base.words import Words
from rihma.calls.models import LEVELS, Call
from rihma.calls.rules import COMMON, SCALE, Requirements, Stage

TEXTS = ("why", "how", "who")
OPENING = ("opens_on", "opens_at")
TIMES = (*OPENING, "closes_on", "closes_at")


class WholeField(forms.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.NumberInput({"data-width": "short"}), **kwargs)


class TextsForm(Form):
    why = WordsFormField(label=gettext_lazy("Why"), rows=5, max_length=5_000, required=False)
    how = WordsFormField(label=gettext_lazy("How we work"), rows=5, max_length=5_000, required=False)
    who = WordsFormField(label=gettext_lazy("Who can apply"), rows=4, max_length=5_000, required=False)


class TimesForm(Form):
    opens_on = forms.DateField(
        label=gettext_lazy("Opening day"),
        help_text=gettext_lazy("Leave the day and the time empty to open the call when the programme is published."),
        widget=forms.DateInput({"type": "date", "data-width": "medium"}, format="%Y-%m-%d"),
        required=False,
    )
    opens_at = forms.TimeField(
        label=gettext_lazy("Opening time"),
        help_text=gettext_lazy("By the clock of the programme's zone."),
        widget=forms.TimeInput({"type": "time", "step": 1, "data-width": "medium"}, format="%H:%M:%S"),
        required=False,
    )
    closes_on = forms.DateField(
        label=gettext_lazy("Closing day"),
        widget=forms.DateInput({"type": "date", "data-width": "medium"}, format="%Y-%m-%d"),
    )
    closes_at = forms.TimeField(
        label=gettext_lazy("Closing time"),
        help_text=gettext_lazy("By the clock of the programme's zone. The closing second still counts as in time."),
        # Because browsers read a value only in this form, whatever the reader's language.
        widget=forms.TimeInput({"type": "time", "step": 1, "data-width": "medium"}, format="%H:%M:%S"),
    )

    def clean(self) -> dict[str, object]:
        """An opening is a day and a time, or nothing."""
        given = self.cleaned_data
        day, clock = given.get("opens_on"), given.get("opens_at")
        if day and clock is None and "opens_at" in given:
            self.add_error("opens_at", _("Say the time too."))
        if clock is not None and day is None and "opens_on" in given:
            self.add_error("opens_on", _("Say the day too."))
        return given


class PlacesForm(Form):
    teams_min = WholeField(label=gettext_lazy("Teams at least"), min_value=1, max_value=500)
    teams_max = WholeField(label=gettext_lazy("Teams at most"), min_value=1, max_value=500)


class CreateForm(TextsForm, TimesForm, PlacesForm):
    """A call begins whole; afterwards each part has a page of its own."""

    field_order = (*TEXTS, *TIMES, "teams_min", "teams_max")


class AmendForm(SeenForm):
    """Asks for the reason where people have read already what it changes."""

    REASONED: ClassVar = {Stage.OPEN, Stage.ANSWERED}

    because = WordsFormField(
        label=gettext_lazy("Why this changes"),
        help_text=gettext_lazy("Everybody reads it on the page of the call. One language is enough, two are better."),
        rows=2,
        max_length=500,
        required=False,
        needed=True,
    )

    def ask_reason(self, stage: Stage) -> None:
        """Before it opens nobody is bound; what has closed only gets missing languages, or a later closing time."""
        if stage not in self.REASONED:
            del self.fields["because"]


class EditForm(SeenForm, TextsForm):
    field_order = (*TEXTS, "seen")

    @classmethod
    def of(cls, call: Call, data: Mapping[str, str] | None) -> "EditForm":
        return cls(data, initial={**first_texts(call), "seen": call.texts_mark})


class SetTimesForm(AmendForm, TimesForm):
    REASONED: ClassVar = {Stage.OPEN, Stage.ANSWERED, Stage.OVER}
    field_order = (*TIMES, "because", "seen")

    @classmethod
    def of(cls, call: Call, stage: Stage, data: Mapping[str, str] | None) -> "SetTimesForm":
        form = cls(data, initial={**first_times(call), "seen": call.times.mark})
        form.ask_reason(stage)
        # Once it has opened, no opening is asked; who began to write one before is told why it stays.
        if stage is not Stage.AHEAD and not any((data or {}).get(name) for name in OPENING):
            for name in OPENING:
                del form.fields[name]
        return form


class AccessForm(AmendForm):
    access = forms.ChoiceField(
        label=gettext_lazy("Who may apply"), choices=Call.Access.choices, widget=forms.RadioSelect
    )

    field_order = ("access", "because", "seen")

    @classmethod
    def of(cls, call: Call, stage: Stage, data: Mapping[str, str] | None) -> "AccessForm":
        form = cls.filled({"access": call.access}, data)
        form.ask_reason(stage)
        return form


class RulesForm(AmendForm, PlacesForm):
    state_administration_min = WholeField(
        label=gettext_lazy("Members from the state administration at least"), min_value=0, max_value=50
    )
    organisations_min = WholeField(label=gettext_lazy("Organisations at least"), min_value=1, max_value=50)
    theme = forms.BooleanField(label=gettext_lazy("A theme"), required=False)
    willing_to_open = forms.BooleanField(
        label=gettext_lazy("Willingness to open its work from the start"), required=False
    )
    bounded_experiment = forms.BooleanField(label=gettext_lazy("An idea of one bounded experiment"), required=False)

    completion_days = WholeField(
        label=gettext_lazy("Days to complete"),
        help_text=gettext_lazy(
            "A team that no longer meets the rules during the programme has so many days until it does."
        ),
        min_value=1,
        max_value=365,
    )

    unconfirmed_organisations = forms.BooleanField(
        label=gettext_lazy("Organisations that a team names count at once"),
        help_text=gettext_lazy("Else they count as unclear until somebody who acts for them has confirmed."),
        required=False,
    )

    field_order = (*COMMON, "because", "seen")

    @classmethod
    def of(cls, requirements: Requirements, stage: Stage, data: Mapping[str, str] | None) -> "RulesForm":
        form = cls(data, initial={**requirements.facts, "seen": requirements.mark})
        form.ask_reason(stage)
        return form

    def changed(self, before: Requirements) -> Requirements:
        """With the rules of its own as they were: these have pages of their own."""
        return replace(before, **{name: self.cleaned_data[name] for name in COMMON})


class SectionForm(AmendForm):
    title = WordsFormField(label=gettext_lazy("Title of the section"), max_length=300)
    intro = WordsFormField(label=gettext_lazy("What stands under the title"), rows=3, max_length=2_000, required=False)

    field_order = ("title", "intro", "because", "seen")


class CriterionForm(AmendForm):
    title = WordsFormField(label=gettext_lazy("The criterion in some words"), max_length=300)
    description = WordsFormField(label=gettext_lazy("What is looked at"), rows=3, max_length=1_000, required=False)
    weight = WholeField(
        label=gettext_lazy("Weight"),
        help_text=gettext_lazy("How much it weighs beside the others."),
        min_value=1,
        max_value=100,
        initial=1,
    )

    field_order = ("title", "description", "weight", "because", "seen")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for (score, word), name in zip(SCALE.items(), LEVELS, strict=True):
            self.fields[name] = WordsFormField(
                label=f"{score} {word}", rows=2, max_length=500, required=False, needed=True
            )

    @property
    def main(self) -> list[forms.BoundField]:
        return [self[name] for name in ("title", "description", "weight")]

    @property
    def levels(self) -> list[forms.BoundField]:
        """Folded away until somebody wants them."""
        return [self[name] for name in LEVELS]

    @property
    def levels_open(self) -> bool:
        return any(field.errors or field.value() not in (None, "", Words(), ["", "", ""]) for field in self.levels)


class FormFileForm(Form):
    upload = forms.FileField(
        label=gettext_lazy("File of a form"),
        required=False,
        widget=forms.FileInput({"accept": ".json,application/json"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Or its text"),
        required=False,
        max_length=1_000_000,
        widget=forms.Textarea({"rows": 10, "spellcheck": "false"}),
    )
    how = forms.ChoiceField(
        label=gettext_lazy("What happens to the questions there are"),
        choices=[
            ("after", gettext_lazy("They stay; the new ones come after them")),
            ("replace", gettext_lazy("They go; the new ones come instead")),
        ],
        initial="after",
        widget=forms.RadioSelect,
    )


class RemoveForm(AmendForm):
    """Asks for nothing but the reason, and that only while the call is open."""


def first_times(call: Call) -> dict[str, object]:
    return {name: getattr(call, name) for name in TIMES}


def first_texts(call: Call) -> dict[str, object]:
    return {name: getattr(call, name) for name in TEXTS}
