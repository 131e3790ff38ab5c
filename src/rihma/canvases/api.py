from datetime import datetime
from typing import Annotated, Literal, cast
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from rihma.accounts.api import CAME_WITH, person_auth
from rihma.accounts.http import PersonRequest
from rihma.canvases import actions, hiding, rules
from rihma.canvases.access import who_asks
from rihma.canvases.bringing_in.carrying_out import import_data
from rihma.canvases.desk import Applied
from rihma.canvases.doers import name_of, writer_of
from rihma.canvases.models import Canvas, Item, Operation
from rihma.canvases.taking_out import views as taking_out
from rihma.canvases.taking_out.forms import A4
from rihma.canvases.types import Payload, Proposed
from rihma.guests.api import GuestAuth
from rihma.guests.models import Guest
from rihma.realtime.actions import issue
from rihma.realtime.ledger import Doer
from rihma.realtime.sessions import BY_BEARER
from rihma.realtime.wait import WAIT

router = Router(tags=["canvases"], auth=[*person_auth("canvases"), GuestAuth()])
MOST_AT_ONCE = 64
A_PAGE = 500
LONGEST_WAIT = 25


class LinkIn(Schema):
    to: UUID
    word: str = ""


class TranslationIn(Schema):
    lang: str
    text: str = Field(max_length=10 * rules.LONGEST_TEXT)
    made: Literal["human", "machine"] = "human"


class OperationIn(Schema):
    """One change. `id` is yours: sending it again takes effect once. A changed text says the `base` it was written on."""

    id: str = Field(min_length=1, max_length=rules.LONGEST_CLIENT_ID)
    verb: Literal["add", "set", "move", "remove", "restore", "mark"]
    item: UUID
    base: int | None = Field(None, ge=0)
    kind: str | None = Field(None, max_length=40)
    zone: str | None = Field(None, max_length=40)
    order: str | None = Field(None, max_length=64)
    text: str | None = Field(None, max_length=10 * rules.LONGEST_TEXT)
    lang: str | None = Field(None, max_length=5)
    fields: dict[str, int | str | bool | None] | None = None
    settles: int | None = Field(None, ge=1)
    tag: str | None = None
    untag: str | None = None
    group: str | None = None
    people: int | None = Field(None, ge=0)
    link: LinkIn | None = None
    unlink: UUID | None = None
    translation: TranslationIn | None = None
    same_as: UUID | None = None

    def proposed(self) -> Proposed:
        said = self.model_dump(include=set(Payload.__annotations__), exclude_none=True)
        said |= {key: str(said[key]) for key in ("unlink", "same_as") if key in said}
        if "link" in said:
            said["link"] = {**said["link"], "to": str(said["link"]["to"])}
        return Proposed(self.id, self.verb, self.item, cast("Payload", said), self.base)


class OperationsIn(Schema):
    operations: list[OperationIn] = Field(min_length=1, max_length=MOST_AT_ONCE)


class RefusedOut(Schema):
    code: str
    message: str
    field: str | None


class AppliedOut(Schema):
    """`seq` when it was saved (the old one when it had been before), `refused` when it was not."""

    id: str
    seq: int | None
    refused: RefusedOut | None


class OperationOut(Schema):
    seq: int
    id: str = Field(alias="client_id")
    verb: str
    item: UUID
    payload: dict[str, object]
    by: UUID | None = Field(alias="by_id")
    writer: str | None
    at: datetime

    @staticmethod
    def resolve_writer(row: Operation) -> str | None:
        return writer_of(row.by_id, row.guest_id)


class OperationsOut(Schema):
    head: int
    operations: list[OperationOut]


class ItemOut(Schema):
    id: UUID
    kind: str
    zone: str
    order: str
    text: str
    lang: str
    fields: dict[str, object]
    alternatives: list[object]
    by: UUID | None = Field(alias="by_id")
    made_at: datetime
    changed_at: datetime
    marks: dict[str, object]
    hidden: bool
    text_seq: int
    # a guest has no account, but a name; whose names are hidden have neither
    writer: str | None
    name: str

    @staticmethod
    def resolve_writer(item: Item) -> str | None:
        return writer_of(item.by_id, item.guest_id)

    @staticmethod
    def resolve_name(item: Item) -> str:
        return str(item.writer or "")


class YouOut(Schema):
    id: str
    name: str
    guest: bool


class CanvasOut(Schema):
    id: UUID
    team: UUID
    kind: str
    kind_version: int
    state: str
    head: int
    items: list[ItemOut]
    role: str
    you: YouOut


