from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rihma.base.forms import Form, SeenForm, WordsFormField
from rihma.base.words import Words
from rihma.canvases import kinds
from rihma.canvases.kinds.reading import MOST_IN_A_ZONE
from rihma.programmes.forms.deeds import ImportForm as ProgrammeImportForm
from rihma.tailoring import drafts
from rihma.tailoring.models import OwnKind
from rihma.tailoring.queries import facts_as_words, mark, place_in_words, zone_mark
from rihma.tailoring.said import SHAPE_NAMES, TINT_NAMES
from rihma.tailoring.schema import NAME, SENTENCE

# Empty rows below those that are there; saving gives new ones.
MORE_ROWS = 2
LONG = 2_000
QUESTION = "question-"


def plain(words: Words) -> dict[str, str]:
    return words.to_dict()


class WholeField(forms.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.NumberInput({"data-width": "short"}), **kwargs)


class TextsForm(SeenForm):
    name = WordsFormField(label=gettext_lazy("Name"), max_length=NAME)
    purpose = WordsFormField(
        label=gettext_lazy("What it is for"), help_text=gettext_lazy("In one sentence."), rows=2, max_length=SENTENCE
    )
    help = WordsFormField(label=gettext_lazy("How it works"), rows=5, max_length=LONG)
    minutes = WholeField(label=gettext_lazy("Minutes that it takes"), min_value=5, max_value=240)
    inspiration = forms.CharField(
        label=gettext_lazy("Whose idea it was"),
        help_text=gettext_lazy("Canvases of others are seldom free: write your own words, and name them here."),
        max_length=1_000,
        widget=forms.Textarea({"rows": 3}),
    )
    licence = forms.CharField(
        label=gettext_lazy("Licence"),
        help_text=gettext_lazy("What others may do with it. What people write on it is shared under it, too."),
        max_length=NAME,
        widget=forms.TextInput({"data-width": "medium"}),
    )

    @classmethod
    def of(cls, own: OwnKind, data: QueryDict | None) -> "TextsForm":
        form = cls(data, initial=first_texts(own))
        count = len(own.draft["questions"])
        if data is not None:
            # what was typed into rows that somebody else has removed meanwhile stays on the page
            count = max(count, sum(name.startswith(QUESTION) and name.endswith("_fi") for name in data) - MORE_ROWS)
        for number in range(count + MORE_ROWS):
            form.fields[f"{QUESTION}{number}"] = WordsFormField(
                label=_("Question %(n)s") % {"n": number + 1},
                help_text=_("Empty all languages to remove it.") if number < count else "",
                rows=2,
                max_length=SENTENCE,
                required=False,
            )
        form.order_fields(["name", "purpose", "help", *(f"{QUESTION}{n}" for n in range(count + MORE_ROWS))])
        return form

    def texts(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            **{name: plain(given[name]) for name in ("name", "purpose", "help")},
            **{name: given[name] for name in ("minutes", "licence", "inspiration")},
            "questions": [plain(words) for name, words in given.items() if name.startswith(QUESTION) and words],
        }


def first_texts(own: OwnKind) -> dict[str, Any]:
    facts = facts_as_words(drafts.facts_of(own.draft, "texts"))
    questions = {f"{QUESTION}{n}": Words(texts) for n, texts in enumerate(facts.pop("questions"))}
    return {**facts, **questions, "seen": mark(own, "texts")}


class WordsForm(SeenForm):
    """Every text of the items, or of the drawing, under the name of what it belongs to."""

    @classmethod
    def of(cls, own: OwnKind, part: str, data: QueryDict | None) -> "WordsForm":
        form = cls(data, initial=first_words(own, part))
        place = drafts.place_of(own.draft, part)
        for path, _texts in kinds.texts_in(own.draft[place]):
            form.fields[drafts.name_of(path)] = WordsFormField(
                label=place_in_words(own.draft, (place, *path)), max_length=SENTENCE
            )
        return form

    def words(self) -> dict[str, dict[str, str]]:
        return {name: plain(given) for name, given in self.cleaned_data.items() if name != "seen"}


def first_words(own: OwnKind, part: str) -> dict[str, Any]:
    return {**facts_as_words(drafts.facts_of(own.draft, part)), "seen": mark(own, part)}


class ZoneForm(SeenForm):
    name = WordsFormField(label=gettext_lazy("Name of the zone"), max_length=NAME)
    question = WordsFormField(label=gettext_lazy("What one asks oneself there"), rows=2, max_length=SENTENCE)
    fits = WholeField(
        label=gettext_lazy("How many do it good"),
        help_text=gettext_lazy("When there are more, the canvas says so and takes them all the same. 0 says nothing."),
        min_value=0,
        max_value=MOST_IN_A_ZONE,
        initial=0,
    )
    most = WholeField(
        label=gettext_lazy("How many it takes at most"),
        help_text=gettext_lazy("More are refused. What stands there already stays."),
        min_value=1,
        max_value=MOST_IN_A_ZONE,
        initial=MOST_IN_A_ZONE,
    )
    tint = forms.ChoiceField(
        label=gettext_lazy("Colour"),
        choices=tuple(TINT_NAMES.items()),
        widget=forms.Select({"data-width": "medium"}),
    )
    shape = forms.ChoiceField(
        label=gettext_lazy("Shape"),
        help_text=gettext_lazy("Colour and shape together are the sign of the zone; no other has the same."),
        choices=tuple(SHAPE_NAMES.items()),
        widget=forms.Select({"data-width": "medium"}),
    )
    FACTS: ClassVar = drafts.ZONE

    @classmethod
    def of(cls, own: OwnKind, zone: str, data: QueryDict | None) -> "ZoneForm":
        form = cls(data, initial=first_zone(own, zone))
        if drafts.arrow_to(own.draft, zone) is not None:
            form.fields["arrow"] = arrow_field(required=True)
        if len(own.draft["items"]) > 1:
            form.fields["admits"] = admits_field(own, help_text=_("What stands there already stays."))
        return form

    def said(self) -> dict[str, Any]:
        names = [name for name in (*self.FACTS, "arrow", "admits") if name in self.cleaned_data]
        given = {name: self.cleaned_data[name] for name in names}
        return {name: plain(value) if isinstance(value, Words) else value for name, value in given.items()}


