from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from rihma.base.forms import SeenForm, WordsFormField
from rihma.base.seen import mark_of
from rihma.base.words import Words
from rihma.tailoring import choices
from rihma.tailoring.forms import MORE_ROWS, plain
from rihma.tailoring.models import OwnKind
from rihma.tailoring.queries import facts_as_words
from rihma.tailoring.schema import NAME

# no key of a word has a hyphen
ADDED = "more-"


class OptionsForm(SeenForm):
    """The words of one field, each under its key, and below them rows for more."""

    @classmethod
    def of(cls, own: OwnKind, item: str, field: str, data: QueryDict | None) -> "OptionsForm":
        facts = choices.facts_of(own.draft, item, field)
        form = cls(data, initial=first_options(own, item, field))
        form.keys = list(facts)
        for number, key in enumerate(facts, start=1):
            form.fields[key] = WordsFormField(
                label=_("Word %(n)s") % {"n": number},
                help_text=_("Empty all languages to remove it."),
                max_length=NAME,
                required=False,
            )
        for number in range(MORE_ROWS):
            label = _("Word %(n)s") % {"n": len(facts) + number + 1}
            form.fields[f"{ADDED}{number}"] = WordsFormField(label=label, max_length=NAME, required=False)
        if own.version:
            form.fields["into"] = forms.ChoiceField(
                label=_("What takes the place of a removed word"),
                help_text=_("On canvases that teams have begun. Nothing is lost, and the history tells what it was."),
                choices=[("", "–"), *((key, str(Words(name))) for key, name in facts.items())],
                required=False,
            )
        return form

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "names": {key: plain(given[key]) for key in self.keys if given[key]},
            "added": [plain(words) for name, words in given.items() if name.startswith(ADDED) and words],
            "into": given.get("into", ""),
        }

    keys: list[str]


def first_options(own: OwnKind, item: str, field: str) -> dict[str, Any]:
    facts = choices.facts_of(own.draft, item, field)
    return {**facts_as_words(facts), "seen": mark_of(facts)}
