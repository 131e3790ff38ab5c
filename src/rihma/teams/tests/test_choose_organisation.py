"""Whoever names an organisation chooses one that there is, before a second spelling makes a second one."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.actors.models import Organisation
from rihma.teams.models import Member, Team
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
type ClientOf = Callable[[Person | None], Client]


@pytest.fixture
def convener(team: Team, cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast["convener"])


def test_nearly_known_name_is_asked_about_and_then_chosen(convener: Client, team: Team, cast: Cast) -> None:
    page = reverse("teams:act_for", args=[team.pk])
    city = Organisation.objects.get(name="Saarnilan kaupunki")
    assert '<option value="Saarnilan kaupunki">' in convener.get(page).text
    typed = {"organisation": "Saarnila", "kind": "municipality"}
    asked = convener.post(page, typed)
    assert "Do you mean one of these?" in asked.text
    assert not Organisation.objects.filter(name="Saarnila").exists()
    convener.post(page, {**typed, "meant": str(city.pk)})
    assert Member.objects.get(team=team, person=cast["convener"]).organisation == city


def test_another_of_nearly_the_same_name_is_added_when_somebody_says_so(
    convener: Client, team: Team, cast: Cast
) -> None:
    page = reverse("teams:act_for", args=[team.pk])
    typed = {"organisation": "Saarnilan kaupunginteatteri", "kind": "company", "region": "lappi", "meant": "new"}
    convener.post(page, typed)
    found = Member.objects.get(team=team, person=cast["convener"]).organisation
    assert found
    assert (found.name, found.region) == ("Saarnilan kaupunginteatteri", "lappi")


def test_what_nobody_was_asked_about_cannot_be_chosen(convener: Client, team: Team, agency: Organisation) -> None:
    page = reverse("teams:act_for", args=[team.pk])
    asked = convener.post(page, {"organisation": "Saarnila", "kind": "company", "meant": str(agency.pk)})
    assert "Do you mean one of these?" in asked.text


def test_kind_is_asked_of_an_unknown_organisation_only_and_never_chosen_beforehand(
    convener: Client, team: Team, cast: Cast
) -> None:
    page = reverse("teams:act_for", args=[team.pk])
    refused = convener.post(page, {"organisation": "Uusi yritys Oy"})
    assert refused.context["form"].errors == {"kind": ["This organisation is not known here yet. Choose its kind."]}
    assert 'value="Uusi yritys Oy"' in refused.text
    assert not Organisation.objects.filter(name="Uusi yritys Oy").exists()
    convener.post(page, {"organisation": "Saarnilan kaupunki"})
    assert str(Member.objects.get(team=team, person=cast["convener"]).organisation) == "Saarnilan kaupunki"


def test_whoever_acts_for_one_organisation_finds_it_filled_in(convener: Client, team: Team, cast: Cast) -> None:
    Member.objects.filter(team=team, person=cast["convener"]).update(organisation=None)
    form = convener.get(reverse("teams:act_for", args=[team.pk])).context["form"]
    assert (form.initial["organisation"], form.initial["kind"]) == ("Saarnilan kaupunki", "municipality")