def admits_field(own: OwnKind, *, help_text: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("What stands there"),
        help_text=help_text,
        choices=kinds_of_items(own),
        widget=forms.CheckboxSelectMultiple,
    )


def kinds_of_items(own: OwnKind) -> list[tuple[str, str]]:
    return [(item["key"], str(Words(item["name"]))) for item in own.draft["items"]]


def arrow_field(*, required: bool) -> WordsFormField:
    return WordsFormField(
        label=_("The arrow that leads here"),
        help_text=_("As one chooses it when writing what the arrow rests on."),
        max_length=NAME,
        required=required,
    )


def first_zone(own: OwnKind, zone: str) -> dict[str, Any]:
    return {**facts_as_words(drafts.zone_facts(own.draft, zone)), "seen": zone_mark(own, zone)}


class AddZoneForm(ZoneForm):
    """Also where it stands in the drawing, and what may stand in it."""

    room = forms.ChoiceField(label=gettext_lazy("Where it is drawn"))
    admits = forms.MultipleChoiceField(label=gettext_lazy("What stands there"), widget=forms.CheckboxSelectMultiple)
    field_order = ("name", "question", "room", "admits", *drafts.ZONE[2:])

    @classmethod
    def for_draft(cls, own: OwnKind, data: QueryDict | None) -> "AddZoneForm":
        rooms = drafts.rooms(own.draft)
        beside = [zone for room in rooms[:1] for zone in room.zones]
        like = drafts.zone_in(own.draft, beside[-1]) if beside else None
        tint, shape = free_sign(own)
        admits = drafts.admitted(own.draft, like or {})
        form = cls(data, initial={"admits": admits, "tint": tint, "shape": shape})
        set_choices(form, "room", [(room.key, name_of_room(own, n, room)) for n, room in enumerate(rooms)])
        set_choices(form, "admits", kinds_of_items(own))
        if len(rooms) == 1:
            form.fields["room"].widget = forms.HiddenInput()
            form.initial["room"] = rooms[0].key
        if len(own.draft["items"]) == 1:
            form.fields["admits"].widget = forms.MultipleHiddenInput()
        if any(room.key == "links" for room in rooms):
            form.fields["arrow"] = arrow_field(required=False)
        return form


def set_choices(form: Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


def free_sign(own: OwnKind) -> tuple[str, str]:
    """A tint and a shape that no zone has yet, both new where that can be."""
    zones = own.draft["zones"]
    tints, shapes = {zone["tint"] for zone in zones}, {zone["shape"] for zone in zones}
    taken = {(zone["tint"], zone["shape"]) for zone in zones}
    free = [(tint, shape) for tint in TINT_NAMES for shape in SHAPE_NAMES if (tint, shape) not in taken]
    return min(free, key=lambda sign: (sign[0] in tints) + (sign[1] in shapes))


def name_of_room(own: OwnKind, number: int, room: drafts.Room) -> str:
    named = {
        "rings": _("As the outermost ring"),
        "parts": _("As a part of each slice"),
        "links": _("At the end of the chain"),
        "beside": _("Beside the drawing"),
    }
    if room.key in named:
        return named[room.key]
    rows = own.draft["layout"] == "cards"
    where = (_("Row %(n)s") if rows else _("Column %(n)s")) % {"n": number + 1}
    names = [str(Words(zone["name"])) for key in room.zones if (zone := drafts.zone_in(own.draft, key))]
    return f"{where}: {Words(room.title) or ', '.join(names)}"


class RemoveZoneForm(SeenForm):
    into = forms.ChoiceField(
        label=gettext_lazy("Where what stands there goes"),
        help_text=gettext_lazy(
            "On canvases that teams have begun. Nothing is lost, and the history tells where it was."
        ),
    )

    @classmethod
    def of(cls, own: OwnKind, zone: str, data: QueryDict | None) -> "RemoveZoneForm":
        form = cls(data, initial={"seen": zone_mark(own, zone)})
        heirs = drafts.heirs(own.draft, zone)
        set_choices(form, "into", [(heir["key"], str(Words(heir["name"]))) for heir in heirs])
        if not own.version or not heirs:
            del form.fields["into"]
        return form


class PublishForm(Form):
    for_teams = forms.BooleanField(
        label=gettext_lazy("Each team finds it among its canvases"), required=False, initial=True
    )


class ImportForm(ProgrammeImportForm):
    def __init__(self, data: Mapping[str, Any] | None = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        self.fields["upload"].label = _("File of a canvas")
