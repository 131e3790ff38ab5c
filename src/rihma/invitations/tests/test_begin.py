import pytest
from django.urls import reverse

from rihma.accounts.actions import issue_api_token
from rihma.applications import actions as applications
from rihma.applications.access import set_access
from rihma.applications.models import Application
from rihma.base.refused import Refused
from rihma.base.seen import mark_of
from rihma.base.words import Words
from rihma.calls.models import Call
from rihma.invitations import actions
from rihma.invitations.models import Invitation
from rihma.invitations.tests.conftest import ClientOf
from rihma.notices.models import Message
from tests.conftest import Cast

WHY = Words(fi="Tila on pieni.", sv="Rummet är litet.")


def test_who_is_not_invited_cannot_start_and_hears_whom_to_ask(
    closed_circle: Call, cast: Cast, client_of: ClientOf
) -> None:
    closed_circle.programme.contact = "ohjelma@valtio.example"
    closed_circle.programme.save(update_fields=["contact"])
    outsider = client_of(cast["outsider"])
    address = reverse("applications:start", args=["spring"])
    page = outsider.get(address)
    assert "no invitation has come to your address" in page.text
    assert "ohjelma@valtio.example" in page.text
    assert outsider.post(address).status_code == 409
    token = issue_api_token(cast["outsider"], name="app", scopes=["applications:write"])
    headers, asked = {"Authorization": f"Bearer {token}"}, {"call": str(closed_circle.pk)}
    answer = outsider.post("/api/v1/applications", asked, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (409, "not_invited")
    assert Application.objects.count() == 0


def test_starting_is_a_yes_and_takes_away_the_way_back(invitation: Invitation, cast: Cast) -> None:
    applications.start(invitation.call, by=cast["convener"])
    invitation.refresh_from_db()
    assert (invitation.state, invitation.begun_at is not None) == ("accepted", True)
    for back in (actions.revoke, actions.decline):
        with pytest.raises(Refused) as refused:
            back(invitation, by=cast["owner"])
        assert refused.value.code == "begun"


def test_revoked_invitation_starts_nothing(invitation: Invitation, cast: Cast) -> None:
    actions.revoke(invitation, by=cast["owner"])
    with pytest.raises(Refused, match="has been taken back"):
        applications.start(invitation.call, by=cast["convener"])


def test_draft_begun_before_is_kept_and_told(call: Call, cast: Cast) -> None:
    draft = applications.start(call, by=cast["convener"])
    seen = mark_of({"access": call.access})
    with pytest.raises(Refused, match="they will read it"):
        set_access(call, "invited", seen=seen, because=Words(), by=cast["owner"])
    set_access(call, "invited", seen=seen, because=WHY, by=cast["owner"])
    message = Message.objects.get(kind="applications/notices/for_invited")
    assert message.to == cast["convener"]
    assert str(draft.pk) in message.body
    draft = applications.save(draft, version=0, answers={"problem": "Debt."}, by=cast["convener"], name="Advisers")
    assert applications.submit(draft, by=cast["convener"]).late_seconds == 0
    assert call.amendments.get().what == "access_set"


def test_unlisted_call_stands_on_no_list_and_its_page_says_so(call: Call, cast: Cast, client_of: ClientOf) -> None:
    stranger, lists = client_of(None), ("/en/", "/en/programmes/", "/en/programmes/calls.atom", "/api/v1/calls")
    page = reverse("calls:call", args=["spring"])
    assert [page in stranger.get(one).text or str(call.pk) in stranger.get(one).text for one in lists].count(True) >= 3
    Call.objects.filter(pk=call.pk).update(access="unlisted")
    for one in (*lists, "/en/programmes/spring/"):
        text = stranger.get(one).text
        assert (page in text, str(call.pk) in text) == (False, False)
    text = stranger.get(page).text
    assert "Only those who are invited can start an application." in text
    assert '<meta name="robots" content="noindex">' in text
    assert page in client_of(cast["owner"]).get("/en/programmes/spring/").text


def test_invited_find_their_invitation_on_the_page_of_the_call(
    invitation: Invitation, cast: Cast, client_of: ClientOf
) -> None:
    for page in ("/en/programmes/spring/", "/en/programmes/spring/call/"):
        assert invitation.get_absolute_url() in client_of(cast["convener"]).get(page).text
        assert invitation.get_absolute_url() not in client_of(cast["outsider"]).get(page).text
