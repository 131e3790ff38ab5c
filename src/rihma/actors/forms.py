"""Fields in which somebody names an organisation, so that they choose one that there is before they make a second spelling."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rihma.actors.actions import name_organisation
from rihma.actors.kinds import Kind
from rihma.actors.models import Organisation
from rihma.actors.queries import alike, called, suggested
from rihma.actors.regions import Region
from rihma.base.forms import Form

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

NEW = "new"


class NameInput(forms.TextInput):
    """With the names that are known under it; whoever has no list in their browser types as ever."""

    template_name = "actors/name_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        known = f"known-{name}"
        context = super().get_context(name, value, {**(attrs or {}), "list": known, "autocomplete": "off"})
        return {**context, "suggested": suggested()}


class KnownField(forms.CharField):
    """An organisation that is known here, by a name of it."""

    def __init__(self, label: "_StrPromise", help_text: "_StrPromise", *, required: bool = False) -> None:
        super().__init__(label=label, help_text=help_text, required=required, max_length=200, widget=NameInput)

    def clean(self, value: Any) -> Any:
        name = super().clean(value)
        if not name:
            return None
        return _known(name)

    def prepare_value(self, value: Any) -> Any:
        return value.name if isinstance(value, Organisation) else value


class KnownListField(forms.CharField):
    """Several, a line each."""

    def __init__(self, label: "_StrPromise", help_text: "_StrPromise") -> None:
        super().__init__(label=label, help_text=help_text, required=False, widget=forms.Textarea({"rows": 3}))

    def clean(self, value: Any) -> Any:
        return [_known(name) for line in super().clean(value).splitlines() if (name := line.strip())]


def _known(name: str) -> Organisation:
    found = called(name)
    if found is None:
        raise forms.ValidationError(
            _("No organisation is known here as “%(name)s”. Add it first, or look for a slip.") % {"name": name}
        )
    return found


class OrganisationForm(Form):
    """In whose name somebody acts. A name known in any spelling finds the organisation that there is.

    One that is only like others is asked about once: the form comes back with those to choose from.
    """

    organisation = forms.CharField(label=gettext_lazy("Organisation"), max_length=200, widget=NameInput)
    meant = forms.CharField(label=gettext_lazy("Do you mean one of these?"), required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of organisation"),
        choices=[("", "–"), *Kind.choices],
        required=False,
        help_text=gettext_lazy("If the organisation is known here already, its kind stays as it is."),
    )
    region = forms.ChoiceField(
        label=gettext_lazy("Region"),
        choices=[("", "–"), *Region.choices],
        required=False,
        help_text=gettext_lazy("Where it works. What is known of it already stays as it is."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Not called optional, because only what is known already goes without.
        vars(self.fields["kind"])["needed"] = True

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        name = given.get("organisation", "")
        self.close = [] if called(name) else alike(name)
        chosen = {str(one.pk): one for one in self.close}.get(given.get("meant", ""))
        self.chosen = chosen
        if self.close and chosen is None and given.get("meant") != NEW:
            self._ask()
        elif name and not given.get("kind") and chosen is None and called(name) is None:
            # Nothing is chosen beforehand: what is left as it was would make a ministry of a company, and rules count kinds.
            self.add_error("kind", _("This organisation is not known here yet. Choose its kind."))
        return given

    def _ask(self) -> None:
        choices = [*((str(one.pk), str(one)) for one in self.close), (NEW, _("No, it is another organisation"))]
        # The field itself stays, because checking the form has bound it already.
        self.fields["meant"].widget = forms.RadioSelect(choices=choices)
        self.add_error("meant", _("One with nearly this name is known here. Choose it, or say that it is another."))

    def name(self) -> Organisation:
        given = self.cleaned_data
        found = self.chosen.name if self.chosen else given["organisation"]
        return name_organisation(found, kind=given["kind"], region=given["region"])
