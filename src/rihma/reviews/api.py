from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_list_or_404, get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from rihma.accounts.api import person_auth
from rihma.accounts.http import PersonRequest
from rihma.calls.models import Intake
from rihma.reviews import actions, queries
from rihma.reviews.content import content_of, title_of
from rihma.reviews.files import file_of
from rihma.reviews.models import Assignment, AssignmentQuerySet, Review
from rihma.reviews.rules.reading import LONGEST_REASON, Measured

router = Router(tags=["reviews"], auth=person_auth("reviews"))


class ReadByOut(Schema):
    key: str
    title: dict[str, str]
    description: dict[str, str]
    weight: int
    levels: dict[int, dict[str, str]]


class ReviewOut(Schema):
    """What lies before a juror. `state`: waiting, draft or sent; `late`: first sent after it was due."""

    id: UUID
    call: UUID
    number: str
    title: str
    state: str
    version: int
    scores: dict[str, int]
    reasons: dict[str, str]
    overall: str
    due: datetime | None
    late: bool


class ReviewFileOut(Schema):
    """A file that was sent along; its bytes are at `/reviews/{id}/files/{key}/{file id}`."""

    key: str
    id: UUID
    name: str
    about: str


class PartOut(Schema):
    title: str
    text: str
    files: list[ReviewFileOut] = []


class WholeReviewOut(ReviewOut):
    """With the application as it arrived, and what it is read by; `idea`: what it said in the first of two stages."""

    language: str
    about: list[PartOut]
    answers: list[PartOut]
    people: list[str]
    idea: list[PartOut]
    criteria: list[ReadByOut]


class ReviewIn(Schema):
    """`scores`: criterion → 1–5; `reasons` likewise. They take the place of what is kept."""

    version: int = Field(ge=0, le=2_000_000_000)
    scores: dict[str, int] = {}
    reasons: dict[str, str] = {}
    overall: str = Field("", max_length=LONGEST_REASON)


class StandingOut(Schema):
    """`score` from 0 to 100, or null while nobody has sent a review that counts."""

    application: UUID
    score: float | None
    reviews: int
    missing: int
    reasons: list[str]


@router.get("/reviews", response=list[ReviewOut], summary="What you have to read as a juror")
def reviews(request: PersonRequest, challenge: UUID | None = None) -> list[dict[str, object]]:
    """`challenge`: only what answers it."""
    found = _read(request).order_by("application__receipt__number")
    return [_told(one) for one in (found.filter(application__uptakes__challenge=challenge) if challenge else found)]


@router.get("/reviews/{assignment_id}", response=WholeReviewOut, summary="One application to read, with your review")
def review(request: PersonRequest, assignment_id: UUID) -> dict[str, object]:
    found = get_object_or_404(_read(request), pk=assignment_id)
    reviewing = found.application.counts_for.reviewing
    content = content_of(found.application, blind=reviewing.blind)
    criteria = queries.criteria_of(reviewing)
    told = {name: getattr(content, name) for name in ("language", "about", "answers", "people", "idea")}
    return {**_told(found), **told, "criteria": [_criterion(one) for one in criteria]}


@router.get("/reviews/{assignment_id}/files/{key}/{file_id}", response={200: None}, summary="A file of an answer")
def review_file(request: PersonRequest, assignment_id: UUID, key: str, file_id: UUID) -> HttpResponse:
    """As the juror may know it: under a name that tells nothing where names are kept back."""
    found = get_object_or_404(_read(request).select_related("application__call__programme"), pk=assignment_id)
    return file_of(found, key, file_id, known=request.headers.get("If-None-Match", ""))


@router.put("/reviews/{assignment_id}", response=ReviewOut, summary="Save your review as a draft")
def save_review(request: PersonRequest, assignment_id: UUID, said: ReviewIn) -> dict[str, object]:
    found = get_object_or_404(_read(request), pk=assignment_id)
    actions.save(found, by=request.user, **said.dict())
    return _told(_read(request).get(pk=found.pk))


@router.post("/reviews/{assignment_id}/send", response=ReviewOut, summary="Send your review: from now on it counts")
def send_review(request: PersonRequest, assignment_id: UUID) -> dict[str, object]:
    found = get_object_or_404(_read(request), pk=assignment_id)
    actions.send(found, by=request.user)
    return _told(_read(request).get(pk=found.pk))


@router.get("/reviewing/{call_id}", response=list[StandingOut], summary="What the reviews of a call you run come to")
def standings(request: PersonRequest, call_id: UUID, cut_off: int | None = None) -> list[dict[str, object]]:
    """In order of arrival; `cut_off` is the number of one, else of all. What you are yourself tied to is not there."""
    intakes = Intake.objects.run_by(request.user).filter(call=call_id)
    asked = get_list_or_404(intakes if cut_off is None else intakes.filter(number=cut_off))
    seen = queries.handled_by(request.user).filter(intake__in=asked).order_by("receipt__number")
    found = {pk: one for intake in asked for pk, one in queries.standings(intake).items()}
    return [_standing(pk, found[pk]) for pk in seen.values_list("pk", flat=True)]


def _read(request: PersonRequest) -> AssignmentQuerySet:
    return Assignment.objects.read_by(request.user).select_related(
        "review",
        "application__team",
        "application__receipt",
        "application__intake__reviewing",
        "application__call__programme",
    )


def _told(found: Assignment) -> dict[str, object]:
    application = found.application
    kept = getattr(found, "review", None)
    review = kept or Review()
    return {
        "id": found.pk,
        "call": application.call_id,
        "number": application.arrived.number,
        "title": title_of(application, blind=application.counts_for.reviewing.blind),
        "state": review.state if kept else "waiting",
        "due": due.instant if (due := application.counts_for.reviewing.times.due) else None,
        **{name: getattr(review, name) for name in ("version", "scores", "reasons", "overall", "late")},
    }


def _criterion(one: Measured) -> dict[str, object]:
    words = {"title": one.title.to_dict(), "description": one.description.to_dict()}
    levels = {score: means.to_dict() for score, means in one.levels.items()}
    return {"key": one.key, "weight": one.weight, "levels": levels, **words}


def _standing(application: UUID, one: queries.Standing) -> dict[str, object]:
    told = {name: getattr(one, name) for name in ("score", "reviews", "missing")}
    return {"application": application, "reasons": list(one.reasons), **told}
