from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.notices.models import Message
from rihma.teams import actions
from rihma.teams.models import Team
from tests.conftest import Cast


def test_offer_reaches_the_convener_without_showing_an_address(
    team: Team, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    actions.edit(team, looking_for="A data steward", search_is_public=True, by=cast["convener"])
    client = client_of(cast["outsider"])
    page = client.get(reverse("teams:offer", args=[team.pk]))
    assert cast["convener"].email not in page.text
    client.post(reverse("teams:offer", args=[team.pk]), {"words": "I know registers."})
    message = Message.objects.get(kind="teams/notices/offer")
    assert message.to == cast["convener"]
    assert "I know registers." in message.body


def test_team_that_does_not_search_in_public_is_not_found(
    team: Team, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    actions.edit(team, looking_for="A data steward", by=cast["convener"])
    assert client_of(cast["outsider"]).get(reverse("teams:offer", args=[team.pk])).status_code == 404
