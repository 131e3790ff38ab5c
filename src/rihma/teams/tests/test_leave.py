from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.base.refused import Refused
from rihma.teams import actions
from rihma.teams.models import Member, Team
from tests.conftest import Cast


@pytest.fixture
def member(team: Team, cast: Cast) -> Member:
    return actions.join(actions.invite(team, cast["member"].email, by=cast["convener"]), by=cast["member"])


def test_access_ends_when_somebody_leaves(
    member: Member, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    client = client_of(cast["member"])
    page = reverse("teams:team", args=[member.team_id])
    assert client.get(page).status_code == 200
    client.post(reverse("teams:leave", args=[member.team_id, member.pk]))
    assert client.get(page).status_code == 404


def test_convener_cannot_leave_before_there_is_another(team: Team, cast: Cast) -> None:
    own = team.members.get(role=Member.Role.CONVENER)
    with pytest.raises(Refused, match="convener cannot leave"):
        actions.leave(own, by=cast["convener"])


def test_refusal_is_shown_on_the_page_they_came_from(
    team: Team, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    own = team.members.get(role=Member.Role.CONVENER)
    page = reverse("teams:team", args=[team.pk])
    answer = client_of(cast["convener"]).post(
        reverse("teams:leave", args=[team.pk, own.pk]), headers={"referer": f"http://testserver{page}"}, follow=True
    )
    assert "convener cannot leave" in answer.text


def test_member_of_another_team_cannot_be_taken_out_by_address(
    member: Member, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    other = actions.form(member.team.programme, by=cast["other_convener"])
    answer = client_of(cast["other_convener"]).post(reverse("teams:leave", args=[other.pk, member.pk]))
    assert answer.status_code == 404
    member.refresh_from_db()
    assert member.state == Member.State.CONFIRMED
