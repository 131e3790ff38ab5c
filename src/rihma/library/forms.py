from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from rihma.base.forms import Form, SeenForm, WordsFormField
from rihma.base.seen import facts_of
from rihma.library.models import Lesson

FIELDS = ("headline", "question", "what_was_done", "what_came_out", "reuse", "licence", "names_agreed")


class LessonForm(SeenForm):
    headline = WordsFormField(
        label=_("The lesson in one sentence"),
        help_text=_("What would you tell somebody who has the same question? It is the headline of the page."),
        max_length=300,
    )
    question = WordsFormField(label=_("What you wanted to know"), rows=3, max_length=2_000, required=False)
    what_was_done = WordsFormField(label=_("What was done, with whom, when"), rows=4, max_length=4_000, required=False)
    what_came_out = WordsFormField(label=_("What came out, surprises too"), rows=4, max_length=4_000, required=False)
    reuse = WordsFormField(
        label=_("What others may use, and what it needs to work elsewhere"), rows=3, max_length=4_000, required=False
    )
    licence = forms.ChoiceField(label=_("Licence"), choices=Lesson.Licence.choices)
    names_agreed = forms.BooleanField(
        label=_("Nobody is named in these texts without having agreed to it"), required=False
    )

    @classmethod
    def of(cls, lesson: Lesson, data: Mapping[str, str] | None = None) -> "LessonForm":
        return cls.filled(facts_of(lesson, FIELDS), data)

    @property
    def seen_then(self) -> str:
        return str(self.cleaned_data["seen"])

    @property
    def texts(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in FIELDS}


class PublishForm(Form):
    although = forms.CharField(
        label=_("Why it is published without Finnish or Swedish"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )


class WithdrawForm(Form):
    because = forms.CharField(label=_("Why it is withdrawn"), max_length=500, widget=forms.Textarea({"rows": 3}))
