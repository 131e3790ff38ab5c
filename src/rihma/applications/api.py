from datetime import datetime
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from rihma.accounts.api import person_auth
from rihma.accounts.http import PersonRequest
from rihma.applications import actions
from rihma.applications.models import Application, ApplicationQuerySet, Receipt

router = Router(tags=["applications"], auth=person_auth)


class ReceiptOut(Schema):
    number: str
    received_at: datetime
    late_seconds: int
    digest: str


class ApplicationOut(Schema):
    id: UUID
    state: str
    team: str
    version: int
    saved_at: datetime
    receipt: ReceiptOut | None = None

    @staticmethod
    def resolve_team(application: Application) -> str:
        return str(application.team)

    @staticmethod
    def resolve_receipt(application: Application) -> Receipt | None:
        return getattr(application, "receipt", None)


@router.get("/applications/{application_id}", response=ApplicationOut, summary="One application")
def application(request: PersonRequest, application_id: UUID) -> Application:
    return get_object_or_404(_all().read_by(request.user), pk=application_id)


@router.post("/applications/{application_id}/submit", response=ReceiptOut, summary="Submit; again answers the receipt")
def submit(request: PersonRequest, application_id: UUID) -> Receipt:
    found = get_object_or_404(_all().written_by(request.user), pk=application_id)
    return actions.submit(found, by=request.user)


def _all() -> ApplicationQuerySet:
    return Application.objects.select_related("team", "receipt")
