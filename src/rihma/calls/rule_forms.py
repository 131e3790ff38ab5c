from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy

from rihma.base.forms import WordsFormField
from rihma.calls.forms import AmendForm
from rihma.calls.rules import key_of
from rihma.programmes.models import Programme
from rihma.programmes.requirements import EXAMPLES, KEPT_KEYS, Example, Requirement


class RuleForm(AmendForm):
    title = WordsFormField(label=gettext_lazy("The rule in some words"), max_length=200)
    holds = forms.CharField(
        label=gettext_lazy("The condition that must hold"),
        max_length=1_000,
        widget=forms.Textarea({"rows": 3, "spellcheck": "false", "autocapitalize": "off", "lang": "zxx"}),
    )
    remedy = WordsFormField(
        label=gettext_lazy("What to do where it is not met"), rows=2, max_length=500, required=False
    )
    binding = forms.BooleanField(
        label=gettext_lazy("A team that does not meet it is not eligible"),
        help_text=gettext_lazy("If not, it is a wish: teams see it, and it keeps nobody out."),
        required=False,
        initial=True,
    )

    field_order = ("title", "holds", "remedy", "binding", "because", "seen")

    def rule(self, key: str) -> Requirement:
        given = self.cleaned_data
        return Requirement(
            key=key,
            title=given["title"],
            holds=given["holds"].strip(),
            remedy=given["remedy"],
            binding=given["binding"],
        )

    def new_key(self, taken: Iterable[str]) -> str:
        """Names the rule for ever, from its first words."""
        return key_of(self.cleaned_data["title"], {*taken, *KEPT_KEYS})


@dataclass(frozen=True)
class Trial:
    """A rule on its way to being saved, for whoever can hold it against a team. `given`: what was chosen there."""

    programme: Programme
    holds: str
    title: str
    remedy: str
    given: Mapping[str, str] | None


def first(rule: Requirement) -> dict[str, object]:
    return {"title": rule.title, "holds": rule.holds, "remedy": rule.remedy, "binding": rule.binding}


def example(key: str) -> Example | None:
    return next((one for one in EXAMPLES if one.key == key), None)
