from collections.abc import Iterable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rihma.actors.actions import name_organisation
from rihma.actors.models import Organisation
from rihma.actors.rules import name_key
from rihma.base.forms import Form
from rihma.base.ids import new_id
from rihma.base.numerals import whole
from rihma.canvases import actors_here, order, rules
from rihma.canvases.field_widgets import Here, form_field
from rihma.canvases.kinds import Field, ItemKind, Kind, Scale
from rihma.canvases.models import Canvas, Item
from rihma.canvases.types import Payload

WISHES = [
    (order.STAY, pgettext_lazy("place", "as it is")),
    (order.FIRST, pgettext_lazy("place", "first")),
    (order.UP, pgettext_lazy("place", "one up")),
    (order.DOWN, pgettext_lazy("place", "one down")),
    (order.LAST, pgettext_lazy("place", "last")),
]


class SnapshotForm(Form):
    name = forms.CharField(label=_("Name of the moment"), max_length=80)


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

    def add_fields(
        self, fields: Iterable[Field], values: Mapping[str, Any], here: Here, *, required: bool = True
    ) -> None:
        for field in fields:
            value = values.get(field.key, field.default)
            self.fields[field.key] = form_field(field, value, here, required=required)

    def changed(self, names: Iterable[str]) -> dict[str, Any]:
        """What was chosen anew on this page: somebody else may be changing the rest."""
        return {name: self.cleaned_data[name] for name in names if name in self.changed_data}


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without what was left empty."""
    return {name: value for name, value in values.items() if value not in (None, "")}


def here_of(canvas: Canvas) -> Here:
    return Here(
        standing_in=partial(actors_here.standing_in, canvas),
        suggested=partial(actors_here.suggested, canvas),
        named=actors_here.name_of,
    )


class ActorPart:
    """What a form asks of an item that is an actor: its name in place of a text, and of a new one what it is."""

    KIND = "actor_kind"

    def __init__(self, form: OperationForm, item_kind: ItemKind) -> None:
        self.form = form
        self.field = item_kind.identity
        if self.field:
            form.fields[self.KIND] = forms.ChoiceField(
                label=_("What is it?"),
                help_text=_("Asked only when nobody has named it before."),
                choices=[("", "–"), *Organisation.Kind.choices],
                required=False,
            )

    def check(self) -> None:
        """A name that nobody has used yet needs a word on what it is."""
        name = self.form.cleaned_data.get(self.field.key, "") if self.field else ""
        if not self.field or not name:
            return
        if not name_key(name):
            self.form.add_error(self.field.key, _("Write a name."))
        elif not self.form.cleaned_data.get(self.KIND) and actors_here.of_name(name) is None:
            self.form.add_error(self.KIND, actors_here.NOBODY_NAMED_IT)

    def name(self) -> tuple[str, dict[str, str]]:
        """Text and field by which the item is this actor."""
        if self.field is None:
            return "", {}
        name, of_kind = self.form.cleaned_data[self.field.key], self.form.cleaned_data[self.KIND]
        actor = name_organisation(name, kind=of_kind)
        return actor.name, {self.field.key: str(actor.pk)}


def text_field(item_kind: ItemKind, rows: int) -> forms.CharField:
    # Longer than the rule allows, so that the rule itself says how much is too much and nothing is cut.
    return forms.CharField(
        label=str(item_kind.prompt), widget=forms.Textarea({"rows": rows}), max_length=10 * rules.LONGEST_TEXT
    )


def lang_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Language of the text"), choices=settings.LANGUAGES, show_hidden_initial=True)


def zone_field(kind: Kind, item_kind: ItemKind, **options: Any) -> forms.ChoiceField:
    zones = [(zone.key, str(zone.name)) for zone in kind.zones if item_kind.key in zone.admits]
    return forms.ChoiceField(label=_("Where it belongs"), choices=zones, **options)


class AddForm(OperationForm):
    def __init__(
        self,
        kind: Kind,
        item_kind: ItemKind,
        here: Here,
        data: QueryDict | None = None,
        *,
        initial: dict[str, Any],
        zone: str = "",
    ) -> None:
        name = f"add-{zone or 'new'}-%s"
        super().__init__(
            data, initial={"zone": zone, "item_kind": item_kind.key, "lang": initial["lang"]}, auto_id=name
        )
        self.item_kind = item_kind
        self.fields["item_kind"] = forms.CharField(widget=forms.HiddenInput, required=False)
        if item_kind.identity:
            self.add_fields([item_kind.identity], initial, here)
        else:
            self.fields["text"] = text_field(item_kind, rows=2)
        self.fields["zone"] = zone_field(kind, item_kind)
        if zone:
            self.fields["zone"].widget = forms.HiddenInput()
        self.rest = [field for field in item_kind.fields if field != item_kind.identity]
        self.actor = ActorPart(self, item_kind)
        self.add_fields(self.rest, initial, here)
        self.fields["lang"] = lang_field()

    def clean(self) -> None:
        self.actor.check()

    @classmethod
    def of(
        cls,
        kind: Kind,
        here: Here,
        data: QueryDict | None = None,
        *,
        zone: str = "",
        item_kind: str = "",
        lang: str,
        given: Mapping[str, Any] = MappingProxyType({}),
    ) -> "AddForm":
        """A form for the kind of item that was asked for, or the first that the zone takes.

        `given` says where the hand pointed.
        """
        fixed = kind.zone(zone)
        admitted = fixed.admits if fixed else tuple(kind.items_by_key)
        chosen = kind.items_by_key[item_kind if item_kind in admitted else admitted[0]]
        pointed = {field.key: _pointed(field, given[field.key]) for field in chosen.fields if field.key in given}
        places = {key: value for key, value in pointed.items() if chosen.by_key[key].takes(value)}
        return cls(kind, chosen, here, data, initial={"lang": lang, **places}, zone=zone if fixed else "")

    @property
    def first(self) -> list[forms.BoundField]:
        """What is asked at once: the text or the name, and what the item cannot do without."""
        scales = {field.key for field in self.rest if isinstance(field, Scale)}
        names = [name for name in self.fields if name not in scales and name != "lang"]
        return [self[name] for name in names if not self[name].is_hidden]

    @property
    def more(self) -> list[forms.BoundField]:
        """What can be left as it is."""
        shown = {field.name for field in self.first}
        return [field for field in self.visible_fields() if field.name not in shown]

    def payload(self) -> Payload:
        said: Payload = {
            "kind": self.item_kind.key,
            "zone": self.cleaned_data["zone"],
            "lang": self.cleaned_data["lang"],
            "fields": given({field.key: self.cleaned_data[field.key] for field in self.rest}),
        }
        if self.item_kind.identity:
            said["text"], identity = self.actor.name()
            said["fields"] |= identity
        else:
            said["text"] = self.cleaned_data["text"]
        return said


def _pointed(field: Field, text: str) -> Any:
    return whole(text) if isinstance(field, Scale) else text


class SetForm(OperationForm):
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, kind: Kind, item_kind: ItemKind, item: Item, here: Here, data: QueryDict | None = None) -> None:
        initial = {"base": item.text_seq, "text": item.text, "lang": item.lang}
        super().__init__(data, initial=initial, auto_id=f"set-{item.pk}-%s")
        self.identity = item_kind.identity
        self.rest = [field for field in item_kind.fields if field.key not in kind.places and field != self.identity]
        if self.identity:
            self.add_fields([self.identity], item.fields, here)
        else:
            self.fields["text"] = text_field(item_kind, rows=3)
        self.actor = ActorPart(self, item_kind)
        self.add_fields(self.rest, item.fields, here)
        self.fields["lang"] = lang_field()

    def clean(self) -> None:
        self.actor.check()

    def payload(self) -> Payload:
        said: Payload = {} if self.identity else {"text": self.cleaned_data["text"]}
        if "lang" in self.changed_data:
            said["lang"] = self.cleaned_data["lang"]
        fields = self.changed(field.key for field in self.rest)
        if self.identity and self.identity.key in self.changed_data:
            said["text"], identity = self.actor.name()
            fields |= identity
        if fields:
            said["fields"] = fields
        return said


class MoveForm(OperationForm):
    """Everything a hand does by dragging; the drawn view sends the same form with only the places in it."""

    def __init__(self, kind: Kind, item_kind: ItemKind, item: Item, here: Here, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"zone": item.zone, "order": order.STAY}, auto_id=f"move-{item.pk}-%s")
        self.places = [field for field in item_kind.fields if field.key in kind.places]
        self.add_fields(self.places, item.fields, here, required=False)
        self.fields["zone"] = zone_field(kind, item_kind, required=False, show_hidden_initial=True)
        self.fields["order"] = forms.ChoiceField(label=_("Place in the list"), choices=WISHES, required=False)

    def payload(self) -> Payload:
        said: Payload = {}
        fields = given(self.changed(field.key for field in self.places))
        if fields:
            said["fields"] = fields
        if given(self.changed(["zone"])):
            said["zone"] = self.cleaned_data["zone"]
        return said
