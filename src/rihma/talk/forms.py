from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from rihma.accounts.models import Person
from rihma.base.forms import Form
from rihma.base.ids import new_id
from rihma.canvases.rules import LONGEST_CLIENT_ID
from rihma.talk import rules


class CommentForm(Form):
    """Beside others on the page, so its fields have ids of their own. `people`: whom a mail can reach; guests send none."""

    client_id = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST_CLIENT_ID, required=False)
    text = forms.CharField(
        label=_("Comment"),
        # Longer than the rule allows, so that the rule itself says how much is too much and nothing is cut.
        max_length=10 * rules.LONGEST_TEXT,
        widget=forms.Textarea({"rows": 3}),
    )
    lang = forms.ChoiceField(label=_("Language of the text"), choices=settings.LANGUAGES)

    def __init__(self, place: UUID, people: Iterable[Person], data: QueryDict | None, **initial: Any) -> None:
        super().__init__(data, initial={"client_id": str(new_id()), **initial}, auto_id=f"comment-{place}-%s")
        choices = [(str(person.pk), str(person)) for person in people]
        if choices:
            self.fields["told"] = forms.MultipleChoiceField(
                label=_("Tell somebody"),
                help_text=_("They get a mail with a link to this item. Writing @ and a name does the same."),
                choices=choices,
                required=False,
                widget=forms.CheckboxSelectMultiple({"data-look": "row"}),
            )

    @property
    def dom_id(self) -> str:
        return str(self.auto_id) % "form"

    def said(self) -> dict[str, Any]:
        """What the action gets, beside the id by which a page sent twice says it once."""
        cleaned = self.cleaned_data
        return {
            "text": cleaned["text"],
            "lang": cleaned["lang"],
            "told": {UUID(pk) for pk in cleaned.get("told", ())},
        }
