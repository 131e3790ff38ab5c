from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rihma.base.forms import Form, SeenForm
from rihma.records import rules
from rihma.records.models import DocumentRequest, SecretPart

KIND_WORDS = {
    "drafts": _("Drafts that were never sent: months after the call closed"),
    "declined": _("Applications that were not accepted, or withdrawn: months after the decision"),
    "invitations": _("Who was invited to apply: months after the call closed"),
    "letters": _("Letters between teams that look for partners and those who write to them: months after the last one"),
    "enquiries": _("Who asked about a challenge, and questions without an answer: months after the call closed"),
    "posters": _("Who might post challenges: months after the call closed"),
    "requests": _("Addresses of those who asked for documents: months after the answer"),
    "mails": _("What mails said: months after they were sent"),
    "guests": _("Names of guests on canvases: months after the programme ended"),
    rules.BY_QUESTION: _("Answers to questions that have a time of their own: months after the programme ended"),
}


class PlanForm(SeenForm):
    number_format = forms.CharField(
        label=_("How a register number looks"),
        help_text=_(
            "Write {number} where the running number stands, and {year} for the year. Numbers that were given stay."
        ),
        max_length=rules.LONGEST_FORMAT,
        widget=forms.TextInput({"data-width": "medium"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, proposed in rules.KINDS.items():
            self.fields[kind] = forms.IntegerField(
                label=KIND_WORDS[kind],
                help_text=_("Empty: kept. Usual: %(n)s.") % {"n": proposed},
                required=False,
                widget=forms.NumberInput({"data-width": "short", "inputmode": "numeric"}),
            )

    @property
    def months(self) -> dict[str, int | None]:
        return {kind: self.cleaned_data[kind] for kind in rules.KINDS}


class AskForm(Form):
    what = forms.CharField(
        label=_("Which documents would you like to see?"),
        help_text=_(
            "As exactly as you can: the call, an application, a decision, a time. You do not have to say who you are or why."
        ),
        max_length=4_000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": _("Write which documents you mean.")},
    )
    address = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The answer is sent there, and nothing else. Without it, keep the address of the next page."),
        required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


class AnswerForm(Form):
    outcome = forms.ChoiceField(
        label=_("What became of it?"),
        choices=DocumentRequest.Outcome.choices[1:],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what became of the request.")},
    )
    answer = forms.CharField(
        label=_("The answer"),
        help_text=_(
            "Whoever asked reads this. If something is not given: why, by which section of the law, and how to ask for a decision."
        ),
        max_length=10_000,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": _("Write the answer: whoever asked reads it.")},
    )


class MarkForm(Form):
    part = forms.CharField(widget=forms.HiddenInput)
    because = forms.CharField(
        label=_("Why is it secret?"),
        help_text=_("A trade secret, say, or something about a person's health. Those who run the programme decide."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write why it is secret: those who decide read it.")},
    )


class DecideSecretForm(SeenForm):
    outcome = forms.ChoiceField(
        label=_("Is it secret?"),
        choices=SecretPart.Outcome.choices[1:],
        widget=forms.RadioSelect({"data-look": "row"}),
        error_messages={"required": _("Choose whether the part is secret.")},
    )
    ground = forms.CharField(
        label=_("Ground"),
        help_text=_("The section of the law, or why it is public. The team reads this."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write the ground: the section of the law, or why it is public.")},
    )
