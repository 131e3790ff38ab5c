"""Whoever is tied to an application of the call, declared or by their own team, neither decides nor reads the reasons early."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.base.refused import Refused
from rihma.reviews.queries import handled_by
from rihma.selection import actions, choosing
from rihma.selection.models import Decision
from rihma.selection.tests.conftest import Applied
from rihma.teams import actions as teams
from tests.conftest import Cast
from tests.stale import seen_on

type ClientOf = Callable[[Person | None], Client]


@pytest.fixture
def tied(three: list[Application], cast: Cast) -> Application:
    """The facilitator joins a team that has applied."""
    place = teams.invite(three[0].team, cast["facilitator"].email, by=cast["convener"])
    teams.join(place, by=cast["facilitator"])
    return three[0]


def test_owner_whose_team_applied_decides_on_none_of_the_call(
    three: list[Application], tied: Application, cast: Cast, client_of: ClientOf
) -> None:
    for application in three:
        with pytest.raises(Refused, match="somebody else has to choose"):
            actions.decide(application, Decision.Outcome.ACCEPTED, by=cast["facilitator"])
    with pytest.raises(Refused, match="somebody else has to choose"):
        choosing.search(tied.counts_for, by=cast["facilitator"])
    client, page = client_of(cast["facilitator"]), reverse("selection:decide", args=[three[1].pk])
    typed = {"outcome": "declined", "reason": "kept-words", "seen": seen_on(client, page)}
    answer = client.post(page, typed)
    assert "somebody else has to choose" in answer.text
    assert "kept-words" in answer.text
    assert not Decision.objects.exists()
    assert actions.decide(tied, Decision.Outcome.ACCEPTED, by=cast["owner"]).outcome == "accepted"


def test_letter_with_the_jurors_reasons_waits_for_them_as_for_everybody(
    tied: Application, cast: Cast, client_of: ClientOf
) -> None:
    actions.decide(tied, Decision.Outcome.ACCEPTED, by=cast["owner"])
    letter = reverse("selection:letter", args=[tied.pk])
    assert client_of(cast["owner"]).get(letter).status_code == 200
    assert client_of(cast["facilitator"]).get(letter).status_code == 404


def test_reviews_of_an_own_application_are_not_handled(tied: Application, three: list[Application], cast: Cast) -> None:
    assert set(handled_by(cast["facilitator"])) == set(three) - {tied}
    assert set(handled_by(cast["owner"])) == set(three)


@pytest.mark.parametrize("given", ["?search=no-id&set=0", "?search=00000000-0000-0000-0000-000000000000&set=1"])
def test_search_that_never_was_is_not_found(applied: Applied, cast: Cast, client_of: ClientOf, given: str) -> None:
    call = applied(cast["convener"], "Debt advisers").call
    page = reverse("selection:take", args=[call.programme.slug])
    assert client_of(cast["owner"]).get(page + given).status_code == 404
