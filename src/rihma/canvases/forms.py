from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rihma.base.forms import Form
from rihma.base.ids import new_id
from rihma.canvases import order, rules
from rihma.canvases.kinds import ItemKind, Kind, Scale
from rihma.canvases.models import Item
from rihma.canvases.types import Payload

WISHES = [
    (order.STAY, pgettext_lazy("place", "as it is")),
    (order.FIRST, pgettext_lazy("place", "first")),
    (order.UP, pgettext_lazy("place", "one up")),
    (order.DOWN, pgettext_lazy("place", "one down")),
    (order.LAST, pgettext_lazy("place", "last")),
]


class ScaleField(forms.TypedChoiceField):
    """Chosen by words; a hand that drags may put any number from 0 to 100."""

    def __init__(self, scale: Scale, value: int, *, required: bool) -> None:
        choices = [(step.at, str(step.name)) for step in scale.steps]
        if value not in dict(choices):
            choices = sorted([*choices, (value, _("in between (%(value)s)") % {"value": value})])
        super().__init__(
            label=str(scale.name),
            help_text=str(scale.question),
            choices=choices,
            coerce=int,
            empty_value=None,
            initial=value,
            required=required,
            show_hidden_initial=True,
        )

    def valid_value(self, value: Any) -> bool:
        return str(value).isascii() and str(value).isdigit() and int(value) <= rules.FULL


class OperationForm(Form):
    """Carries the id by which sending the same page twice takes effect once."""

    client_id = forms.CharField(widget=forms.HiddenInput, max_length=rules.LONGEST_CLIENT_ID, required=False)

    def __init__(self, data: QueryDict | None, *, initial: dict[str, Any], auto_id: str) -> None:
        super().__init__(data, initial={"client_id": str(new_id()), **initial}, auto_id=auto_id)

    @property
    def dom_id(self) -> str:
        return str(self.auto_id) % "form"

    def clean_client_id(self) -> str:
        return str(self.cleaned_data["client_id"] or new_id())

    def add_scales(self, scales: Iterable[Scale], values: dict[str, int], *, required: bool = True) -> None:
        for scale in scales:
            self.fields[scale.key] = ScaleField(scale, values.get(scale.key, scale.default), required=required)

    def changed(self, names: Iterable[str]) -> dict[str, Any]:
        """What was chosen anew on this page: somebody else may be changing the rest."""
        given = {name: self.cleaned_data[name] for name in names if name in self.changed_data}
        return {name: value for name, value in given.items() if value not in (None, "")}


def text_field(item_kind: ItemKind, rows: int) -> forms.CharField:
    # Longer than the rule allows, so that the rule itself says how much is too much and nothing is cut.
    return forms.CharField(
        label=str(item_kind.prompt), widget=forms.Textarea({"rows": rows}), max_length=10 * rules.LONGEST_TEXT
    )


def lang_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Language of the text"), choices=settings.LANGUAGES, show_hidden_initial=True)


def zone_field(kind: Kind, **options: Any) -> forms.ChoiceField:
    zones = [(zone.key, str(zone.name)) for zone in kind.zones]
    return forms.ChoiceField(label=_("Where it belongs"), choices=zones, **options)


class AddForm(OperationForm):
    def __init__(
        self,
        kind: Kind,
        item_kind: ItemKind,
        data: QueryDict | None = None,
        *,
        initial: dict[str, Any],
        zone: str = "",
    ) -> None:
        super().__init__(data, initial=initial | {"zone": zone}, auto_id=f"add-{zone or 'new'}-%s")
        self.item_kind = item_kind
        self.fields["text"] = text_field(item_kind, rows=2)
        self.fields["zone"] = zone_field(kind)
        if zone:
            self.fields["zone"].widget = forms.HiddenInput()
        self.add_scales(item_kind.fields, initial)
        self.fields["lang"] = lang_field()

    @classmethod
    def of(
        cls,
        kind: Kind,
        data: QueryDict | None = None,
        *,
        zone: str = "",
        lang: str,
        given: Mapping[str, Any] = MappingProxyType({}),
    ) -> "AddForm":
        """A form for the first kind of item there is; `given` says where the hand pointed."""
        item_kind = kind.items[0]
        values = {scale.key: rules.number(given[scale.key]) for scale in item_kind.fields if scale.key in given}
        places = {key: value for key, value in values.items() if value <= rules.FULL}
        return cls(kind, item_kind, data, initial={"lang": lang, **places}, zone=zone if kind.zone(zone) else "")

    @property
    def more(self) -> list[forms.BoundField]:
        """What can be left as it is."""
        return [field for field in self.visible_fields() if field.name not in ("text", "zone")]

    def payload(self) -> Payload:
        values = {scale.key: self.cleaned_data[scale.key] for scale in self.item_kind.fields}
        return {
            "kind": self.item_kind.key,
            "zone": self.cleaned_data["zone"],
            "text": self.cleaned_data["text"],
            "lang": self.cleaned_data["lang"],
            "fields": values,
        }


class SetForm(OperationForm):
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, kind: Kind, item_kind: ItemKind, item: Item, data: QueryDict | None = None) -> None:
        initial = {"base": item.text_seq, "text": item.text, "lang": item.lang}
        super().__init__(data, initial=initial, auto_id=f"set-{item.pk}-%s")
        self.scales = [scale for scale in item_kind.fields if scale.key not in kind.places]
        self.fields["text"] = text_field(item_kind, rows=3)
        self.add_scales(self.scales, item.fields)
        self.fields["lang"] = lang_field()

    def payload(self) -> Payload:
        said: Payload = {"text": self.cleaned_data["text"]}
        if "lang" in self.changed_data:
            said["lang"] = self.cleaned_data["lang"]
        fields = self.changed(scale.key for scale in self.scales)
        return said | {"fields": fields} if fields else said


class MoveForm(OperationForm):
    """Everything a hand does by dragging; the drawn view sends the same form with only the places in it."""

    def __init__(self, kind: Kind, item_kind: ItemKind, item: Item, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"zone": item.zone, "order": order.STAY}, auto_id=f"move-{item.pk}-%s")
        self.scales = [scale for scale in item_kind.fields if scale.key in kind.places]
        self.add_scales(self.scales, item.fields, required=False)
        self.fields["zone"] = zone_field(kind, required=False, show_hidden_initial=True)
        self.fields["order"] = forms.ChoiceField(label=_("Place in the list"), choices=WISHES, required=False)

    def payload(self) -> Payload:
        said: Payload = {}
        fields = self.changed(scale.key for scale in self.scales)
        if fields:
            said["fields"] = fields
        if "zone" in self.changed(["zone"]):
            said["zone"] = self.cleaned_data["zone"]
        return said
