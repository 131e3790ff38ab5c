from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rihma.accounts.models import Person
from rihma.actors.models import Organisation
from rihma.base.forms import Form
from rihma.experiments import queries
from rihma.experiments.forms.fields import DayField, NumberField, TextField
from rihma.experiments.models import Experiment
from rihma.experiments.rules import law
from rihma.experiments.types import PlanFields

MOST_PEOPLE = 10_000_000
LAW = "law_"
PLAIN = (
    "title",
    "belief",
    "believe_that",
    "believe_does",
    "believe_because",
    "what_we_do",
    "what_is_new",
    "for_whom",
    "people",
    "place",
    "starts",
    "ends",
    "method",
    "metric_name",
    "metric_unit",
    "metric_how",
    "metric_by",
    "baseline",
    "threshold_operator",
    "threshold",
    "metric_reading",
    "what_would_change_our_mind",
    "stop_rule",
    "owner",
    "deputy",
    "partners",
    "cost_hours",
    "cost_eur",
    "language",
)


@dataclass(frozen=True)
class LawField:
    """A question with its answer and what is written when the answer is yes."""

    question: law.Question
    answer: forms.BoundField
    note: forms.BoundField


class PlanForm(Form):
    """The plan as a team types it. Nothing is required: the checklist tells what the start waits for."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Name of the experiment"), max_length=150, required=False)
    belief = TextField(
        label=_("What you believe, in one sentence"),
        help_text=_("For example: people read a decision to its end when it begins with what they must do."),
        required=False,
    )
    believe_that = forms.CharField(label=_("We believe that …"), max_length=300, required=False)
    believe_does = forms.CharField(label=_("does or gets …"), max_length=300, required=False)
    believe_because = forms.CharField(label=_("because …"), max_length=300, required=False)
    what_we_do = TextField(
        label=_("What do you do in practice?"),
        help_text=_("So plainly that somebody else could do the same."),
        rows=3,
        required=False,
    )
    what_is_new = TextField(label=_("What is new, what do you not know yet?"), required=False)
    for_whom = forms.CharField(
        label=_("With whom?"),
        help_text=_("For example: first-time applicants at one office."),
        max_length=300,
        required=False,
    )
    people = forms.IntegerField(
        label=_("How many people?"),
        help_text=_("If fewer than half of them take part, the result says: cannot say."),
        min_value=1,
        max_value=MOST_PEOPLE,
        required=False,
    )
    place = forms.CharField(label=_("Where?"), max_length=300, required=False)
    starts = DayField(label=_("First day"), required=False)
    ends = DayField(label=_("Last day"), help_text=_("At most 90 days, and before the programme ends."), required=False)
    method = forms.ChoiceField(
        label=_("In what way?"), choices=[("", _("Not chosen yet")), *Experiment.Method.choices], required=False
    )
    metric_name = forms.CharField(
        label=_("What do you measure?"),
        help_text=_("One thing. For example: the share who read the decision to its end."),
        max_length=200,
        required=False,
    )
    metric_unit = forms.CharField(
        label=_("In what unit?"),
        help_text=_("%, minutes, people …"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"data-width": "short"}),
    )
    metric_how = TextField(label=_("How is it collected?"), required=False)
    metric_by = forms.CharField(label=_("Who collects it?"), max_length=200, required=False)
    baseline = NumberField(label=_("What is it now?"), help_text=_("If you know."), required=False)
    threshold_operator = forms.ChoiceField(
        label=_("The belief holds if it is"), choices=Experiment.Operator.choices, required=False
    )
    threshold = NumberField(
        label=pgettext_lazy("experiment", "this much"),
        help_text=_("Locked when you start."),
        required=False,
    )
    metric_reading = forms.ChoiceField(
        label=_("If there are several observations"), choices=Experiment.Reading.choices, required=False
    )
    what_would_change_our_mind = TextField(label=_("Which result would make you give the belief up?"), required=False)
    stop_rule = TextField(label=_("At what sign do you stop at once?"), required=False)
    owner: forms.ModelChoiceField[Person] = forms.ModelChoiceField(
        label=_("Who answers for it?"), queryset=None, required=False, empty_label=_("Not chosen yet")
    )
    deputy: forms.ModelChoiceField[Person] = forms.ModelChoiceField(
        label=_("Who steps in?"), queryset=None, required=False, empty_label=_("Nobody")
    )
    partners: forms.ModelMultipleChoiceField[Organisation] = forms.ModelMultipleChoiceField(
        label=_("Partners"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    partner_name = forms.CharField(
        label=_("Add a partner"),
        help_text=_("Best from outside your own organisations."),
        max_length=200,
        required=False,
    )
    partner_kind = forms.ChoiceField(label=_("Kind of partner"), choices=Organisation.Kind.choices, required=False)
    cost_hours = forms.IntegerField(label=_("Hours of work"), min_value=0, max_value=MOST_PEOPLE, required=False)
    cost_eur = forms.IntegerField(label=_("Euros"), min_value=0, max_value=MOST_PEOPLE, required=False)
    language = forms.ChoiceField(label=_("You write in"), choices=settings.LANGUAGES, required=False)

    def __init__(self, experiment: Experiment, data: Mapping[str, str] | None = None) -> None:
        initial: dict[str, Any] = {name: getattr(experiment, name) for name in PLAIN if name != "partners"}
        initial |= {"version": experiment.edition, "partners": list(experiment.partners.all())}
        for key, given in experiment.law.items():
            initial |= {f"{LAW}{key}": given["answer"], f"{LAW}{key}_note": given["note"]}
        super().__init__(data, initial=initial)
        self.experiment = experiment
        self._offer_people()
        partners = cast("forms.ModelMultipleChoiceField[Organisation]", self.fields["partners"])
        partners.queryset = experiment.partners.all()
        for question in law.QUESTIONS:
            self.fields[f"{LAW}{question.key}"] = forms.ChoiceField(
                label=question.asks,
                choices=[("no", _("No")), ("yes", _("Yes"))],
                required=False,
                widget=forms.RadioSelect({"data-look": "row"}),
            )
            self.fields[f"{LAW}{question.key}_note"] = forms.CharField(
                label=question.then, max_length=2_000, required=False
            )

    def _offer_people(self) -> None:
        """The team's people, and whoever has the task now even if they have left the team."""
        people = {person.pk for person in queries.members_of(self.experiment.team)}
        held = {self.experiment.owner_id, self.experiment.deputy_id} - {None}
        for name in ("owner", "deputy"):
            field = cast("forms.ModelChoiceField[Person]", self.fields[name])
            field.queryset = Person.objects.filter(pk__in=people | held).order_by("name")

    def clean_metric_unit(self) -> str:
        """The numbers come after the unit and may repeat it."""
        unit: str = self.cleaned_data["metric_unit"]
        for name in ("baseline", "threshold"):
            cast("NumberField", self.fields[name]).unit = unit
        return unit

    @property
    def plan(self) -> PlanFields:
        given = self.cleaned_data
        plan = {name: given[name] for name in PLAIN if name in given}
        for name in ("threshold_operator", "metric_reading", "language"):
            plan[name] = given[name] or getattr(self.experiment, name)
        if given.get("partner_name"):
            plan["new_partner"] = (given["partner_name"], given["partner_kind"])
        plan["law"] = {key: {"answer": given[f"{LAW}{key}"], "note": given[f"{LAW}{key}_note"]} for key in law.KEYS}
        return cast("PlanFields", plan)

    @property
    def law_fields(self) -> Iterator[LawField]:
        for question in law.QUESTIONS:
            yield LawField(question, self[f"{LAW}{question.key}"], self[f"{LAW}{question.key}_note"])

    def show_newest(self, saved: Experiment) -> None:
        """After somebody else saved: what was typed stays with theirs beside it; saving once more writes over theirs."""
        typed = cast("QueryDict", self.data).copy()
        if typed.get("version") == str(saved.edition):
            return
        typed["version"] = str(saved.edition)
        for name, value in PlanForm(saved).initial.items():
            given = self.cleaned_data.get(name)
            if name != "version" and name in self.fields and _plain(value) != _plain(given):
                self.tell_saved(name, value)
        self.data = typed


def _plain(value: Any) -> Any:
    """Nothing, no text and no choice are the same to who reads it; so are partners in a list and as found."""
    return (list(value) if isinstance(value, QuerySet) else value) or None


class AmendForm(PlanForm):
    reason = TextField(
        label=_("Why does the plan change?"),
        help_text=_("Everybody who sees the experiment sees the reason, and what the plan was before."),
        required=False,
    )
    field_order = ("version", "reason")
