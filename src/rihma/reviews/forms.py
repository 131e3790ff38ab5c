from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from rihma.base.forms import Form, SeenForm
from rihma.base.words import Words
from rihma.calls.rules import SCALE
from rihma.challenges.models import Challenge
from rihma.programmes.models import Theme
from rihma.reviews.models import Juror, Review, Reviewing
from rihma.reviews.rules.phases import FIELDS
from rihma.reviews.rules.reading import LONGEST_REASON, MOST_READERS, Measured


@dataclass(frozen=True)
class Asked:
    """One criterion with its two fields."""

    criterion: Measured
    score: forms.BoundField
    reason: forms.BoundField


class ReviewForm(Form):
    """All that a juror says. Nothing is required here: a draft may be anything, sending asks more."""

    overall = forms.CharField(
        label=_("On the whole"),
        help_text=_("Write so that the team could read it: once it is decided, reasons may become public."),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, criteria: Sequence[Measured], review: Review, data: Mapping[str, str] | None = None) -> None:
        self.criteria = criteria
        super().__init__(data, initial=_initial(review))
        for one in criteria:
            self.fields[f"score_{one.key}"] = forms.TypedChoiceField(
                label=_("Score"),
                choices=[(score, _choice(score, one.levels)) for score in SCALE],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect({"data-look": "levels" if one.levels else "row"}),
            )
            self.fields[f"reason_{one.key}"] = forms.CharField(
                label=_("Why"), max_length=LONGEST_REASON, required=False, widget=forms.Textarea({"rows": 2})
            )

    @property
    def asked(self) -> list[Asked]:
        return [Asked(one, self[f"score_{one.key}"], self[f"reason_{one.key}"]) for one in self.criteria]

    @property
    def scores(self) -> dict[str, int]:
        given = {one.key: self.cleaned_data[f"score_{one.key}"] for one in self.criteria}
        return {key: score for key, score in given.items() if score is not None}

    @property
    def reasons(self) -> dict[str, str]:
        return {one.key: self.cleaned_data[f"reason_{one.key}"] for one in self.criteria}

    def show_newer(self, review: Review) -> None:
        """After a refusal: what was typed stays, and beside each field that differs stands what was saved meanwhile."""
        newest = _initial(review)
        for name in self.fields:
            saved = newest.get(name)
            if name != "version" and saved and str(saved) != str(self.cleaned_data.get(name) or ""):
                self.tell_saved(name, saved)
        self.take_version(review)

    def take_version(self, review: Review) -> None:
        """What is typed here is newer than what is kept: the next save may put it in its place."""
        self.data = {**{name: str(self.data.get(name, "")) for name in self.data}, "version": str(review.version)}


def _choice(score: int, levels: Mapping[int, Words]) -> str:
    """What it means stands in the label itself, so that it is heard with the score and pressed like it."""
    means = levels.get(score)
    told = format_html('<span lang="{}">{}</span>', means.lang, means) if means else ""
    return format_html("<b>{} {}</b>{}", score, SCALE[score], told) if levels else f"{score} {SCALE[score]}"


def _initial(review: Review) -> dict[str, object]:
    return {
        "overall": review.overall,
        "version": review.version,
        **{f"score_{key}": score for key, score in review.scores.items()},
        **{f"reason_{key}": reason for key, reason in review.reasons.items()},
    }


class ConflictForm(Form):
    reason = forms.CharField(
        label=_("What ties you to it"),
        help_text=_("Those who run the programme read this. You need not say more than you wish."),
        max_length=1_000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class LiftForm(Form):
    conflict = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    because = forms.CharField(label=_("Why it is no conflict"), max_length=1_000, widget=forms.Textarea({"rows": 2}))


class RemarkForm(Form):
    text = forms.CharField(label=_("Say to the other readers"), max_length=4_000, widget=forms.Textarea({"rows": 3}))


class BringForm(Form):
    """A file, or the text of one that has been looked at."""

    upload = forms.FileField(
        label=_("The filled-in sheet"),
        help_text=_("Excel (.xlsx), OpenDocument (.ods) or CSV; at most 2 MB."),
        required=False,
        widget=forms.FileInput({"accept": ".xlsx,.ods,.csv,.txt,text/csv"}),
    )
    text = forms.CharField(required=False, strip=False, max_length=4_000_000, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        if not self.cleaned_data.get("upload") and not self.cleaned_data.get("text") and not self.errors:
            self.add_error("upload", _("Choose the file that you filled in."))
        return self.cleaned_data


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), required=False, **kwargs)
        # Not called optional, because the page says of all of them that they may stay empty.
        self.needed = True


