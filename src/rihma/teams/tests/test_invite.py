from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.base.refused import Refused
from rihma.notices.models import Message
from rihma.teams import actions
from rihma.teams.models import Member, Team
from tests.conftest import Cast

FILLED = {
    "name_of_person": "Elli Mustajärvi",
    "email": " Elli@Rekisteri.example ",
    "organisation": "Rekisterihallitus",
    "kind": "state_agency",
}


def test_invited_person_gets_a_mail_in_their_language(team: Team, cast: Cast) -> None:
    actions.invite(team, cast["other_convener"].email, by=cast["convener"])
    message = Message.objects.get(kind="teams/notices/invitation")
    assert message.language == "sv"
    assert "Debt advisers" in message.subject


def test_inviting_somebody_twice_is_refused_in_any_spelling(team: Team, cast: Cast) -> None:
    actions.invite(team, cast["member"].email, by=cast["convener"])
    with pytest.raises(Refused, match="invited already"):
        actions.invite(team, cast["member"].email.upper(), by=cast["convener"])
    assert Message.objects.filter(kind="teams/notices/invitation").count() == 1


def test_page_invites_and_returns_to_where_it_was_opened(
    team: Team, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    address = reverse("teams:invite", args=[team.pk])
    answer = client_of(cast["convener"]).post(f"{address}?next=/en/programmes/", FILLED)
    assert answer.headers["Location"] == "/en/programmes/"
    member = Member.objects.get(team=team, person=cast["member"])
    assert (member.state, str(member.organisation)) == ("invited", "Rekisterihallitus")


@pytest.mark.req("S19")
@pytest.mark.parametrize("onward", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_page_never_leads_elsewhere(
    team: Team, cast: Cast, client_of: Callable[[Person | None], Client], onward: str
) -> None:
    address = reverse("teams:invite", args=[team.pk])
    answer = client_of(cast["convener"]).post(f"{address}?next={onward}", FILLED)
    assert answer.headers["Location"] == reverse("teams:team", args=[team.pk])


def test_page_keeps_what_was_typed_when_it_is_refused(
    team: Team, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    actions.invite(team, cast["member"].email, by=cast["convener"])
    answer = client_of(cast["convener"]).post(reverse("teams:invite", args=[team.pk]), FILLED)
    assert "invited already" in answer.text
    assert "Elli Mustajärvi" in answer.text


def test_outsider_cannot_invite(team: Team, cast: Cast, client_of: Callable[[Person | None], Client]) -> None:
    answer = client_of(cast["outsider"]).post(reverse("teams:invite", args=[team.pk]), FILLED)
    assert answer.status_code == 404
    assert not Member.objects.filter(state="invited").exists()
