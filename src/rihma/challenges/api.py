from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from rihma.accounts.access import person_of
from rihma.accounts.api import anybody, person_auth
from rihma.calls.models import Call
from rihma.challenges.models import Challenge, Enquiry
from rihma.challenges.queries import challenges_of

router = Router(tags=["challenges"], auth=[*person_auth("challenges"), anybody])


class ChallengeOut(Schema):
    """`state` is draft, published, closed or withdrawn; the id is what an answer to the call's form names."""

    id: UUID
    state: str
    organisation: str
    title: dict[str, str]
    problem: dict[str, str]
    for_whom: dict[str, str]
    given: dict[str, str]
    because: dict[str, str]


class EnquiryOut(Schema):
    question: str
    answer: str


class WholeChallengeOut(ChallengeOut):
    enquiries: list[EnquiryOut]


@router.get("/calls/{call_id}/challenges", response=list[ChallengeOut], summary="Challenges of a call")
def challenges(request: HttpRequest, call_id: UUID) -> list[dict[str, object]]:
    person = person_of(request)
    call = get_object_or_404(Call.objects.visible_to(person), pk=call_id)
    return [_out(one) for one in challenges_of(call, person)]


@router.get("/challenges/{challenge_id}", response=WholeChallengeOut, summary="One, with the questions answered so far")
def challenge(request: HttpRequest, challenge_id: UUID) -> dict[str, object]:
    found = get_object_or_404(Challenge.objects.read_by(person_of(request)), pk=challenge_id)
    told = Enquiry.objects.of(found, None, handles=False)
    return {**_out(found), "enquiries": [{"question": one.question, "answer": one.answer} for one in told]}


def _out(challenge: Challenge) -> dict[str, object]:
    names = (*Challenge.TEXTS, "because")
    return {
        "id": challenge.pk,
        "state": challenge.state,
        "organisation": challenge.organisation,
        **{name: getattr(challenge, name).to_dict() for name in names},
    }
