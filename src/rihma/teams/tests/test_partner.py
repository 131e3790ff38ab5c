"""An organisation that a team names is pending until somebody who acts for it has confirmed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.actors.actions import join as join_organisation
from rihma.actors.models import Affiliation, Organisation
from rihma.base import clock
from rihma.base.refused import Refused
from rihma.notices.models import Message
from rihma.programmes.models import Programme
from rihma.programmes.requirements import Requirement
from rihma.teams import partners
from rihma.teams.columns import columns_of_members, columns_of_teams, facts_of_many
from rihma.teams.models import Partner, Team
from rihma.teams.queries import checked
from rihma.teams.rules import Facts, Place, answer_of
from tests.conftest import Cast

type ClientOf = Callable[[Person | None], Client]


def answer(*places: Place, holds: str) -> str:
    facts = Facts(places, theme=True, willing_to_open=True, bounded_experiment=True)
    return answer_of(facts, Requirement("rule", "A rule", holds)).value


CITY = Place("city", state_administration=False, confirmed=True, convener=True, sector="municipal")


@pytest.mark.parametrize(
    ("confirmed", "holds", "told"),
    [
        (False, "count(organisations) >= 2", "unclear"),
        (True, "count(organisations) >= 2", "met"),
        (False, "count(sectors) >= 2", "unclear"),
        (True, "count(sectors) >= 2", "met"),
        (True, "count(members) >= 2", "not_yet"),
        (True, "exists(organisations where members == 0)", "met"),
        (True, "seats <= 1", "met"),
    ],
)
def test_pending_organisation_makes_a_rule_unclear_and_is_never_a_member(
    *, confirmed: bool, holds: str, told: str
) -> None:
    named = Place(
        "agency", state_administration=True, confirmed=confirmed, sector="state", wants_seat=False, partner=True
    )
    assert answer(CITY, named, holds=holds) == told


@pytest.fixture
def named(team: Team, agency: Organisation, cast: Cast) -> Partner:
    return partners.name_partner(team, agency, email="Elli@Rekisteri.example", by=cast["convener"])


def stands(team: Team) -> str:
    fresh = Team.objects.select_related("programme").get(pk=team.pk)
    return next(one.state for one in checked(fresh) if one.rule == "organisations")


def test_rules_hear_of_it_at_each_step(team: Team, named: Partner, cast: Cast) -> None:
    told = [stands(team)]
    partners.confirm_partner(named, by=named.contact)
    told.append(stands(team))
    partners.take_back_partner(named, by=cast["convener"])
    assert [*told, stands(team)] == ["unclear", "met", "not_yet"]
    assert Affiliation.objects.filter(person=named.contact, organisation=named.organisation).exists()


def test_programme_may_count_it_at_once(team: Team, named: Partner, programme: Programme) -> None:
    eligibility = {**programme.eligibility, "unconfirmed_organisations": True}
    Programme.objects.filter(pk=programme.pk).update(eligibility=eligibility)
    assert stands(team) == "met"


def test_long_lists_count_it_as_its_own_page_does(team: Team, named: Partner, programme: Programme) -> None:
    teams = Team.objects.filter(pk=team.pk)
    facts = facts_of_many(programme, list(columns_of_teams(teams)), columns_of_members(teams))[team.pk]
    assert [(one.partner, one.confirmed, one.kind) for one in facts.places] == [
        (False, True, "municipality"),
        (True, False, "state_agency"),
    ]


def test_asked_person_confirms_by_the_mailed_link_and_the_team_is_told(
    team: Team, named: Partner, cast: Cast, client_of: ClientOf
) -> None:
    mail = Message.objects.get(kind="teams/notices/partner_asked")
    assert (mail.to, named.get_absolute_url().partition("/en")[2] in mail.body) == (named.contact, True)
    assert "Pending, not yet confirmed" in client_of(cast["convener"]).get(team.get_absolute_url()).text
    client_of(named.contact).post(named.get_absolute_url())
    named.refresh_from_db()
    assert (named.state, named.answered_by) == ("confirmed", named.contact)
    assert Message.objects.get(kind="teams/notices/partner_answered").to == cast["convener"]
    assert "Pending, not yet confirmed" not in client_of(cast["convener"]).get(team.get_absolute_url()).text


def test_anybody_who_acts_for_it_confirms_and_nobody_else(
    named: Partner, cast: Cast, agency: Organisation, client_of: ClientOf
) -> None:
    page = named.get_absolute_url()
    assert [client_of(cast[role]).post(page).status_code for role in ("convener", "owner", "outsider")] == [404] * 3
    join_organisation(agency, by=cast["mentor"])
    client_of(cast["mentor"]).post(page)
    named.refresh_from_db()
    assert (named.state, named.answered_by) == ("confirmed", cast["mentor"])


def test_declined_organisation_counts_no_longer_and_can_be_asked_again(
    team: Team, named: Partner, agency: Organisation, cast: Cast, client_of: ClientOf
) -> None:
    client_of(named.contact).post(reverse("teams:decline_partner", args=[named.pk]))
    assert stands(team) == "not_yet"
    again = partners.name_partner(team, agency, email="elli@rekisteri.example", by=cast["convener"])
    assert (again.state, Partner.objects.count()) == ("invited", 2)


def test_organisation_that_is_there_already_is_not_named_twice(
    team: Team, named: Partner, city: Organisation, agency: Organisation, cast: Cast
) -> None:
    for organisation in (city, agency):
        with pytest.raises(Refused, match="in the team or asked already"):
            partners.name_partner(team, organisation, email="else@where.example", by=cast["convener"])
    assert Partner.objects.count() == 1


def test_who_has_not_answered_is_reminded_once(named: Partner) -> None:
    for days in (1, 6, 7, 30):
        partners.remind(clock.now() + timedelta(days=days))
    assert Message.objects.filter(kind="teams/notices/partner_asked_again").count() == 1


def test_who_has_answered_is_not_reminded(named: Partner) -> None:
    partners.decline_partner(named, by=named.contact)
    partners.remind(clock.now() + timedelta(days=6))
    assert not Message.objects.filter(kind="teams/notices/partner_asked_again").exists()


def test_page_names_an_organisation_and_outsiders_find_none(team: Team, cast: Cast, client_of: ClientOf) -> None:
    page = reverse("teams:name_partner", args=[team.pk])
    filled = {
        "organisation": "Rekisterihallitus",
        "kind": "state_agency",
        "name_of_person": "Elli Mustajärvi",
        "email": "elli@rekisteri.example",
    }
    assert client_of(cast["outsider"]).post(page, filled).status_code == 404
    client_of(cast["convener"]).post(page, filled)
    assert [(str(one), one.state) for one in team.partners.all()] == [("Rekisterihallitus", "invited")]
