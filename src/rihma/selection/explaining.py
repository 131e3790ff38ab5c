"""Reckons after the search why, for those for whom its time did not suffice, so that no letter goes without its reason."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.tasks import task
from django.utils import translation

from rihma.base.refused import Refused
from rihma.history.actions import record
from rihma.selection.asking import ask_why
from rihma.selection.cohort.problem import from_json
from rihma.selection.models import Decision, Search
from rihma.selection.queries import is_announced, locked
from rihma.selection.taking import reason_of


def explain_soon(found: Search) -> None:
    if found.unexplained:
        transaction.on_commit(lambda: explain.enqueue(str(found.pk)), robust=True)


@task()
def explain(search: str) -> int:
    """One turn of the solver; another job goes on where it ended."""
    found = Search.objects.get(pk=search)
    asked = found.unexplained
    if not asked:
        return 0
    whys: list[dict[str, Any]] = []
    busy = False
    try:
        whys = ask_why(found.problem, found.answer["sets"][0], asked)
    except Refused as refused:
        busy = refused.code == "busy"
    if not whys and not busy:
        # Too hard for the solver; what stands in the way can be said all the same, so that no letter waits for ever.
        whys = [_untried(found, asked[0])]
    return len(add(found, whys).later)


@transaction.atomic
def add(found: Search, whys: list[dict[str, Any]]) -> Search:
    """Keep these, and write them into the decisions that wait for them."""
    intake = locked(found.intake)
    found = Search.objects.select_for_update(of=("self",)).get(pk=found.pk)
    known = {why["id"] for why in found.whys}
    new = {why["id"]: why for why in whys if why["id"] not in known}
    if new:
        found.later = [*found.later, *new.values()]
        found.save(update_fields=["later"])
        record(found, "explained", scope=intake.call.programme_id, by=None, count=len(new))
    if not is_announced(intake):
        waiting = Decision.objects.filter(waits_for=found, application__in=list(map(UUID, new)))
        for decision in waiting.select_related("application__team"):
            _write(decision, found, new[str(decision.application_id)])
    explain_soon(found)
    return found


def _write(decision: Decision, found: Search, why: dict[str, Any]) -> None:
    with translation.override(decision.application.team.language):
        decision.reason = reason_of(found, why)
    decision.waits_for = None
    decision.save(update_fields=["reason", "waits_for"])


def _untried(found: Search, one: str) -> dict[str, Any]:
    problem, best = from_json(found.problem), frozenset(found.answer["sets"][0]["chosen"])
    candidate = problem.by_id[one]
    limits = problem.broken(best | {one})
    return {
        "id": one,
        "chosen": one in best,
        "rank": 1 + sum(other.score > candidate.score for other in problem.in_question),
        "decided": "chosen" if one in best else "limits" if limits else "score",
        "limits": [{"measure": list(limit.measure), "reason": limit.reason} for limit in limits],
        "changes": [],
        "tried": False,
    }
