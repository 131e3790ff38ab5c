from django import forms
from django.utils.translation import gettext_lazy as _

from rihma.actors.forms import KnownField, KnownListField
from rihma.actors.kinds import Kind, Level
from rihma.actors.regions import Region
from rihma.base.forms import SeenForm, WordsFormField


class EditForm(SeenForm):
    names = WordsFormField(label=_("Name in each language"), required=False, max_length=200)
    region = forms.ChoiceField(label=_("Region"), choices=[("", "–"), *Region.choices], required=False)
    level = forms.ChoiceField(
        label=_("Level"),
        choices=[("", "–"), *Level.choices],
        required=False,
        help_text=_("How far its work reaches. Leave it empty where its kind says it."),
    )
    municipality = forms.CharField(label=_("Municipality"), max_length=100, required=False)
    business_id = forms.CharField(
        label=_("Business id"), help_text=_("As in 1234567-1."), max_length=20, required=False
    )
    parent = KnownField(
        _("Part of"),
        _("The organisation above it. The two are one family then: nobody reads what their own family applies with."),
    )


class AddForm(EditForm):
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind of organisation"), choices=Kind.choices)
    field_order = ("name", "kind")


class RenameForm(SeenForm):
    name = forms.CharField(label=_("New name"), max_length=200)
    names = WordsFormField(label=_("New name in each language"), required=False, max_length=200)
    since = forms.DateField(
        label=_("From this day on"),
        help_text=_("What was done before keeps the old name."),
        widget=forms.DateInput({"type": "date", "data-width": "medium"}, format="%Y-%m-%d"),
    )


class BecomeForm(SeenForm):
    kind = forms.ChoiceField(label=_("Kind of organisation"), choices=Kind.choices)
    since = forms.DateField(
        label=_("From this day on"),
        help_text=_("Leave it empty if it was this kind all the while and stood here wrongly."),
        required=False,
        widget=forms.DateInput({"type": "date", "data-width": "medium"}, format="%Y-%m-%d"),
    )


class EndForm(SeenForm):
    ended_on = forms.DateField(
        label=_("Last day"),
        help_text=_("Leave it empty if the organisation goes on after all."),
        required=False,
        widget=forms.DateInput({"type": "date", "data-width": "medium"}, format="%Y-%m-%d"),
    )
    successor = KnownField(
        _("Who carries on its work"),
        _("From the next day on it is counted as that one. If several were merged, name the same one for each."),
    )
    others = KnownListField(
        _("Who else came out of it"), _("If it was split: the other organisations, each on a line of its own.")
    )


class MergeForm(SeenForm):
    into = KnownField(
        _("The organisation that stays"),
        _("It is found by both names then, and everybody who acted for the other one acts for it."),
        required=True,
    )
