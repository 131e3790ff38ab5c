"""What is kept for how long. The report and the job ask the same question, so what is announced is what happens."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from rihma.applications.erasing import forget_content, forget_draft
from rihma.applications.models import Application
from rihma.base import clock
from rihma.calls.rules import IDEA
from rihma.guests.actions import forget_name
from rihma.guests.models import Guest
from rihma.history.actions import record
from rihma.notices.erasing import forget_about
from rihma.programmes.keeping import finders
from rihma.programmes.models import Programme
from rihma.records import rules
from rihma.records.answer_times import timed_answers, timed_programmes
from rihma.records.models import Case, DocumentRequest, RecordPlan, SecretPart
from rihma.selection.models import Announcement, Decision

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Thing:
    """One thing with its day: `delete` does what the report says of it. `count`: of how many it is made."""

    kind: str
    name: str
    day: date
    delete: Callable[[], object]
    count: int = 1


def things(programme: Programme, plan: RecordPlan) -> list[Thing]:
    """All that has a day, the earliest first; what neither the plan nor its question gives months has none."""
    found = [
        thing for kind, months in plan.months.items() if kind in FINDERS for thing in FINDERS[kind](programme, months)
    ]
    found += [
        Thing(kind, one.name, rules.months_after(one.since, plan.months[kind]), one.delete, one.count)
        for kind, find in finders().items()
        if kind in plan.months
        for one in find(programme)
    ]
    found += [Thing(rules.BY_QUESTION, one.name, one.day, one.forget) for one in timed_answers(programme)]
    return sorted(found, key=lambda thing: (thing.day, thing.kind, thing.name))


def due(programme: Programme, plan: RecordPlan, now: datetime) -> list[Thing]:
    today = now.astimezone(programme.zone).date()
    return [thing for thing in things(programme, plan) if thing.day <= today]


OF_A_CASE = (
    *("application__receipt", "application__call__programme", "application__intake__announcement"),
    "application__decision",
)


def timed() -> list[RecordPlan]:
    """The plans of all programmes in which something may have its day; one that set none has one that is not saved."""
    plans = {plan.programme_id: plan for plan in RecordPlan.objects.select_related("programme")}
    wanted = {pk for pk, plan in plans.items() if plan.months} | timed_programmes()
    found = Programme.objects.filter(pk__in=wanted).order_by("slug")
    return [plans.get(programme.pk) or RecordPlan(programme=programme) for programme in found]


def keep(now: datetime) -> int:
    """The worker's daily round: delete what is due in every programme that set times. Again, it finds nothing."""
    return sum(keep_of(plan.programme, now) for plan in timed())


@transaction.atomic
def keep_of(programme: Programme, now: datetime) -> int:
    RecordPlan.objects.get_or_create(programme=programme)
    plan = RecordPlan.objects.select_for_update(of=("self",)).select_related("programme").get(programme=programme)
    found = due(plan.programme, plan, now)
    # Once an application is gone as a whole, its answers are gone with it.
    for thing in sorted(found, key=lambda one: one.kind != rules.BY_QUESTION):
        thing.delete()
    if found:
        kinds = {kind: counted(found, kind) for kind in (*rules.KINDS, rules.BY_QUESTION)}
        record(plan, "disposed", scope=plan.programme_id, by=None, count=counted(found), kinds=kinds)
        logger.info("Kept long enough, and deleted: %s", counted(found))
    return counted(found)


def counted(found: Iterable[Thing], kind: str = "") -> int:
    return sum(thing.count for thing in found if thing.kind == (kind or thing.kind))


def _drafts(programme: Programme, months: int) -> Iterator[Thing]:
    unsent = Q(state=Application.State.DRAFT) | Q(state=Application.State.WITHDRAWN, receipt=None)
    for draft in Application.objects.filter(unsent, call__programme=programme).select_related(
        "team", "call__programme"
    ):
        closed = draft.call.closes.astimezone(programme.zone).date()
        # Whoever still writes after the closing is not done yet.
        last = max(closed, draft.saved_at.astimezone(programme.zone).date())
        yield Thing("drafts", str(draft.team), rules.months_after(last, months), partial(forget_draft, draft))


def _declined(programme: Programme, months: int) -> Iterator[Thing]:
    cases = Case.objects.filter(programme=programme, disposed_at=None)
    for case in cases.select_related(*OF_A_CASE):
        ended = _ended(case, programme)
        if ended:
            yield Thing("declined", case.number, rules.months_after(ended, months), partial(_dispose, case))


def _ended(case: Case, programme: Programme) -> date | None:
    """The day on which it was over for this application: told, taken back, or left on the reserve list to the end.

    What became one with another belongs to that one's matter for as long as the programme lasts.
    """
    application = case.application
    if application.state == Application.State.MERGED:
        return programme.ends
    if application.state == Application.State.WITHDRAWN:
        return max(case.given_at, application.counts_for.closes).astimezone(programme.zone).date()
    decision: Decision | None = getattr(application, "decision", None)
    told: Announcement | None = getattr(application.intake, "announcement", None)
    if decision is None or told is None:
        return None
    if decision.outcome == Decision.Outcome.ACCEPTED:
        return _went_on_until(application, programme) if application.stage == IDEA else None
    if decision.outcome == Decision.Outcome.RESERVE:
        return programme.ends
    return max(told.at, decision.decided_at).astimezone(programme.zone).date()


def _went_on_until(idea: Application, programme: Programme) -> date | None:
    """Of one matter with its full application, which without a case of its own was never sent."""
    full = Case.objects.filter(application__continues=idea).select_related(*OF_A_CASE).first()
    return _ended(full, programme) if full else idea.call.closes.astimezone(programme.zone).date()


def _requests(programme: Programme, months: int) -> Iterator[Thing]:
    known = DocumentRequest.objects.filter(programme=programme, answered_at__isnull=False).exclude(asked_from="")
    for request in known:
        assert request.answered_at  # as asked for
        day = rules.months_after(request.answered_at.astimezone(programme.zone).date(), months)
        yield Thing("requests", request.number, day, partial(_forget_asker, request))


def _guests(programme: Programme, months: int) -> Iterator[Thing]:
    day = rules.months_after(programme.ends, months)
    for guest in Guest.objects.filter(link__scope=programme.pk).exclude(name=""):
        yield Thing("guests", _("Guest %(number)s") % {"number": guest.number}, day, partial(forget_name, guest))


FINDERS: dict[str, Callable[[Programme, int], Iterator[Thing]]] = {
    "drafts": _drafts,
    "declined": _declined,
    "requests": _requests,
    "guests": _guests,
}


def _dispose(case: Case) -> None:
    forget_content(case.application)
    SecretPart.objects.filter(application=case.application).delete()
    Case.objects.filter(pk=case.pk).update(disposed_at=clock.now())


def _forget_asker(request: DocumentRequest) -> None:
    forget_about(["records/notices/answered"], [request.pk])
    DocumentRequest.objects.filter(pk=request.pk).update(address="", asked_from="")
