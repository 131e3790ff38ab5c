"""What the clock does in a review: it moves phases on where somebody has set a moment, and reminds before reading is due."""

import logging
from collections import Counter
from datetime import datetime
from uuid import UUID

from rihma.accounts.models import Person
from rihma.base.refused import Refused
from rihma.calls.models import Intake
from rihma.notices.actions import tell
from rihma.programmes.models import Role
from rihma.reviews.actions import moving
from rihma.reviews.models import Assignment, Review, Reviewing

logger = logging.getLogger(__name__)
DEEDS = {"reading": moving.begin, "discussing": moving.discuss, "closed": moving.close}


def go_round(now: datetime) -> None:
    """Comes round again and again; each of it happens once."""
    timed = (
        Reviewing.objects.exclude(state=Reviewing.State.CLOSED).select_related("intake__call__programme").order_by("pk")
    )
    for reviewing in timed:
        if to := reviewing.times.next(reviewing.state, now, reviewing.moved_at):
            _move(reviewing.intake, to)
        elif reviewing.is_scored and reviewing.times.reminds(now):
            _remind(reviewing)
        if reviewing.intake.closes > now and reviewing.times.too_early(reviewing.intake.closing):
            _tell_moved(reviewing.intake)


def _move(intake: Intake, to: str) -> None:
    """What stands against it is told to those who can mend it; then they begin by hand, or the next round does."""
    try:
        DEEDS[to](intake, by=None)
    except Refused as refused:
        logger.info("The review of intake %s does not move on: %s", intake.pk, refused.code)
        _tell_those_who_run("stuck", intake, key=f"{intake.pk}:{to}:{refused.code}", why=refused)


def _tell_moved(intake: Intake) -> None:
    """Calls know nothing of reviews, so whoever moves a closing past the review is told here, once for each closing."""
    _tell_those_who_run("too_early", intake, key=f"{intake.pk}:{intake.closing.told}", intake=intake)


def _tell_those_who_run(kind: str, of: Intake, *, key: str, **told: object) -> None:
    programme = of.programme
    runs = Role.objects.current().filter(programme=programme.pk, role__in=Role.RUNS).select_related("person")
    for person in {role.person for role in runs}:
        tell(f"reviews/notices/{kind}", person, key=key, scope=programme.pk, programme=programme, **told)


def _remind(reviewing: Reviewing) -> None:
    """Those who have not sent everything, once for each day that it is due."""
    due = reviewing.times.due
    if due is None:
        return
    for person, left in behind(reviewing).items():
        tell(
            "reviews/notices/due",
            person,
            key=f"{reviewing.pk}:{due.told}",
            scope=reviewing.intake.call.programme_id,
            programme=reviewing.intake.programme,
            due=due,
            left=left,
        )


def behind(reviewing: Reviewing) -> dict[Person, int]:
    """Who has how much still to send, by what each of them may read now: what they are tied to is nowhere counted."""
    current = Assignment.objects.current().filter(application__intake=reviewing.intake)
    asked = Person.objects.filter(pk__in=current.exclude(review__state=Review.State.SENT).values("person"))
    left = Counter[UUID]()
    for person in asked:
        open_ones = Assignment.objects.read_by(person).filter(application__intake=reviewing.intake)
        left[person.pk] = open_ones.exclude(review__state=Review.State.SENT).count()
    return {person: left[person.pk] for person in asked.order_by("pk") if left[person.pk]}
