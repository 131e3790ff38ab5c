"""What is done on the way to a cohort: limits, points and exceptions, the search, and a set taken as the decisions."""

import hashlib
import json
from decimal import Decimal

from django.db import transaction

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.base import clock
from rihma.base.seen import check_seen, mark_of
from rihma.calls.models import Intake
from rihma.history.actions import record
from rihma.selection import rules
from rihma.selection.asking import ask
from rihma.selection.cohort.problem import as_json
from rihma.selection.explaining import explain_soon
from rihma.selection.models import Plan, Search, Weighing
from rihma.selection.posing import plan_of, pose
from rihma.selection.queries import is_announced, is_tied, locked


@transaction.atomic
def set_limits(intake: Intake, facts: dict[str, object], *, seen: str, by: Person) -> Plan:
    """What every cohort must keep to, and what is wished for."""
    intake = locked(intake)
    rules.check_may_choose(announced=is_announced(intake))
    check_seen(seen, mark_of(plan_of(intake)))
    plan, _new = Plan.objects.update_or_create(
        intake=intake, defaults={"facts": facts, "by": by, "saved_at": clock.now()}
    )
    record(plan, "limits_set", scope=intake.call.programme_id, by=by)
    return plan


@transaction.atomic
def weigh(
    application: Application,
    *,
    points: Decimal | None,
    forced: str = "",
    reason: str = "",
    seen: str | None = None,
    by: Person,
) -> Weighing:
    """Points for one application, or that it must be in or out, with the reason. Nobody else sees it."""
    rules.check_submitted(application.state)
    intake = locked(application.counts_for)
    rules.check_may_choose(announced=is_announced(intake))
    rules.check_not_tied(tied=is_tied(intake, by))
    rules.check_may_force(application.state, forced, reason)
    if seen is not None:
        check_seen(seen, mark_of(weighed(application)))
    saved, _new = Weighing.objects.update_or_create(
        application=application,
        defaults={
            "points": points,
            "forced": forced,
            "reason": reason.strip() if forced else "",
            "by": by,
            "saved_at": clock.now(),
        },
    )
    record(saved, "weighed", scope=intake.call.programme_id, by=by)
    return saved


def weighed(application: Application) -> dict[str, object]:
    """What a form of it is filled from."""
    found = Weighing.objects.filter(application=application).first()
    if found is None:
        return {"points": None, "forced": "", "reason": ""}
    return {"points": found.points, "forced": found.forced, "reason": found.reason}


def search(intake: Intake, *, by: Person) -> Search:
    """The best set under the limits as they are now, kept with all that was asked.

    What was answered once is not asked again. Not one transaction: the search takes seconds, in which others work.
    """
    rules.check_not_tied(tied=is_tied(intake, by))
    posed = pose(intake)
    rules.check_may_search(len(posed.problem.candidates))
    problem = as_json(posed.problem)
    asked = digest_of(problem)
    kept = Search.objects.filter(intake=intake, asked=asked).first()
    if kept:
        if kept.names != posed.names:
            # How things are called is no part of the question, and letters must say it as it is now.
            kept.names = posed.names
            kept.save(update_fields=["names"])
        explain_soon(kept)
        return kept
    answer = ask(posed.problem)
    with transaction.atomic():
        found, new = Search.objects.get_or_create(
            intake=intake,
            asked=asked,
            defaults={
                "problem": problem,
                "answer": answer,
                "digest": digest_of({"problem": problem, "answer": answer}),
                "names": posed.names,
                "by": by,
                "at": clock.now(),
            },
        )
        if new:
            record(found, "searched", scope=intake.call.programme_id, by=by, digest=found.digest)
            explain_soon(found)
    return found


def digest_of(values: object) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def newest_of(intake: Intake) -> Search | None:
    return Search.objects.filter(intake=intake).first()
