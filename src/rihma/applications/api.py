from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import WithJsonSchema

from rihma.accounts.api import person_auth
from rihma.accounts.http import PersonRequest
from rihma.applications import actions
from rihma.applications.models import Application, ApplicationQuerySet, Receipt
from rihma.base.numerals import span
from rihma.calls.models import Call

router = Router(tags=["applications"], auth=person_auth("applications"))
MOST = 200
State = Annotated[Application.State, WithJsonSchema({"type": "string", "enum": Application.State.values})]


class ReceiptOut(Schema):
    number: str
    received_at: datetime
    late_seconds: int
    digest: str


class ApplicationOut(Schema):
    id: UUID
    call: UUID
    state: str
    team: str
    language: str
    version: int
    saved_at: datetime
    receipt: ReceiptOut | None = None

    @staticmethod
    def resolve_call(application: Application) -> UUID:
        return application.call_id

    @staticmethod
    def resolve_team(application: Application) -> str:
        return str(application.team)

    @staticmethod
    def resolve_language(application: Application) -> str:
        return application.team.language

    @staticmethod
    def resolve_receipt(application: Application) -> Receipt | None:
        return getattr(application, "receipt", None)


class WholeApplicationOut(ApplicationOut):
    """`answers` by the keys of the call's questions."""

    phenomenon: str
    experiment_idea: str
    looking_for: str
    answers: dict[str, Any]

    @staticmethod
    def resolve_phenomenon(application: Application) -> str:
        return application.team.phenomenon

    @staticmethod
    def resolve_experiment_idea(application: Application) -> str:
        return application.team.experiment_idea

    @staticmethod
    def resolve_looking_for(application: Application) -> str:
        return application.team.looking_for


class StartIn(Schema):
    call: UUID


class ApplicationsOut(Schema):
    """One page of them; `count` is of all pages."""

    count: int
    items: list[ApplicationOut]


@router.get("/applications", response=ApplicationsOut, summary="Applications that you may read, in order of arrival")
def applications(
    request: PersonRequest,
    call: UUID | None = None,
    state: State | None = None,
    offset: int = 0,
    limit: int = 50,
) -> dict[str, object]:
    """Your own, and those sent to calls that you run. `call` and `state` narrow them down."""
    found = _all().read_by(request.user)
    if call:
        found = found.filter(call=call)
    if state:
        found = found.filter(state=state)
    page = found.order_by("receipt__received_at", "started_at", "pk")[span(offset, limit, MOST)]
    return {"count": found.count(), "items": list(page)}


@router.get("/applications/{application_id}", response=WholeApplicationOut, summary="One application")
def application(request: PersonRequest, application_id: UUID) -> Application:
    return get_object_or_404(_all().read_by(request.user), pk=application_id)


@router.post("/applications", response=ApplicationOut, summary="Start; again answers the draft there is")
def start(request: PersonRequest, given: StartIn) -> Application:
    """Refused where the call is not open, or is for the invited and you are not."""
    call = get_object_or_404(Call.objects.visible_to(request.user), pk=given.call)
    return actions.start(call, by=request.user)


@router.post("/applications/{application_id}/submit", response=ReceiptOut, summary="Submit; again answers the receipt")
def submit(request: PersonRequest, application_id: UUID) -> Receipt:
    found = get_object_or_404(_all().written_by(request.user), pk=application_id)
    return actions.submit(found, by=request.user)


def _all() -> ApplicationQuerySet:
    return Application.objects.select_related("team", "receipt")
