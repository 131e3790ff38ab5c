"""The parts in which a programme is edited: a tab, a form and a save each."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Self
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rihma.accounts.models import Person
from rihma.base.forms import SeenForm, WordsFormField
from rihma.base.seen import facts_of
from rihma.base.words import Words
from rihma.programmes import actions, rules
from rihma.programmes.file.schema import LONG
from rihma.programmes.forms.fields import AddressField, DayField, LinesField, WholeField
from rihma.programmes.models import Programme
from rihma.programmes.queries import phases_as_filled, themes_as_filled
from rihma.programmes.types import PhaseLine, ThemeLine

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# Empty rows below those that are there; saving gives new ones.
MORE_ROWS = 2
MOST_PHASES = 200
TYPED_THEME = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})_[a-z]{2}")
TYPED_PHASE = re.compile(r"title-([0-9]{1,3})_[a-z]{2}")


class PartForm(SeenForm):
    heading: "ClassVar[_StrPromise]"
    lead: "ClassVar[str | _StrPromise]" = ""

    @classmethod
    def facts_of(cls, programme: Programme) -> dict[str, object]:
        """What it is filled from."""
        return facts_of(programme, [name for name in cls.base_fields if name != "seen"])

    @classmethod
    def of(cls, programme: Programme, data: Mapping[str, str] | None) -> Self:
        return cls.filled(cls.facts_of(programme), data)

    def save(self, programme: Programme, *, by: Person) -> Programme:
        return actions.edit(programme, by=by, **self.cleaned_data)


class TextsForm(PartForm):
    heading = gettext_lazy("Texts")
    lead = gettext_lazy("Before publishing, each of them is needed in Finnish and Swedish.")

    title = WordsFormField(label=gettext_lazy("Name of the programme"), max_length=150)
    purpose = WordsFormField(label=gettext_lazy("Purpose in one sentence"), rows=2, max_length=400, required=False)
    description = WordsFormField(
        label=gettext_lazy("What it is about"),
        help_text=gettext_lazy(
            "Leave an empty line between paragraphs. A line that begins with - is a point in a list."
        ),
        rows=10,
        max_length=LONG,
        required=False,
    )
    slug = AddressField(help_text=gettext_lazy("Stays as it is once the programme is public: people link to it."))

    @classmethod
    def of(cls, programme: Programme, data: Mapping[str, str] | None) -> Self:
        form = super().of(programme, data)
        form.fields["slug"].disabled = programme.is_public
        return form


class FactsForm(PartForm):
    heading = gettext_lazy("Dates and facts")

    starts = DayField(label=gettext_lazy("First day"))
    ends = DayField(label=gettext_lazy("Last day"))
    time_zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy(
            "Every clock time of the programme is in this zone, such as Europe/Helsinki. It stays once the programme is public."
        ),
        max_length=60,
    )
    room_seats = WholeField(label=gettext_lazy("People in the room at most"), min_value=1, max_value=2000)
    organisers = LinesField(label=gettext_lazy("Organisers"), help_text=gettext_lazy("One on each line."))
    partners = LinesField(label=gettext_lazy("Partners"), help_text=gettext_lazy("One on each line."))
    contact = forms.EmailField(
        label=gettext_lazy("Address for questions"),
        help_text=gettext_lazy("It is shown to everybody."),
        required=False,
    )
    canvas_kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Canvases that each team gets"), widget=forms.CheckboxSelectMultiple, required=False
    )

    @classmethod
    def of(cls, programme: Programme, data: Mapping[str, str] | None) -> Self:
        form = super().of(programme, data)
        form.fields["time_zone"].disabled = programme.is_public
        kinds = form.fields["canvas_kinds"]
        if isinstance(kinds, forms.MultipleChoiceField):
            kinds.choices = import_string(settings.CANVAS_KIND_CHOICES)(programme)
        return form

    def clean_time_zone(self) -> str:
        zone: str = self.cleaned_data["time_zone"]
        if not rules.is_zone(zone):
            raise forms.ValidationError(_("There is no time zone “%(zone)s”.") % {"zone": zone})
        return zone


class ThemesForm(PartForm):
    heading = gettext_lazy("Themes")
    lead = gettext_lazy("Empty all languages of a theme to remove it. New rows appear when you save.")

    @classmethod
    def facts_of(cls, programme: Programme) -> dict[str, object]:
        return themes_as_filled(programme)

    @classmethod
    def of(cls, programme: Programme, data: Mapping[str, str] | None) -> Self:
        form = super().of(programme, data)
        known = themes_as_filled(programme)
        # What somebody else removed while it was written here stays on the page as it was typed.
        typed = [found[1] for name in data or () if (found := TYPED_THEME.fullmatch(name))]
        new = [f"new-{number}" for number in range(MORE_ROWS)]
        for number, name in enumerate(dict.fromkeys([*known, *typed, *new]), start=1):
            label = _("Theme %(n)s") % {"n": number}
            form.fields[name] = WordsFormField(label=label, max_length=300, required=False)
        return form

    def save(self, programme: Programme, *, by: Person) -> Programme:
        lines = [
            ThemeLine(words, None if name.startswith("new-") else UUID(name))
            for name, words in self.cleaned_data.items()
            if words and name != "seen"
        ]
        actions.set_themes(programme, lines, seen=self.cleaned_data["seen"], by=by)
        return programme

    def show_newer(self, newest: Mapping[str, object], mark: str) -> None:
        """Also beside a theme that is no longer there."""
        gone = {name: Words() for name in self.fields if name != "seen" and not name.startswith("new-")}
        super().show_newer({**gone, **newest}, mark)


class PhasesForm(PartForm):
    heading = gettext_lazy("Phases")
    lead = gettext_lazy("Empty the name of a phase to remove it. New rows appear when you save.")

    @classmethod
    def facts_of(cls, programme: Programme) -> dict[str, object]:
        return phases_as_filled(programme)

    @classmethod
    def of(cls, programme: Programme, data: Mapping[str, str] | None) -> Self:
        form = super().of(programme, data)
        typed = [int(found[1]) for name in data or () if (found := TYPED_PHASE.fullmatch(name))]
        rows = max([programme.phases.count() + MORE_ROWS, *(n for n in typed if n <= MOST_PHASES)])
        for number in range(1, rows + 1):
            said = {"n": number}
            form.fields[f"title-{number}"] = WordsFormField(
                label=_("Phase %(n)s") % said, max_length=300, required=False
            )
            form.fields[f"starts-{number}"] = DayField(label=_("First day of phase %(n)s") % said, required=False)
            form.fields[f"ends-{number}"] = DayField(label=_("Last day of phase %(n)s") % said, required=False)
        return form

    @property
    def numbers(self) -> list[str]:
        return [name.removeprefix("title-") for name in self.fields if name.startswith("title-")]

    def rows(self) -> list[dict[str, forms.BoundField]]:
        return [{name: self[f"{name}-{n}"] for name in ("title", "starts", "ends")} for n in self.numbers]

    def clean(self) -> dict[str, object]:
        given = self.cleaned_data
        for n in self.numbers:
            starts, ends = f"starts-{n}", f"ends-{n}"
            if not given.get(f"title-{n}"):
                continue
            for day in (starts, ends):
                if day in given and given[day] is None:
                    self.add_error(day, _("Say the day too."))
            if given.get(starts) and given.get(ends) and given[ends] < given[starts]:
                self.add_error(ends, _("The end is before the start."))
        return given

    def save(self, programme: Programme, *, by: Person) -> Programme:
        given = self.cleaned_data
        written = [n for n in self.numbers if given[f"title-{n}"]]
        lines = [PhaseLine(given[f"title-{n}"], given[f"starts-{n}"], given[f"ends-{n}"]) for n in written]
        actions.set_phases(programme, lines, seen=given["seen"], by=by)
        return programme


PARTS: dict[str, type[PartForm]] = {
    "texts": TextsForm,
    "facts": FactsForm,
    "themes": ThemesForm,
    "phases": PhasesForm,
}