class ClockField(forms.TimeField):
    def __init__(self, **kwargs: Any) -> None:
        # Because browsers read a value only in this form, whatever the reader's language.
        widget = forms.TimeInput({"type": "time", "step": 1}, format="%H:%M:%S")
        super().__init__(widget=widget, required=False, **kwargs)
        self.needed = True


class ReviewingForm(SeenForm):
    readers = forms.IntegerField(label=_("How many jurors read each application"), min_value=1, max_value=MOST_READERS)
    blind = forms.BooleanField(
        label=_("Hide the names of people and organisations from jurors"),
        help_text=_("Known names are hidden in the texts too. Whoever knows the field may still guess who writes."),
        required=False,
    )
    families = forms.BooleanField(
        label=_("Nobody reads what somebody of the same family of organisations applies with"),
        help_text=_("A family hangs together by a common parent, or because one came in another's place."),
        required=False,
    )
    why_no_families = forms.CharField(
        label=_("Why families do not count here"),
        help_text=_("Needed only where you have not ticked the line above. The call's page tells it."),
        max_length=1_000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    posters_read = forms.BooleanField(
        label=_("Whoever posted a challenge may read the applications that answer it"),
        help_text=_(
            "If not, neither they nor people of their organisation or its family read any of them. The call's page tells it."
        ),
        required=False,
    )
    only_known = forms.BooleanField(
        label=_("Jurors who know some challenges get answers to these only"),
        help_text=_(
            "Which challenges somebody knows is said beside each juror. If not ticked, they are only preferred."
        ),
        required=False,
    )
    opens_on = DayField(label=_("Reading begins"))
    opens_at = ClockField(label=_("Begins at"))
    due_on = DayField(label=_("Reading is due by"))
    due_at = ClockField(label=_("Due at"))
    talk_on = DayField(label=_("Talking begins"))
    talk_at = ClockField(label=_("Talking begins at"))
    ends_on = DayField(label=_("The review ends by"))
    ends_at = ClockField(label=_("Ends at"))
    after_due = forms.ChoiceField(
        label=_("Reviews that are sent after the due time"),
        choices=Reviewing.AfterDue,
        initial=Reviewing.AfterDue.MARK,
        required=False,
        widget=forms.RadioSelect,
    )

    has_challenges = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        vars(self.fields["after_due"])["needed"] = True

    @property
    def main(self) -> list[forms.BoundField]:
        of_challenges = ("posters_read", "only_known") if self.has_challenges else ()
        return [self[name] for name in ("readers", "blind", "families", "why_no_families", *of_challenges)]

    @property
    def moments(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[day], self[clock]) for day, clock in FIELDS.values()]

    def clean(self) -> dict[str, object]:
        """A moment is a day, or a day and a time; without a word on late ones they are taken."""
        self.cleaned_data["after_due"] = self.cleaned_data.get("after_due") or Reviewing.AfterDue.MARK
        for day, clock in FIELDS.values():
            if self.cleaned_data.get(clock) is not None and not self.cleaned_data.get(day) and day in self.cleaned_data:
                self.add_error(day, _("Say the day too."))
        return self.cleaned_data


OFFERED = ("themes", "challenges")


class JurorForm(Form):
    languages = forms.MultipleChoiceField(
        label=_("Languages they read"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    themes: "forms.ModelMultipleChoiceField[Theme]" = forms.ModelMultipleChoiceField(
        label=_("Themes they know"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    challenges: "forms.ModelMultipleChoiceField[Challenge]" = forms.ModelMultipleChoiceField(
        label=_("Challenges they know"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    most = forms.IntegerField(
        label=_("At most this many applications"),
        help_text=_("Leave empty for a fair share."),
        min_value=0,
        max_value=1_000,
        required=False,
    )

    def __init__(
        self,
        juror: Juror,
        themes: QuerySet[Theme],
        challenges: QuerySet[Challenge],
        data: Mapping[str, str] | None = None,
    ) -> None:
        known = {name: list(getattr(juror, name).values_list("pk", flat=True)) if juror.pk else [] for name in OFFERED}
        super().__init__(data, initial={"languages": juror.languages, "most": juror.most, **known})
        cast("forms.ModelMultipleChoiceField[Theme]", self.fields["themes"]).queryset = themes
        cast("forms.ModelMultipleChoiceField[Challenge]", self.fields["challenges"]).queryset = challenges
        if not challenges:
            del self.fields["challenges"]
