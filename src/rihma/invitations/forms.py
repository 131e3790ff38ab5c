from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from rihma.base.forms import Form
from rihma.invitations import lists


class InviteForm(Form):
    """One address or a list of them: typed, pasted out of a mail or a sheet, or a file."""

    people = forms.CharField(
        label=_("Whom you invite"),
        help_text=_("An address in each row; a name of the person or team and a language (fi, sv, en) may follow."),
        required=False,
        max_length=200_000,
        widget=forms.Textarea({"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
    )
    upload = forms.FileField(
        label=_("Or a list as a file"),
        help_text=_("CSV, as a spreadsheet saves it."),
        required=False,
        widget=forms.FileInput({"accept": ".csv,.txt,text/csv,text/plain"}),
    )
    language = forms.ChoiceField(
        label=_("Language of the mail"),
        help_text=_("For those of whom no language is known. Everybody else gets it in their own."),
        choices=settings.LANGUAGES,
    )
    words = forms.CharField(
        label=_("Your own words"),
        help_text=_("They stand in the mail as you write them."),
        required=False,
        max_length=3_000,
        widget=forms.Textarea({"rows": 5}),
    )

    @property
    def listed(self) -> lists.Listed:
        return lists.read(self.text, self.cleaned_data["language"])

    @cached_property
    def text(self) -> str:
        """What was typed, and what stands in the file after it: a page that is shown again cannot hold a file."""
        upload, typed = self.cleaned_data.get("upload"), self.cleaned_data["people"]
        if not isinstance(upload, UploadedFile):
            return str(typed)
        file = lists.text_of(upload.read(lists.LONGEST_FILE + 1))
        return f"{typed}\n{file}" if typed else file

    def again(self) -> dict[str, Any]:
        return {**self.cleaned_data, "people": self.text}
