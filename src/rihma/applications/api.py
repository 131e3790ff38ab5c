from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Field, Query, Router, Schema
from pydantic import WithJsonSchema

from rihma.accounts.api import person_auth
from rihma.accounts.http import PersonRequest
from rihma.applications import actions
from rihma.applications.file_reading import file_read_by
from rihma.applications.models import AnswerFile, Application, ApplicationQuerySet, Receipt
from rihma.base.files.kinds import KINDS
from rihma.base.files.sending import sent
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
    # the number of the call's cut-off that it counts for; null while it is a draft
    cut_off: int | None = None
    # `idea` or `full`, in a call of two stages, and the idea that a full one goes on from
    stage: str
    continues: UUID | None
    receipt: ReceiptOut | None = None
    challenges: list[UUID] = []

    @staticmethod
    def resolve_challenges(application: Application) -> list[UUID]:
        return [one.challenge_id for one in application.uptakes.all()]

    @staticmethod
    def resolve_call(application: Application) -> UUID:
        return application.call_id

    @staticmethod
    def resolve_cut_off(application: Application) -> int | None:
        return application.intake.number if application.intake else None

    @staticmethod
    def resolve_continues(application: Application) -> UUID | None:
        return application.continues_id

    @staticmethod
    def resolve_team(application: Application) -> str:
        return str(application.team)

    @staticmethod
    def resolve_language(application: Application) -> str:
        return application.team.language

    @staticmethod
    def resolve_receipt(application: Application) -> Receipt | None:
        return getattr(application, "receipt", None)


class AnswerFileOut(Schema):
    """A file that answers the question `key`. `address`: where its bytes are, for the same token."""

    id: UUID
    key: str
    name: str
    kind: str
    type: str
    size: int
    sha256: str = Field(alias="digest")
    pages: int | None
    address: str

    @staticmethod
    def resolve_type(file: AnswerFile) -> str:
        return KINDS[file.kind].type

    @staticmethod
    def resolve_address(file: AnswerFile) -> str:
        return reverse("api:application_file", args=[file.application_id, file.pk])


class WholeApplicationOut(ApplicationOut):
    """`answers` by the keys of the call's questions; `files` are those that they name."""

    phenomenon: str
    experiment_idea: str
    looking_for: str
    answers: dict[str, Any]
    files: list[AnswerFileOut]

    @staticmethod
    def resolve_files(application: Application) -> list[AnswerFile]:
        return list(application.files.named_in(application.answers))

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


class NarrowedBy(Schema):
    """`cut_off`: the number of one; `challenge`: what answers it, in whichever place."""

    call: UUID | None = None
    state: State | None = None
    cut_off: int | None = None
    challenge: UUID | None = None

    @property
    def lookups(self) -> dict[str, object]:
        asked = {
            "call": self.call,
            "state": self.state,
            "intake__number": self.cut_off,
            "uptakes__challenge": self.challenge,
        }
        return {name: value for name, value in asked.items() if value is not None}


@router.get("/applications", response=ApplicationsOut, summary="Applications that you may read, in order of arrival")
def applications(
    request: PersonRequest, narrowed: Query[NarrowedBy], offset: int = 0, limit: int = 50
) -> dict[str, object]:
    """Your own, and those sent to calls that you run. `call`, `state`, `cut_off` and `challenge` narrow them down."""
    found = _all().read_by(request.user).filter(**narrowed.lookups)
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


@router.get("/applications/{application_id}/files/{file_id}", response={200: None}, summary="A file of an answer")
def application_file(request: PersonRequest, application_id: UUID, file_id: UUID) -> HttpResponse:
    """Its bytes, to whoever may read the answer; always of the type that was found in them."""
    row = get_object_or_404(AnswerFile, application=application_id, pk=file_id)
    found = file_read_by(request.user, application_id, row.key, file_id)
    if found is None:
        raise Http404(file_id)
    known = request.headers.get("If-None-Match", "")
    return sent(found.file, kind=found.kind, name=found.name, digest=found.digest, known=known)


@router.post("/applications/{application_id}/submit", response=ReceiptOut, summary="Submit; again answers the receipt")
def submit(request: PersonRequest, application_id: UUID) -> Receipt:
    found = get_object_or_404(_all().written_by(request.user), pk=application_id)
    return actions.submit(found, by=request.user)


def _all() -> ApplicationQuerySet:
    return Application.objects.select_related("team", "receipt", "intake", "call").prefetch_related("uptakes")
