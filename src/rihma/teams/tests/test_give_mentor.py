from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.teams.models import Team
from tests.conftest import Cast


def test_mentor_sees_the_team_once_given(team: Team, cast: Cast, client_of: Callable[[Person | None], Client]) -> None:
    mentor = client_of(cast["mentor"])
    assert mentor.get(team.get_absolute_url()).status_code == 404
    address = reverse("teams:give_mentor", args=[team.pk])
    client_of(cast["facilitator"]).post(address, {"mentor": str(cast["mentor"].pk)})
    assert mentor.get(team.get_absolute_url()).status_code == 200


def test_only_mentors_of_the_programme_can_be_given(
    team: Team, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    address = reverse("teams:give_mentor", args=[team.pk])
    client_of(cast["owner"]).post(address, {"mentor": str(cast["outsider"].pk)})
    assert not team.mentors.exists()


def test_member_cannot_give_a_mentor(team: Team, cast: Cast, client_of: Callable[[Person | None], Client]) -> None:
    assert client_of(cast["convener"]).get(reverse("teams:give_mentor", args=[team.pk])).status_code == 404
