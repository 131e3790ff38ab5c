import pytest
from django.test import Client
from django.urls import reverse

from rihma.base.refused import Refused
from rihma.invitations import actions
from rihma.invitations.models import Invitation
from rihma.invitations.rules import MOVES, check_may_move
from rihma.invitations.secrets import secret_of
from rihma.invitations.tests.conftest import ClientOf
from tests.conftest import Cast


def link(invitation: Invitation) -> str:
    return reverse("invitations:by_link", args=[invitation.pk, secret_of(invitation.pk, invitation.generation)])


def test_holder_of_the_link_reads_and_may_say_no_without_signing_in(invitation: Invitation, client: Client) -> None:
    page = client.get(link(invitation), headers={"accept-language": "en"})
    assert "We liked what you said." in page.text
    assert page.headers["Cache-Control"] == "no-store"
    invitation.refresh_from_db()
    assert (invitation.state, invitation.shown_at is not None) == ("invited", True)
    client.post(link(invitation))
    invitation.refresh_from_db()
    assert invitation.state == "declined"


def test_link_opens_nothing_with_another_secret_or_once_revoked(
    invitation: Invitation, cast: Cast, client: Client
) -> None:
    forged = reverse("invitations:by_link", args=[invitation.pk, "forged"])
    assert client.get(forged).status_code == 404
    actions.revoke(invitation, by=cast["owner"])
    page = client.get(link(invitation))
    assert "We liked what you said." not in page.text
    assert client.post(link(invitation)).status_code == 409


def test_yes_belongs_to_the_one_who_was_invited(invitation: Invitation, cast: Cast, client_of: ClientOf) -> None:
    other = client_of(cast["outsider"])
    assert "came to another address" in other.get(link(invitation)).text
    assert cast["convener"].email not in other.get(link(invitation)).text
    assert other.post(reverse("invitations:accept", args=[invitation.pk])).status_code == 404
    convener = client_of(cast["convener"])
    assert convener.get(link(invitation)).url == invitation.get_absolute_url()
    page = convener.post(reverse("invitations:accept", args=[invitation.pk]), follow=True)
    assert reverse("applications:start", args=["spring"]) in page.text


def test_who_said_no_may_think_again(invitation: Invitation, cast: Cast) -> None:
    actions.decline(invitation, by=cast["convener"])
    assert actions.accept(invitation, by=cast["convener"]).state == "accepted"


@pytest.mark.parametrize("state", MOVES)
@pytest.mark.parametrize("to", MOVES)
def test_no_move_but_those_of_the_table(state: str, to: str) -> None:
    if to in MOVES[state]:
        check_may_move(state, to)
    else:
        with pytest.raises(Refused):
            check_may_move(state, to)
