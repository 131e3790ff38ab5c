from datetime import datetime
from typing import Literal
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from rihma.accounts.api import person_auth
from rihma.accounts.http import PersonRequest
from rihma.accounts.rules import tidy_email
from rihma.calls.models import Call
from rihma.invitations import actions, lists
from rihma.invitations.models import Invitation
from rihma.invitations.queries import invitations_to

router = Router(tags=["invitations"], auth=person_auth("invitations"))


class InvitationOut(Schema):
    """`shown_at`: when its link was opened first."""

    id: UUID
    email: str
    name: str
    state: str
    invited_at: datetime
    mails: int
    shown_at: datetime | None
    answered_at: datetime | None
    begun_at: datetime | None

    @staticmethod
    def resolve_email(invitation: Invitation) -> str:
        return invitation.person.email


class InvitedIn(Schema):
    email: str = Field(max_length=254)
    name: str = Field("", max_length=120)
    language: Literal["fi", "sv", "en"] = "fi"


class InviteIn(Schema):
    people: list[InvitedIn] = Field(min_length=1, max_length=500)
    words: str = Field("", max_length=3000)


class OwnInvitationOut(Schema):
    id: UUID
    call: UUID
    state: str
    words: str

    @staticmethod
    def resolve_call(invitation: Invitation) -> UUID:
        return invitation.call_id


@router.get("/calls/{call_id}/invitations", response=list[InvitationOut], summary="Whom a call that you run invites")
def invitations(request: PersonRequest, call_id: UUID) -> list[Invitation]:
    return invitations_to(get_object_or_404(Call.objects.run_by(request.user), pk=call_id))


@router.post("/calls/{call_id}/invitations", response=list[InvitationOut], summary="Invite; answers the new ones")
def invite(request: PersonRequest, call_id: UUID, given: InviteIn) -> list[Invitation]:
    """By mail, at once. An address that has an invitation already gets none."""
    call = get_object_or_404(Call.objects.run_by(request.user), pk=call_id)
    people = [lists.Invited(tidy_email(one.email), one.name, one.language) for one in given.people]
    lists.check_addresses(people)
    return actions.invite(call, people, words=given.words, by=request.user)


@router.post("/invitations/{invitation_id}/remind", response=InvitationOut, summary="Send an invitation again")
def remind(request: PersonRequest, invitation_id: UUID) -> Invitation:
    return actions.remind(_handled(request, invitation_id), by=request.user)


@router.post("/invitations/{invitation_id}/revoke", response=InvitationOut, summary="Take an invitation back")
def revoke(request: PersonRequest, invitation_id: UUID) -> Invitation:
    return actions.revoke(_handled(request, invitation_id), by=request.user)


@router.get("/invitations", response=list[OwnInvitationOut], summary="Your own invitations to apply")
def own_invitations(request: PersonRequest) -> list[Invitation]:
    return list(Invitation.objects.sent_to(request.user))


@router.post("/invitations/{invitation_id}/accept", response=OwnInvitationOut, summary="Accept your invitation")
def accept(request: PersonRequest, invitation_id: UUID) -> Invitation:
    return actions.accept(_own(request, invitation_id), by=request.user)


@router.post("/invitations/{invitation_id}/decline", response=OwnInvitationOut, summary="Decline your invitation")
def decline(request: PersonRequest, invitation_id: UUID) -> Invitation:
    return actions.decline(_own(request, invitation_id), by=request.user)


def _handled(request: PersonRequest, invitation_id: UUID) -> Invitation:
    return get_object_or_404(Invitation.objects.handled_by(request.user).whole(), pk=invitation_id)


def _own(request: PersonRequest, invitation_id: UUID) -> Invitation:
    return get_object_or_404(Invitation.objects.sent_to(request.user), pk=invitation_id)
