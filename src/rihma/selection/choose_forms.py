from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from rihma.base.forms import Form, SeenForm
from rihma.selection.models import Weighing
from rihma.selection.plans import CHALLENGE, SIDES, name_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MOST = 10_000
# Kind and name of a group, and its fields with what each is.
type GroupLine = tuple[str, str, list[tuple[str, forms.BoundField]]]


def _number(label: "str | _StrPromise") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=MOST, required=False, widget=forms.NumberInput({"inputmode": "numeric"})
    )


class LimitsForm(SeenForm):
    """`groups`: kind, key and name of each thing that may be limited, one row each on the page."""

    def __init__(
        self, *args: Any, groups: Iterable[tuple[str, str, str]] = (), ideas: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.groups = list(groups)
        self.fields["teams--least"] = _number(_("Ideas at least") if ideas else _("Teams at least"))
        self.fields["teams--most"] = _number(_("Ideas at most") if ideas else _("Teams at most"))
        self.fields["seats--most"] = _number(_("Seats in the room at most"))
        self.fields["person--most"] = _number(_("Teams that one person may be in, at most"))
        self.fields["organisation--most"] = _number(_("Teams that one organisation may be in, at most"))
        self.fields["eligible-only"] = forms.BooleanField(
            label=_("Only applications that meet the rules of the programme"), required=False
        )
        if any(kind == CHALLENGE for kind, *_group in self.groups):
            self.fields[name_of(CHALLENGE, "", "least")] = _number(
                _("Ideas for each challenge, at least") if ideas else _("Teams for each challenge, at least")
            )
            self.fields[name_of(CHALLENGE, "", "most")] = _number(
                _("Ideas for each challenge, at most") if ideas else _("Teams for each challenge, at most")
            )
        for kind, what, name in self.groups:
            for side, said in zip(SIDES, _sides(), strict=True):
                self.fields[name_of(kind, what, side)] = _number(f"{name}: {said}")

    @property
    def plain(self) -> list[forms.BoundField]:
        names = {name_of(kind, what, side) for kind, what, _name in self.groups for side in SIDES}
        return [field for field in self.visible_fields() if field.name not in names]

    @property
    def lines(self) -> list[GroupLine]:
        return self._lines("sector", "theme")

    @property
    def challenges(self) -> list[GroupLine]:
        return self._lines(CHALLENGE)

    @property
    def regions(self) -> list[GroupLine]:
        """Apart, because there are many and few programmes ask for any."""
        return self._lines("region")

    @property
    def speaks_of_regions(self) -> bool:
        return any(field.value() for *_group, fields in self.regions for _side, field in fields)

    def _lines(self, *kinds: str) -> list[GroupLine]:
        return [
            (
                kind,
                name,
                list(zip(map(str, _sides()), (self[name_of(kind, what, side)] for side in SIDES), strict=True)),
            )
            for kind, what, name in self.groups
            if kind in kinds
        ]

    @property
    def facts(self) -> dict[str, object]:
        """What was said, without what was left empty."""
        return {
            name: value for name, value in self.cleaned_data.items() if name != "seen" and value not in {None, False}
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name in list(self.fields):
            stem, _dash, side = name.rpartition("-")
            if side == "most":
                self._check_order(cleaned, stem)
            if side == "wish" and bool(cleaned.get(name)) != bool(cleaned.get(f"{stem}-points")):
                self.add_error(name, _now("A wish needs both: how many teams, and what each one missing costs."))
        return cleaned

    def _check_order(self, cleaned: Mapping[str, Any], stem: str) -> None:
        least, most = cleaned.get(f"{stem}-least"), cleaned.get(f"{stem}-most")
        if least is not None and most is not None and least > most:
            self.add_error(f"{stem}-most", _now("The most must not be smaller than the least."))


def _sides() -> "tuple[_StrPromise, ...]":
    return (_("At least"), _("At most"), _("Wished at least"), _("Points lost for each missing"))


class WeighForm(SeenForm):
    points = forms.DecimalField(
        label=_("Points"),
        help_text=_("0–100, for applications that no juror has read. Left empty, it counts as 0."),
        min_value=Decimal(0),
        max_value=Decimal(100),
        decimal_places=2,
        required=False,
    )
    forced = forms.ChoiceField(
        label=_("In or out"),
        choices=Weighing.Forced.choices,
        required=False,
        widget=forms.RadioSelect({"data-look": "row"}),
    )
    reason = forms.CharField(
        label=_("Why it must be in or out"),
        help_text=_("It is told as the decision of a person, not of the reckoning."),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class TakeForm(Form):
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    reserves = forms.IntegerField(
        label=_("Reserve places"),
        help_text=_("The best of the others, in the order of their points; equals as they arrived."),
        min_value=0,
        max_value=MOST,
        initial=0,
    )
    because = forms.CharField(
        label=_("Why this set and not the best one"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
