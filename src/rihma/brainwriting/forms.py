from collections.abc import Collection
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from rihma.base.forms import Form
from rihma.base.ids import new_id
from rihma.brainwriting import rules
from rihma.brainwriting.models import Note
from rihma.canvases.forms import lang_field
from rihma.canvases.kinds import Kind
from rihma.canvases.rules import LONGEST_CLIENT_ID, LONGEST_TEXT

BETWEEN = "/"


def places(kind: Kind, zones: Collection[str] = ()) -> list[tuple[str, str]]:
    """Each zone once, or once with each kind of item that it takes."""
    found = list(rules.places_in(kind, zones))
    keys = [zone.key for zone, _kind in found]
    return [
        (
            f"{zone.key}{BETWEEN}{item_kind.key}",
            f"{zone.name}: {item_kind.name}" if keys.count(zone.key) > 1 else str(zone.name),
        )
        for zone, item_kind in found
    ]


class StartForm(Form):
    question = forms.CharField(
        label=_("What to write about"),
        help_text=_("Everybody reads it above the place where they write."),
        max_length=rules.LONGEST_QUESTION,
        required=False,
    )

    def __init__(self, kind: Kind, data: QueryDict | None) -> None:
        super().__init__(data, auto_id="alone-%s")
        zones = {zone.key: str(zone.name) for zone, _kind in rules.places_in(kind)}
        self.fields["zones"] = forms.MultipleChoiceField(
            label=_("Zones"),
            help_text=_("Choose none to write for the whole canvas."),
            required=False,
            choices=list(zones.items()),
            widget=forms.CheckboxSelectMultiple({"data-look": "row"}),
        )

    @property
    def dom_id(self) -> str:
        return str(self.auto_id) % "form"


class PlaceForm(Form):
    """Where a note goes; beside others of its kind, so its fields have ids of their own."""

    def __init__(self, found: list[tuple[str, str]], data: QueryDict | None, name: str, **options: Any) -> None:
        super().__init__(data, auto_id=f"{name}-%s", **options)
        only = forms.HiddenInput() if len(found) == 1 else forms.Select()
        initial = found[0][0] if found else ""
        self.fields["place"] = forms.ChoiceField(
            label=_("Where it belongs"), choices=found, initial=initial, widget=only
        )

    @property
    def dom_id(self) -> str:
        return str(self.auto_id) % "form"

    def said(self) -> dict[str, str]:
        zone, _between, kind = self.cleaned_data["place"].partition(BETWEEN)
        return {"zone": zone, "kind": kind}


class NoteForm(PlaceForm):
    """Carries the id by which sending the same page twice adds once."""

    client_id = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST_CLIENT_ID, required=False)
    # Longer than the rule allows, so that the rule itself says how much is too much and nothing is cut.
    text = forms.CharField(
        label=_("Your text"),
        max_length=10 * LONGEST_TEXT,
        # An empty form of a round that has ended is hidden (alone.css): the space is how it is known to be empty.
        widget=forms.Textarea({"rows": 2, "placeholder": " "}),
    )

    def __init__(
        self, found: list[tuple[str, str]], data: QueryDict | None, *, name: str, lang: str, note: Note | None = None
    ) -> None:
        written = {"text": note.text, "place": f"{note.zone}{BETWEEN}{note.kind}"} if note else {}
        super().__init__(found, data, name, initial={"client_id": str(new_id()), "lang": lang, **written})
        self.fields["lang"] = lang_field()
        self.order_fields(["client_id", "text", "place", "lang"])

    def said(self) -> dict[str, str]:
        return super().said() | {"text": self.cleaned_data["text"], "lang": self.cleaned_data["lang"]}
