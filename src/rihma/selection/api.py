from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field, WithJsonSchema

from rihma.accounts.api import person_auth
from rihma.accounts.http import PersonRequest
from rihma.applications.models import Application
from rihma.base.numerals import span
from rihma.base.seen import mark_of
from rihma.calls.models import Call
from rihma.selection import actions
from rihma.selection.models import Decision
from rihma.selection.queries import decided

router = Router(tags=["decisions"], auth=person_auth("decisions"))
MOST = 200
LONGEST_REASON = 5_000
Outcome = Annotated[Decision.Outcome, WithJsonSchema({"type": "string", "enum": Decision.Outcome.values})]


class DecisionIn(Schema):
    """`seen` is the `mark` of the decision that you last read: with it nothing newer is overwritten."""

    outcome: Outcome
    reason: Annotated[str, Field(max_length=LONGEST_REASON)] = ""
    seen: str | None = None


class DecisionOut(Schema):
    application: UUID
    cut_off: int
    # `idea` in the first of two stages of a call: there `accepted` is to go on, and no place yet
    stage: str
    outcome: str
    reason: str
    decided_at: datetime
    announced: bool
    mark: str


@router.get("/calls/{call_id}/decisions", response=list[DecisionOut], summary="Decisions on a call that you run")
def decisions(request: PersonRequest, call_id: UUID, offset: int = 0, limit: int = 50) -> list[dict[str, object]]:
    call = get_object_or_404(Call.objects.run_by(request.user), pk=call_id)
    found = _seen_by(request).filter(application__call=call).order_by("application__receipt__number", "pk")
    return [_out(decision) for decision in found[span(offset, limit, MOST)]]


@router.get("/applications/{application_id}/decision", response=DecisionOut, summary="What was decided on it")
def decision(request: PersonRequest, application_id: UUID) -> dict[str, object]:
    return _out(get_object_or_404(_seen_by(request), application=application_id))


@router.put("/applications/{application_id}/decision", response=DecisionOut, summary="Write down what is decided")
def write_decision(request: PersonRequest, application_id: UUID, sent: DecisionIn) -> dict[str, object]:
    """Nobody is told before the announcement, which a person makes; what is decided after it is told at once."""
    submitted = Application.objects.exclude(state=Application.State.DRAFT).select_related(
        "call__programme", "team", "intake"
    )
    found = get_object_or_404(submitted, pk=application_id, call__in=Call.objects.run_by(request.user))
    actions.decide(found, sent.outcome, reason=sent.reason, seen=sent.seen, by=request.user)
    return _out(get_object_or_404(_seen_by(request), application=found))


def _seen_by(request: PersonRequest) -> QuerySet[Decision]:
    """To those who run the call; to a team its own, once everybody has been told."""
    own = Q(application__intake__announcement__isnull=False, application__in=Application.objects.read_by(request.user))
    run = Q(application__call__in=Call.objects.run_by(request.user))
    return Decision.objects.filter(own | run).select_related("application__intake__announcement", "application__call")


def _out(decision: Decision) -> dict[str, object]:
    return {
        "application": decision.application_id,
        "cut_off": decision.application.counts_for.number,
        "stage": decision.application.stage,
        **{name: getattr(decision, name) for name in ("outcome", "reason", "decided_at")},
        "announced": hasattr(decision.application.intake, "announcement"),
        "mark": mark_of(decided(decision)),
    }
