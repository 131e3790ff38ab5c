from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.actors.models import Affiliation, Organisation
from rihma.base.refused import Refused
from rihma.history.models import Event
from rihma.teams import actions
from rihma.teams.models import Member, Team
from tests.conftest import Cast


@pytest.fixture
def member(team: Team, cast: Cast, agency: Organisation) -> Member:
    return actions.invite(team, cast["member"].email, organisation=agency, by=cast["convener"])


def test_joining_confirms_the_place_and_the_organisation(member: Member, cast: Cast, agency: Organisation) -> None:
    actions.join(member, by=cast["member"])
    member.refresh_from_db()
    assert member.state == Member.State.CONFIRMED
    assert Affiliation.objects.filter(person=cast["member"], organisation=agency).exists()


@pytest.mark.req("S9")
@pytest.mark.django_db(transaction=True)
def test_invitation_is_answered_once_even_in_parallel(member: Member, cast: Cast) -> None:
    def join(_: int) -> bool:
        try:
            actions.join(member, by=cast["member"])
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        joined = list(pool.map(join, range(20)))
    assert sum(joined) == 1
    assert Event.objects.filter(verb="joined").count() == 1


def test_page_opens_to_the_invited_alone(
    member: Member, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    address = reverse("teams:invitation", args=[member.pk])
    assert client_of(cast["member"]).get(address).status_code == 200
    for role in ("outsider", "convener", "owner"):
        assert client_of(cast[role]).get(address).status_code == 404, role


def test_page_lets_the_invited_say_in_whose_name_they_act(
    member: Member, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    client = client_of(cast["member"])
    client.post(reverse("teams:invitation", args=[member.pk]), {"organisation": "Lukuliitto ry", "kind": "association"})
    member.refresh_from_db()
    assert str(member.organisation) == "Lukuliitto ry"


def test_saying_no_keeps_the_team_closed_to_them(
    member: Member, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    client = client_of(cast["member"])
    client.post(reverse("teams:decline_invitation", args=[member.pk]))
    member.refresh_from_db()
    assert member.state == Member.State.DECLINED
    assert client.get(reverse("teams:team", args=[member.team_id])).status_code == 404
