from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from rihma.base.forms import Form, SeenForm, WordsFormField


class ChallengeForm(SeenForm):
    organisation = forms.CharField(label=_("Whose challenge it is"), max_length=200)
    title = WordsFormField(label=_("The challenge in some words"), max_length=200)
    problem = WordsFormField(
        label=_("The problem"), help_text=_("What goes wrong today, and how you know."), rows=6, max_length=5_000
    )
    for_whom = WordsFormField(
        label=_("For whom"), help_text=_("Whose day would be better."), rows=3, max_length=2_000, required=False
    )
    given = WordsFormField(
        label=_("What you give"),
        help_text=_("Data, a place to try things out, people's time, money."),
        rows=3,
        max_length=2_000,
        required=False,
    )
    field_order = ("organisation", "title", "problem", "for_whom", "given", "seen")


class LetInForm(Form):
    email = forms.EmailField(label=_("Address"), help_text=_("They get a mail with the way to this page."))
    organisation = forms.CharField(label=_("Organisation"), max_length=200)
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)


class AskForm(Form):
    question = forms.CharField(
        label=_("Your question"),
        help_text=_("It is shown with its answer to everybody, without your name. Tell no secret of your own idea."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )


class AnswerForm(Form):
    answer = forms.CharField(
        label=_("Answer"),
        help_text=_("Everybody reads it, the question beside it."),
        max_length=5_000,
        widget=forms.Textarea({"rows": 5}),
    )


class WithdrawForm(Form):
    because = WordsFormField(
        label=_("Why it is withdrawn"),
        help_text=_("Everybody reads it on the page of the challenge, and the teams that answer it get it by mail."),
        rows=2,
        max_length=500,
        required=False,
        needed=True,
    )
