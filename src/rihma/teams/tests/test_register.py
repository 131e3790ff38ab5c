"""Pages of the register of organisations, for those who run programmes."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.actors.actions import name_organisation
from rihma.actors.models import Organisation
from rihma.programmes.models import Programme
from rihma.teams import actions
from rihma.teams.models import Team
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
type ClientOf = Callable[[Person | None], Client]


@pytest.fixture
def owner(programme: Programme, cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast["owner"])


def at(verb: str, organisation: Organisation) -> str:
    return reverse(f"organisations:{verb}", args=[organisation.pk])


def test_owner_adds_finds_and_edits_an_organisation(owner: Client, agency: Organisation) -> None:
    add = reverse("organisations:add")
    typed = {"name": "Lumivirasto", "kind": "state_agency", "region": "lappi", "parent": "rekisterihallitus"}
    assert owner.post(add, {**typed, "business_id": "1234567-8"}).status_code == 422
    made = owner.post(add, {**typed, "business_id": "1234567-1", "names_sv": "Snöverket"}, follow=True)
    found = Organisation.objects.get(name="Lumivirasto")
    agency.refresh_from_db()
    assert (found.parent, found.names.to_dict(), found.family) == (agency, {"sv": "Snöverket"}, agency.family)
    assert "Part of" in made.text
    for asked in ("lumi", "snöverket", "1234567"):
        assert [one.pk for one in owner.get(reverse("organisations:list"), {"q": asked}).context["listed"]] == [
            found.pk
        ]
    seen = owner.get(at("edit", found)).context["form"]["seen"].value()
    unknown = owner.post(at("edit", found), {"seen": seen, "parent": "Ei kukaan"})
    assert (unknown.status_code, "No organisation is known here as “Ei kukaan”" in unknown.text) == (422, True)
    assert owner.post(at("edit", found), {"seen": seen, "region": "kainuu"}).status_code == 302
    found.refresh_from_db()
    assert (found.region, found.parent) == ("kainuu", None)


def test_page_of_an_old_programme_keeps_the_old_name(
    owner: Client, team: Team, agency: Organisation, cast: Cast, client_of: ClientOf
) -> None:
    page = reverse("teams:team", args=[team.pk])
    Programme.objects.filter(pk=team.programme_id).update(starts="2020-01-01", ends="2020-12-31")
    city = Organisation.objects.get(name="Saarnilan kaupunki")
    seen = owner.get(at("rename", city)).context["form"]["seen"].value()
    owner.post(at("rename", city), {"seen": seen, "name": "Saarnilan kunta", "since": "2021-01-01"})
    assert "Saarnilan kaupunki" in client_of(cast["convener"]).get(page).text
    Programme.objects.filter(pk=team.programme_id).update(ends="2099-12-31")
    assert "Saarnilan kunta" in client_of(cast["convener"]).get(page).text


def test_duplicate_goes_over_with_its_places_in_teams(owner: Client, team: Team, cast: Cast) -> None:
    city = Organisation.objects.get(name="Saarnilan kaupunki")
    twice = name_organisation("Saarnila", kind="municipality")
    member = actions.invite(team, cast["member"].email, organisation=twice, by=cast["convener"])
    assert "Added twice?" in owner.get(reverse("organisations:list")).text
    done = owner.post(at("merge", twice), {"into": "Saarnilan kaupunki"}, follow=True)
    assert done.redirect_chain[-1][0] == at("organisation", city)
    member.refresh_from_db()
    assert member.organisation == city
    assert owner.get(at("organisation", twice)).headers["Location"] == at("organisation", city)


def test_what_became_of_it_and_since_when_is_told(owner: Client, agency: Organisation) -> None:
    new = name_organisation("Uusi virasto", kind="state_agency")
    seen = owner.get(at("end", agency)).context["form"]["seen"].value()
    owner.post(at("end", agency), {"seen": seen, "ended_on": "2025-12-31", "successor": "uusi virasto"})
    seen = owner.get(at("become", new)).context["form"]["seen"].value()
    owner.post(at("become", new), {"seen": seen, "kind": "company", "since": "2026-01-01"})
    agency.refresh_from_db()
    new.refresh_from_db()
    assert (agency.successor, new.kind) == (new, "company")
    page = owner.get(at("organisation", new))
    assert page.context["ties"][3] == ("It carries on the work of", [agency])
    assert [label for label, _span in page.context["kinds"]] == ["State agency", "Company"]


def test_list_costs_the_same_for_few_and_many(owner: Client, agency: Organisation) -> None:
    page = reverse("organisations:list")
    owner.get(page)
    with CaptureQueriesContext(connection) as few:
        owner.get(page)
    for number in range(40):
        part = name_organisation(f"{number} toimija", kind="company")
        part.parent = agency
        part.save()
    with CaptureQueriesContext(connection) as many:
        owner.get(page)
    assert len(many) == len(few)
    assert len(few) <= 15


def test_register_is_there_only_for_those_who_run_a_programme(
    owner: Client, agency: Organisation, cast: Cast, client_of: ClientOf
) -> None:
    for person in ("convener", "juror", "outsider"):
        other = client_of(cast[person])
        assert other.get(reverse("organisations:list")).status_code == 404
        assert other.post(at("rename", agency), {"name": "Oma", "since": "2026-01-01"}).status_code == 404
    assert Organisation.objects.get(pk=agency.pk).name == "Rekisterihallitus"
