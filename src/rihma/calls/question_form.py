"""The form in which one question is written: what its kind needs, and the rest folded away."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rihma.base.files.kinds import GROUP_NAMES
from rihma.base.forms import WordsFormField
from rihma.calls import rules
from rihma.calls.forms import AmendForm, WholeField
from rihma.calls.models import Question, Section, plain
from rihma.calls.rules import Asked
from rihma.calls.widgets import OptionsField

Kind = Question.Kind
# what `least` and `most` mean to each kind
RANGES = {
    Kind.NUMBER: (gettext_lazy("The number is at least"), gettext_lazy("The number is at most")),
    Kind.SEVERAL: (gettext_lazy("Options at least"), gettext_lazy("Options at most")),
    Kind.MEMBERS: (gettext_lazy("People at least"), gettext_lazy("People at most")),
    Kind.CHALLENGE: (None, gettext_lazy("How many challenges a team may put in order")),
    Kind.RANKING: (None, gettext_lazy("How many are put in order")),
    Kind.FILE: (None, gettext_lazy("Files at most")),
}
READERS = {
    "jurors": gettext_lazy("Jurors"),
    "teams": gettext_lazy("Other teams"),
    "public": gettext_lazy("Everybody"),
}
MOST, USUAL = {Kind.FILE: rules.MOST_FILES}, {Kind.FILE: 3}
# between the key of a question and one of its answers
OF = "="


@dataclass(frozen=True)
class Group:
    """Fields that are folded away until somebody wants them."""

    title: str
    # how it stands now
    told: str
    fields: list[forms.BoundField]

    @property
    def is_open(self) -> bool:
        return any(field.errors for field in self.fields)


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), required=False, **kwargs)


class QuestionForm(AmendForm):
    label = WordsFormField(label=gettext_lazy("The question"), max_length=300)
    help = WordsFormField(label=gettext_lazy("What helps to answer"), rows=2, max_length=1_000, required=False)
    required = forms.BooleanField(
        label=gettext_lazy("It must be answered before submitting"), required=False, initial=True
    )
    required_by = DayField(
        label=gettext_lazy("It may be answered later, by this day"),
        help_text=gettext_lazy("Then the application can be sent without it until this day has passed."),
    )
    frozen_after = DayField(
        label=gettext_lazy("The last day on which the answer can be changed"),
        help_text=gettext_lazy("Leave it empty, and it can be changed as long as the application."),
    )
    readers = forms.MultipleChoiceField(
        label=gettext_lazy("Who reads the answer"),
        help_text=gettext_lazy("The team itself and those who run the programme always do."),
        choices=list(READERS.items()),
        initial=["jurors"],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    secret_because = WordsFormField(
        label=gettext_lazy("The answer may contain secret information, because"),
        help_text=gettext_lazy(
            "Name the reason, such as the section of the law. Applicants read it beside the question."
        ),
        max_length=500,
        required=False,
    )
    kept_months = WholeField(
        label=gettext_lazy("The answer is kept for this many months"),
        help_text=gettext_lazy("Counted from the end of the programme. Empty: as long as the application."),
        min_value=1,
        max_value=1_200,
        required=False,
    )
    plain = WordsFormField(
        label=gettext_lazy("The same in plain language"),
        help_text=gettext_lazy("Short sentences, everyday words. Applicants can open it under the question."),
        rows=2,
        max_length=1_000,
        required=False,
    )

    MAIN: ClassVar = (
        *("kind", "label", "help", "options", "unit", "most_words", "least", "most"),
        *("file_kinds", "most_megabytes", "ties_jurors", "section", "asked_in", "required"),
    )

    def __init__(
        self,
        kind: str,
        earlier: Sequence[Asked],
        sections: Sequence[Section],
        *args: Any,
        staged: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if staged:
            self.fields["asked_in"] = _asked_in()
        self.kind, self.earlier = kind, [one for one in earlier if rules.ways(one)]
        self.sections = {section.key: section for section in sections}
        self.fields |= self._of_kind()
        if sections:
            choices = [("", _("Before all sections")), *((one.key, str(one.title)) for one in sections)]
            self.fields["section"] = forms.ChoiceField(label=_("Section"), choices=choices, required=False)
            _ask_plainly(self.fields["section"])
        if self.earlier:
            self.fields["shown_if"] = forms.MultipleChoiceField(
                label=_("Ask only those who have answered"),
                help_text=_("Tick answers of one earlier question. Tick none, and everybody is asked."),
                choices=self._ways(),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        _ask_plainly(self.fields["readers"])
        self.order_fields([*self.MAIN, "required_by", "frozen_after", "shown_if", "readers"])

    def _of_kind(self) -> dict[str, forms.Field]:
        kind, fields = self.kind, dict[str, forms.Field]()
        family = next((one for one in rules.FAMILIES if kind in one), {kind})
        named = [(one.value, one.label) for one in Kind if one in family]
        widget = forms.RadioSelect({"data-look": "row"}) if len(named) > 1 else forms.HiddenInput()
        fields["kind"] = forms.ChoiceField(label=_("How it is answered"), choices=named, initial=kind, widget=widget)
        if kind in rules.WITH_OPTIONS:
            fields["options"] = OptionsField(label=_("Options"), with_places=kind == Kind.PLACES)
        if kind in rules.WITH_WORDS:
            fields["most_words"] = WholeField(label=_("Words at most"), min_value=1, max_value=5_000, initial=300)
        if kind == Kind.NUMBER:
            fields["unit"] = WordsFormField(label=_("Unit"), max_length=60, required=False)
        if kind == Kind.FILE:
            fields |= _of_files()
        if kind == Kind.ORGANISATION:
            fields["ties_jurors"] = _ties_jurors()
        for name, label in zip(("least", "most"), RANGES.get(Kind(kind), ()), strict=False):
            if label:
                bound = {} if kind == Kind.NUMBER else {"min_value": 1, "max_value": MOST.get(Kind(kind), 100)}
                fields[name] = WholeField(label=label, required=False, initial=USUAL.get(Kind(kind)), **bound)
        return fields

    def _ways(self) -> list[tuple[str, str]]:
        return [
            (f"{one.key}{OF}{way}", f"{one.label} → {rules.words_of_way(one, way, _('Yes'), _('No'))}")
            for one in self.earlier
            for way in rules.ways(one)
        ]

    @property
    def given(self) -> dict[str, Any]:
        """What the action is told: all but the reason and the mark."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in {"seen", "because"}}
        given["kind"] = given.get("kind") or self.kind
        if "section" in given:
            given["section"] = self.sections.get(given["section"])
        if "shown_if" in given:
            given["shown_if"] = condition_of(given["shown_if"])
        return given

    def drafted(self, instead: str) -> Asked:
        """As far as it is written, be it fit to save or not; `instead` stands where it has no words yet."""
        facts = plain({name: value for name, value in self.given.items() if name != "section"})
        options = [rules.Option.of(one) for one in cast("list[dict[str, Any]]", facts.get("options", []))]
        facts["options"] = rules.keyed(options, [], keep_old=False)
        facts["label"] = facts.get("label") or {lang: instead for lang, _name in settings.LANGUAGES}
        return Asked.of({"key": "preview", **facts})

    def clean_shown_if(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["shown_if"]
        if len({one.partition(OF)[0] for one in chosen}) > 1:
            raise forms.ValidationError(_("Choose answers of one question only."))
        return chosen

    @property
    def main(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MAIN if name in self.fields and not self[name].is_hidden]

    @property
    def groups(self) -> list[Group]:
        return [group for group in self._groups() if group.fields]

    def _groups(self) -> Iterable[Group]:
        first = self.initial
        yield Group(_("Who is asked"), _("some") if first.get("shown_if") else _("everybody"), self._those("shown_if"))
        days = [day for day in (first.get("required_by"), first.get("frozen_after")) if day]
        yield Group(
            _("Days"), _("set") if days else _("as the application"), self._those("required_by", "frozen_after")
        )
        readers = ", ".join(str(READERS[one]) for one in first.get("readers", ["jurors"]) if one in READERS)
        told = readers or _("only those who run the programme")
        yield Group(_("Who reads it, and for how long"), told, self._those("readers", "secret_because", "kept_months"))
        yield Group(_("Plain language"), _("written") if first.get("plain") else _("not written"), self._those("plain"))

    def _those(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]

    def _is_not_sent(self, name: str) -> bool:
        return name != "options" and super()._is_not_sent(name)

    def told(self, name: str, saved: object) -> str:
        if name == "options":
            known = [rules.Option.of(one) for one in cast("list[dict[str, Any]]", saved)]
            return " · ".join(str(one.label) for one in known if not one.retired) or "–"
        return super().told(name, saved)


def _asked_in() -> forms.Field:
    return forms.ChoiceField(
        label=_("When it is asked"),
        help_text=_("An answer that is asked in both stages comes along from the idea."),
        choices=Question.AskedIn.choices,
        initial=Question.AskedIn.BOTH.value,
        widget=forms.RadioSelect({"data-look": "row"}),
    )


def _of_files() -> dict[str, forms.Field]:
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of file"),
        choices=list(GROUP_NAMES.items()),
        initial=list(GROUP_NAMES),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    _ask_plainly(kinds)
    size = WholeField(
        label=_("Megabytes a file at most"), min_value=1, max_value=rules.MOST_MEGABYTES, initial=rules.MOST_MEGABYTES
    )
    return {"file_kinds": kinds, "most_megabytes": size}


def _ties_jurors() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("Jurors of this organisation have a conflict of interest"),
        help_text=_("Whoever acts for it, or for one of its family, then reads nothing of the application."),
        required=False,
    )


def _ask_plainly(field: forms.Field) -> None:
    """Not called optional: leaving it as it is says something too."""
    vars(field)["needed"] = True


def condition_of(chosen: Iterable[str]) -> dict[str, Any]:
    pairs = [one.partition(OF) for one in chosen]
    return {"question": pairs[0][0], "values": [way for _key, _of, way in pairs]} if pairs else {}


def first_of(question: Question) -> dict[str, object]:
    """What the form is filled with, and the mark of that."""
    condition: Mapping[str, Any] = question.shown_if or {}
    return {
        **{name: getattr(question, name) for name in question.FACTS},
        "options": [one for one in question.options if not one.get("retired")],
        "section": question.section.key if question.section else "",
        "shown_if": [f"{condition['question']}{OF}{way}" for way in condition["values"]] if condition else [],
        "seen": question.mark,
    }
