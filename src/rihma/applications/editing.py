"""On what ground an application may be changed and arrive in time: the open call, up to its cut-off; a request to complete it, or a code."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from rihma.accounts.models import Person
from rihma.applications.models import Application, ApplicationQuerySet, Completion
from rihma.calls.models import Intake
from rihma.calls.queries import intake_at
from rihma.calls.rules import late_by
from rihma.programmes.models import RUN


@dataclass(frozen=True)
class Ground:
    until: datetime
    # the fields that may be changed; None for all
    fields: frozenset[str] | None = None
    completion: Completion | None = None
    # the cut-off that it counts for, while that is ahead
    intake: Intake | None = None

    def allows(self, name: str) -> bool:
        return self.fields is None or name in self.fields


def ground_of(application: Application, now: datetime) -> Ground | None:
    """None: what arrives now is late."""
    completion = None if application.is_draft else pending(application)
    if completion and late_by(completion.due, now):
        completion = None
    intake = intake_for(application, now)
    if intake.takes_in(now):
        return Ground(intake.closes, completion=completion, intake=intake)
    if completion:
        return Ground(completion.due.instant, frozenset(completion.fields), completion)
    code = getattr(application, "access_code", None)
    if code and not late_by(code.due, now):
        return Ground(code.due.instant)
    return None


def intake_for(application: Application, now: datetime) -> Intake:
    """What it counts for; while nothing has arrived of it, what it would count for if it arrived now."""
    if application.intake is not None:
        return application.counts_for
    return intake_at(application.call, now, goes_on=application.continues_id is not None)


def pending(application: Application) -> Completion | None:
    """What it is asked to complete and has not yet."""
    # Where a page has read them all, they are not asked for again.
    known: list[Completion] | None = vars(application).get("completing")
    if known is not None:
        return next((one for one in known if one.receipt_id is None), None)
    found = application.completions.filter(receipt=None).select_related("application__call__programme", "by")
    return found.first()


def with_what_is_beside(found: ApplicationQuerySet, person: Person) -> ApplicationQuerySet:
    """What a page would else ask for one by one: whether the person runs the programme, and whether completions were asked."""
    runs = ExpressionWrapper(Q(call__programme__in=RUN(person.pk)), output_field=BooleanField())
    asked = Exists(Completion.objects.filter(application=OuterRef("pk")))
    return found.select_related("continued_by").annotate(is_run=runs, was_asked=asked)