@router.get("/{canvas_id}", response=CanvasOut)
def canvas(request: PersonRequest, canvas_id: UUID) -> dict[str, object]:
    """A canvas and what stands on it now."""
    canvas, who = _seen(request, canvas_id), who_asks(request, canvas_id) or request.user
    items = list(map(hiding.veil, canvas.items.live().select_related("by", "guest")))
    for item in items if canvas.names_hidden else ():
        hiding.nameless(item)
    return {
        "id": canvas.pk,
        "team": canvas.team_id,
        "kind": canvas.kind,
        "kind_version": canvas.kind_version,
        "state": canvas.state,
        "head": canvas.head,
        "items": sorted(items, key=_place),
        "role": "writer" if Canvas.objects.worked_by(who).filter(pk=canvas.pk).exists() else "reader",
        "you": {"id": name_of(who), "name": str(who), "guest": isinstance(who, Guest)},
    }


@router.get("/{canvas_id}/operations", response=OperationsOut)
def operations(
    request: PersonRequest,
    response: HttpResponse,
    canvas_id: UUID,
    after: int = 0,
    wait: Annotated[int, Query(ge=0, le=LONGEST_WAIT)] = 0,
) -> dict[str, object]:
    """The log from behind `after`, at most 500 rows; ask again with the last number until `head` is reached.

    Changes older than the history keeps are told by nobody: where the first row is not the one after `after`, ask for the
    canvas instead. With `wait`, an answer without rows is held back for so many seconds, or until there is one: as the canvas's socket
    (docs/asyncapi.yaml) for whoever cannot open it.
    """
    canvas = _seen(request, canvas_id)
    after = max(0, min(after, canvas.head))
    if wait and after == canvas.head:
        response[WAIT] = f"{wait} {canvas.head} canvases:{canvas.pk}"
    rows = list(canvas.operations.filter(seq__gt=max(after, canvas.folded)).order_by("seq")[:A_PAGE])
    hidden = hiding.hidden_in(canvas.pk, {row.item for row in rows})
    for row in rows:
        if row.item in hidden:
            row.payload = hiding.veiled_payload(row.payload)
        if canvas.names_hidden:
            hiding.nameless(row)
    return {"head": canvas.head, "operations": rows}


class TicketOut(Schema):
    ticket: str
    path: str


@router.post("/{canvas_id}/ticket", response=TicketOut)
def ticket(request: PersonRequest, canvas_id: UUID) -> dict[str, str]:
    """Opens the canvas's socket once, within half a minute: see docs/asyncapi.yaml."""
    canvas = _seen(request, canvas_id)
    who = who_asks(request, canvas_id)
    token = request.META.get(CAME_WITH)
    session = f"{BY_BEARER}{token}" if token else request.session.session_key or ""
    if isinstance(who, Guest):
        doer = Doer(name_of(who), str(who), guest=True)
    else:
        doer = Doer(name_of(request.user), str(request.user), session=session)
    return {"ticket": issue(f"canvases:{canvas.pk}", doer), "path": f"/ws/canvases/{canvas.pk}"}


@router.post("/{canvas_id}/operations", response=list[AppliedOut])
def apply(request: PersonRequest, canvas_id: UUID, sent: OperationsIn) -> list[dict[str, object]]:
    """Change the canvas. What is answered with a number is saved; one refused operation does not hold up the others."""
    who = who_asks(request, canvas_id)
    canvas = get_object_or_404(Canvas.objects.worked_by(who), pk=canvas_id)
    applied = actions.apply(canvas, [operation.proposed() for operation in sent.operations], by=who or request.user)
    return [_answer(one) for one in applied]


class RefusedRowOut(Schema):
    item: int
    text: str
    message: str


class ImportedOut(Schema):
    """`refused` names items by their place in what was sent."""

    added: int
    refused: list[RefusedRowOut]


@router.get("/{canvas_id}/export", auth=person_auth("canvases"))
def export(request: PersonRequest, canvas_id: UUID, form: str = "json", paper: str = A4) -> HttpResponse:
    """The canvas as a file: json, csv, xlsx, md, html, svg, png or pdf, in the language that is asked for."""
    found = Canvas.objects.seen_by(request.user).select_related("team", "programme")
    return taking_out.answer(get_object_or_404(found, pk=canvas_id), form, paper)


@router.post("/{canvas_id}/import", auth=person_auth("canvases"), response=ImportedOut)
def import_items(request: PersonRequest, canvas_id: UUID, token: str = "") -> dict[str, object]:
    """Add the items of an export in JSON. Sent again, it adds nothing twice, unless with another `token`."""
    canvas = get_object_or_404(Canvas.objects.worked_by(request.user), pk=canvas_id)
    return import_data(canvas, request.body, token=token, by=request.user)


def _seen(request: PersonRequest, canvas_id: UUID) -> Canvas:
    return get_object_or_404(Canvas.objects.seen_by(who_asks(request, canvas_id)), pk=canvas_id)


def _place(item: Item) -> tuple[str, str, str]:
    return item.zone, item.order, str(item.pk)


def _answer(applied: Applied) -> dict[str, object]:
    refused = applied.refused
    return {
        "id": applied.proposed.client_id,
        "seq": applied.operation.seq if applied.operation else None,
        "refused": {"code": refused.code, "message": str(refused), "field": refused.field} if refused else None,
    }
