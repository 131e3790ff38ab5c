from collections.abc import Mapping
from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from rihma.accounts.models import Person
from rihma.actors.forms import OrganisationForm
from rihma.base.forms import Form, SeenForm
from rihma.teams.models import Member, Team
from rihma.teams.queries import mentors_to_give


class InviteForm(OrganisationForm):
    name_of_person = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput({"autocomplete": "off"}))
    field_order = ("name_of_person", "email", "organisation", "meant", "kind", "region")


class PartnerForm(InviteForm):
    """Whom to ask: somebody who may speak for the organisation."""

    name_of_person = forms.CharField(
        label=_("Whom to ask there"),
        help_text=_("The name of somebody who may speak for the organisation."),
        max_length=200,
    )
    email = forms.EmailField(label=_("Their e-mail address"), widget=forms.EmailInput({"autocomplete": "off"}))

    field_order = ("organisation", "meant", "kind", "region", "name_of_person", "email")


class DescribeForm(SeenForm):
    name = forms.CharField(label=_("Name of the team"), max_length=120)
    phenomenon = forms.CharField(
        label=_("The phenomenon in your own words"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea({"rows": 5}),
    )
    looking_for = forms.CharField(
        label=_("We still look for"), max_length=20_000, required=False, widget=forms.Textarea({"rows": 3})
    )


class MentorForm(Form):
    mentor: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(
        label=_("Mentor"),
        queryset=Person.objects.none(),
        help_text=_("Mentors of the programme can be chosen. A team may have several."),
    )

    def __init__(self, team: Team, data: Mapping[str, str] | None = None) -> None:
        super().__init__(data)
        cast("forms.ModelChoiceField[Person]", self.fields["mentor"]).queryset = mentors_to_give(team)


class ExceptionForm(Form):
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("The team reads it, and everybody who sees how the team stands."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 4}),
    )


def organisation_of(member: Member) -> dict[str, str]:
    """What they have said, or the only one that they act for elsewhere."""
    organisation = member.organisation
    if organisation is None:
        own = [one.organisation for one in member.person.affiliations.select_related("organisation")[:2]]
        organisation = own[0] if len(own) == 1 else None
    if organisation is None:
        return {}
    return {"organisation": organisation.name, "kind": organisation.kind, "region": organisation.region}
