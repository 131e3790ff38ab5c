from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.base import clock
from rihma.base.refused import Refused
from rihma.history.actions import record
from rihma.reviews import queries
from rihma.reviews.models import Assignment, Remark, Review, Reviewing
from rihma.reviews.rules import reading
from rihma.reviews.talking import talks


@transaction.atomic
def save(
    assignment: Assignment,
    *,
    version: int,
    scores: Mapping[str, int],
    reasons: Mapping[str, str],
    overall: str = "",
    by: Person,
) -> Review:
    """Keep the draft as it is, whole or not. `version` names the one that the page was filled from."""
    review, reviewing = _own(assignment, by)
    late = reviewing.is_too_late(review)
    reading.check_may_save(reviewing.state, review.state, version=version, newest=review.version, too_late=late)
    reading.check_scores(queries.criteria_of(reviewing), scores, reasons, overall)
    review.scores, review.reasons, review.overall = dict(scores), dict(reasons), overall
    review.about = review.assignment.application.arrived.version
    review.version += 1
    review.saved_at = clock.now()
    review.save(update_fields=["scores", "reasons", "overall", "about", "version", "saved_at"])
    return review


@transaction.atomic
def send(assignment: Assignment, *, by: Person) -> Review:
    """From now on it counts, and those who run the programme read it."""
    review, reviewing = _own(assignment, by)
    criteria = queries.criteria_of(reviewing)
    lacking = reading.lacking(criteria, review.scores, review.reasons, review.overall)
    reading.check_may_send(reviewing.state, review.state, lacking, too_late=reviewing.is_too_late(review))
    review.state, review.sent_at = Review.State.SENT, clock.now()
    if review.first_scores is None:
        review.first_scores = review.scores
        review.late = reviewing.times.is_past_due(review.sent_at)
    review.save(update_fields=["state", "sent_at", "first_scores", "late"])
    record(review, "sent", scope=reviewing.intake.call.programme_id, by=by)
    return review


@transaction.atomic
def reopen(assignment: Assignment, *, by: Person) -> Review:
    """A draft again: it does not count until it is sent anew. What was sent first stays known."""
    review, reviewing = _own(assignment, by)
    reading.check_may_reopen(reviewing.state, review.state, too_late=reviewing.is_too_late(review))
    review.state, review.sent_at = Review.State.DRAFT, None
    review.save(update_fields=["state", "sent_at"])
    record(review, "reopened", scope=reviewing.intake.call.programme_id, by=by)
    return review


@transaction.atomic
def remark(application: Application, text: str, *, by: Person) -> Remark:
    """Said to the other readers, once each has judged alone, and to those who run the programme."""
    runs = application.call.programme.is_run_by(by)
    reading.check_may_remark(is_open=runs or talks(application, by))
    return Remark.objects.create(application=application, text=text.strip(), by=by, at=clock.now())


def _own(assignment: Assignment, by: Person) -> tuple[Review, Reviewing]:
    """Looked up anew under the lock: a conflict may have come between the page and its saving."""
    found = Assignment.objects.read_by(by).select_for_update(of=("self",)).filter(pk=assignment.pk)
    fresh = found.select_related(
        "application__receipt", "application__call__programme", "application__intake__reviewing"
    ).first()
    if fresh is None:
        raise Refused("gone", _("This application is no longer yours to read. Nothing of it was saved."))
    review, _new = Review.objects.get_or_create(assignment=fresh)
    review.assignment = fresh
    return review, fresh.application.counts_for.reviewing
