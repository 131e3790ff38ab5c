from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from rihma.accounts.access import person_of
from rihma.accounts.api import anybody, person_auth
from rihma.base import clock
from rihma.base.numerals import span
from rihma.calls.answer_schema import json_schema
from rihma.calls.models import Call, CallQuerySet, Criterion, Intake, Question
from rihma.calls.queries import intakes_of

MOST = 200

type Texts = dict[str, str]


router = Router(tags=["calls"], auth=[*person_auth("calls"), anybody])


class OptionOut(Schema):
    """`retired`: no longer offered, and kept because answers may name it."""

    key: str
    label: Texts
    places: int | None = None
    retired: bool = False


class ConditionOut(Schema):
    question: str
    values: list[str]


class QuestionOut(Schema):
    """`section` is the key of one; days end by the clock of the call's zone; `shown_if` null: everybody is asked."""

    key: str
    section: str | None
    label: Texts
    help: Texts
    plain: Texts
    kind: str
    required: bool
    required_by: date | None
    frozen_after: date | None
    most_words: int
    unit: Texts
    least: int | None
    most: int | None
    options: list[OptionOut]
    shown_if: ConditionOut | None
    readers: list[str]
    secret: bool
    secret_because: Texts
    kept_months: int | None
    asked_in: str


class CriterionOut(Schema):
    """`levels`: score → what it means for this criterion, as far as that is said."""

    title: Texts
    description: Texts
    weight: int
    levels: dict[int, Texts]


class AmendmentOut(Schema):
    what: str
    because: Texts
    at: datetime


class CallOut(Schema):
    """`state` is draft (its programme is not public), ahead, open or closed; times are instants.

    `access` is everybody, invited, or unlisted: the invited only, and the call stands on no list.
    """

    id: UUID
    programme: str
    url: str
    state: str
    title: Texts
    why: Texts
    how: Texts
    who: Texts
    opens: datetime | None
    closes: datetime
    time_zone: str
    access: str
    teams_min: int
    teams_max: int


class CutOffOut(Schema):
    """What arrives until then counts for it; the last one is when the call closes."""

    number: int
    closes: datetime


class StageOut(CutOffOut):
    """Of a call in two stages: `idea`, from which at most so many go on, and `full`."""

    stage: str
    most: int


class WholeCallOut(CallOut):
    cut_offs: list[CutOffOut]
    stages: list[StageOut]
    questions: list[QuestionOut]
    criteria: list[CriterionOut]
    amendments: list[AmendmentOut]


@router.get("/calls", response=list[CallOut], summary="Calls, the last to close first")
def calls(request: HttpRequest, offset: int = 0, limit: int = 50) -> list[dict[str, object]]:
    person = person_of(request)
    listed = _seen(request).listed() | Call.objects.run_by(person)
    found = listed.order_by("-closes_on", "-closes_at", "pk")
    return [_out(request, call) for call in found[span(offset, limit, MOST)]]


@router.get("/calls/{call_id}", response=WholeCallOut, summary="One call with its questions, criteria and changes")
def call(request: HttpRequest, call_id: UUID) -> dict[str, object]:
    found = get_object_or_404(_seen(request), pk=call_id)
    return {
        **_out(request, found),
        "cut_offs": (cut_offs := [_cut_off(one) for one in intakes_of(found)]),
        "stages": [one for one in cut_offs if one["stage"]],
        "questions": [_question(question) for question in found.questions.current()],
        "criteria": [_criterion(criterion) for criterion in found.criteria.current()],
        "amendments": [
            {"what": one.what, "because": one.because.to_dict(), "at": one.at} for one in found.amendments.all()
        ],
    }


@router.get("/calls/{call_id}/form", summary="JSON Schema of what the call's form is answered with")
def form(request: HttpRequest, call_id: UUID, stage: Literal["", "idea", "full"] = "") -> dict[str, object]:
    """The form of today; its number is that which receipts name. Words stand in all languages under `x-words`.

    Of a call in two stages name the one; without it all questions are there, each with its stage as `x-asked-in`.
    """
    found = get_object_or_404(_seen(request), pk=call_id)
    questions = [question.asked for question in found.questions.current()]
    return json_schema(questions, title=found.programme.title, version=found.form_version, stage=stage)


def _seen(request: HttpRequest) -> CallQuerySet:
    return Call.objects.visible_to(person_of(request))


def _out(request: HttpRequest, call: Call) -> dict[str, object]:
    return {
        **{name: getattr(call, name) for name in ("id", "opens", "closes", "access", "teams_min", "teams_max")},
        **{name: getattr(call, name).to_dict() for name in ("why", "how", "who")},
        "title": call.programme.title.to_dict(),
        "programme": call.programme.slug,
        "url": request.build_absolute_uri(call.get_absolute_url()),
        "state": _state(call),
        "time_zone": call.programme.time_zone,
    }


def _state(call: Call) -> str:
    now = clock.now()
    if not call.programme.is_public:
        return "draft"
    if call.is_ahead(now):
        return "ahead"
    return "open" if call.is_open(now) else "closed"


def _cut_off(intake: Intake) -> dict[str, object]:
    call = intake.call
    most = call.ideas_most if intake.is_idea else call.teams_max
    return {"number": intake.number, "closes": intake.closes, "stage": intake.stage, "most": most}


def _question(question: Question) -> dict[str, object]:
    secret = bool(question.secret_because)
    return {"key": question.key, **question.facts, "shown_if": question.shown_if or None, "secret": secret}


def _criterion(criterion: Criterion) -> dict[str, object]:
    return {**criterion.facts, "levels": {score: words.to_dict() for score, words in criterion.levels.items()}}
