from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.refused import Refused
from rihma.calls.models import Call
from rihma.invitations import actions
from rihma.invitations.lists import Invited
from rihma.invitations.models import Invitation
from rihma.invitations.secrets import digest_of, secret_of
from rihma.invitations.tests.conftest import ClientOf
from rihma.notices.delivery import deliver_due
from rihma.notices.models import Message
from tests.conftest import Cast

KIND = "invitations/notices/invitation"


def test_each_address_gets_one_mail_in_the_reader_s_language(closed_circle: Call, cast: Cast) -> None:
    cast["convener"].language = "sv"
    cast["convener"].save()
    guests = [Invited(cast["convener"].email), Invited("uusi@kunta.example", "Kunta", "fi")]
    made = actions.invite(closed_circle, guests, words="Tulkaa mukaan.", by=cast["owner"])
    assert actions.invite(closed_circle, guests, by=cast["owner"]) == []
    assert len(made) == Invitation.objects.count() == Message.objects.filter(kind=KIND).count() == 2
    told = {message.recipient: message for message in Message.objects.filter(kind=KIND)}
    assert told[cast["convener"].email].subject == "Du är inbjuden att ansöka till programmet Vårens program"
    assert told["uusi@kunta.example"].language == "fi"
    assert all("Tulkaa mukaan." in message.body for message in told.values())


def test_database_holds_no_secret_of_a_link_once_the_mail_went(invitation: Invitation) -> None:
    secret = secret_of(invitation.pk, invitation.generation)
    message = Message.objects.get(kind=KIND)
    assert secret in message.body
    deliver_due(clock.now())
    message.refresh_from_db()
    assert (message.state, message.body) == ("sent", "")
    assert invitation.digest == digest_of(secret)


def test_list_is_looked_at_before_anything_is_sent(closed_circle: Call, cast: Cast, client_of: ClientOf) -> None:
    owner = client_of(cast["owner"])
    address = reverse("invitations:invitations", args=[closed_circle.programme.slug])
    file = SimpleUploadedFile("list.csv", "Åbo;bo@abo.example;sv\r\nnobody\r\n".encode("cp1252"))
    page = owner.post(address, {"people": "a@b.example", "upload": file, "language": "fi", "words": "Hej"})
    assert Invitation.objects.count() == 0
    assert "Send 2 invitations" in page.text
    assert "There is no address in this row." in page.text
    owner.post(
        address, {"people": page.context["form"]["people"].value(), "language": "fi", "words": "Hej", "send": "1"}
    )
    assert set(Person.objects.filter(invitations_to_apply__words="Hej").values_list("email", "language")) == {
        ("a@b.example", "fi"),
        ("bo@abo.example", "sv"),
    }


@pytest.mark.parametrize("change", ["everybody", "draft", "over"])
def test_nobody_is_invited_to_what_they_could_not_answer(closed_circle: Call, cast: Cast, change: str) -> None:
    at = clock.now()
    if change == "everybody":
        Call.objects.filter(pk=closed_circle.pk).update(access="everybody")
    elif change == "draft":
        closed_circle.programme.state = "draft"
        closed_circle.programme.save(update_fields=["state"])
    else:
        at = closed_circle.closes + timedelta(seconds=1)
    with clock.at(at), pytest.raises(Refused) as refused:
        actions.invite(closed_circle, [Invited("a@b.example")], by=cast["owner"])
    assert refused.value.code == change
    assert Invitation.objects.count() == 0


def test_invitation_is_sent_again_after_a_day_and_at_most_three_times(invitation: Invitation, cast: Cast) -> None:
    with pytest.raises(Refused, match="within the last day"):
        actions.remind(invitation, by=cast["owner"])
    start = clock.now()
    for day in (1, 2):
        with clock.at(start + timedelta(days=day, minutes=1)):
            actions.remind(invitation, by=cast["owner"])
    with clock.at(start + timedelta(days=4)), pytest.raises(Refused, match="3 times"):
        actions.remind(invitation, by=cast["owner"])
    assert Message.objects.filter(kind=KIND).count() == 3


def test_whoever_was_revoked_may_be_invited_anew_with_another_link(invitation: Invitation, cast: Cast) -> None:
    actions.revoke(invitation, by=cast["owner"])
    again = actions.invite(invitation.call, [Invited(cast["convener"].email)], by=cast["owner"])
    assert [one.pk for one in again] == [invitation.pk]
    assert again[0].digest != invitation.digest


@pytest.mark.parametrize("role", ["outsider", "convener", "juror"])
def test_only_those_who_run_the_programme_see_who_is_invited(
    invitation: Invitation, cast: Cast, client_of: ClientOf, role: str
) -> None:
    client = client_of(cast[role])
    assert client.get(reverse("invitations:invitations", args=["spring"])).status_code == 404
    for verb in ("remind", "revoke"):
        assert client.post(reverse(f"invitations:{verb}", args=[invitation.pk])).status_code == 404
    assert (
        cast["convener"].email in client_of(cast["owner"]).get(reverse("invitations:invitations", args=["spring"])).text
    )
