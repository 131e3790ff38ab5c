from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rihma.applications.models import Application
from rihma.base import clock
from rihma.base.ids import new_id
from rihma.base.places import address
from rihma.base.reach import Reach
from rihma.calls.models import Intake
from rihma.challenges.models import Challenge
from rihma.programmes.models import Role, Theme
from rihma.reviews.rules import phases
from rihma.reviews.ties import TIED

if TYPE_CHECKING:
    from rihma.accounts.models import Person


# Applications that a person must not meet: said by themselves, or found by rule (`ties.py`).
BARRED = Reach(
    lambda person: Application.objects.filter(
        models.Q(pk__in=Conflict.objects.standing().filter(person=person).values("application"))
        | models.Q(pk__in=TIED(person))
    ).values("pk")
)
JUDGED = Reach(
    lambda person: Role.objects.filter(person=person, role=Role.Kind.JUROR, ended_at=None).values("programme")
)


class Reviewing(models.Model):
    """How the applications of one intake are read. Public with the call once it is set."""

    class State(models.TextChoices):
        PREPARING = "preparing", _("Being prepared")
        READING = "reading", _("Jurors read")
        DISCUSSING = "discussing", _("Jurors talk")
        CLOSED = "closed", _("Reviewed")

    class AfterDue(models.TextChoices):
        MARK = phases.MARK, _("They are taken, and marked as late")
        REFUSE = phases.REFUSE, _("They are refused")

    intake = models.OneToOneField(Intake, on_delete=models.CASCADE, related_name="reviewing")
    state = models.CharField(max_length=10, choices=State, default=State.PREPARING)
    # how many jurors read each application
    readers = models.PositiveSmallIntegerField(default=2)
    # names of people and organisations are kept from jurors
    blind = models.BooleanField(default=False)
    # Whoever acts for an organisation of the same family is in conflict too; where not, why.
    families = models.BooleanField(default=True)
    why_no_families = models.TextField(blank=True)
    # Off, because whoever posted a challenge, or works for whom it is, would choose for themselves.
    posters_read = models.BooleanField(default=False)
    # Whether a juror who knows some challenges must get answers to no others, rather than these first.
    only_known = models.BooleanField(default=False)
    # The criteria as they stood when reading began: everybody is read by one measure, whatever becomes of the call.
    criteria = models.JSONField(default=list, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # As people wrote them, because summer time may move the instant (`times`).
    opens_on = models.DateField(null=True, blank=True)
    opens_at = models.TimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    due_at = models.TimeField(null=True, blank=True)
    talk_on = models.DateField(null=True, blank=True)
    talk_at = models.TimeField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    ends_at = models.TimeField(null=True, blank=True)
    after_due = models.CharField(max_length=6, choices=AfterDue, default=AfterDue.MARK)
    # When it came to be as it is, so that the clock undoes nothing that a person did after its moment.
    moved_at = models.DateTimeField(null=True, blank=True)

    FACTS: ClassVar = (
        "readers",
        "blind",
        "families",
        "why_no_families",
        "posters_read",
        "only_known",
        *phases.NAMES,
        "after_due",
    )

    def __str__(self) -> str:
        return str(self.intake)

    @property
    def times(self) -> phases.Timetable:
        return phases.Timetable.of(self, self.intake.programme.zone)

    @property
    def is_scored(self) -> bool:
        """Whether scores can be given now, by what those who run it have begun."""
        return self.state in phases.SCORED

    def is_too_late(self, review: "Review") -> bool:
        return phases.is_too_late(
            self.times, self.after_due, clock.now(), state=self.state, sent_before=review.first_scores is not None
        )


# States in which jurors see what is theirs, so that nobody reads before the others.
SHOWN = (Reviewing.State.READING, Reviewing.State.DISCUSSING, Reviewing.State.CLOSED)


class Juror(models.Model):
    """What somebody who reads can read: languages, themes, and how much."""

    reviewing = models.ForeignKey(Reviewing, on_delete=models.CASCADE, related_name="jurors")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    languages = models.JSONField(default=list)
    themes = models.ManyToManyField(Theme, blank=True, related_name="+")
    challenges = models.ManyToManyField(Challenge, blank=True, related_name="+")
    # None is as many as fall to them
    most = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reviewing", "person"], name="one_juror_a_person"),
        ]

    def __str__(self) -> str:
        return str(self.person)


class ConflictQuerySet(models.QuerySet["Conflict"]):
    def standing(self) -> Self:
        return self.filter(lifted_at=None)


class Conflict(models.Model):
    """What a juror said of themselves. Conflicts found by rule are no rows: they are asked anew each time."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="conflicts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reason = models.TextField(blank=True)
    declared_at = models.DateTimeField(default=clock.now)
    # Set when those who run the programme found that it was none, with why.
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_because = models.TextField(blank=True)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "person"], condition=models.Q(lifted_at=None), name="one_standing_conflict"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.application_id}"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def current(self) -> Self:
        return self.filter(ended_at=None)

    def read_by(self, person: "Person | None") -> Self:
        """What lies before a juror. Everything they meet of applications starts here, so a conflict hides it all."""
        if person is None:
            return self.none()
        return (
            self.current()
            .filter(
                person=person,
                application__state=Application.State.SUBMITTED,
                application__call__programme__in=JUDGED(person.pk),
                application__intake__reviewing__state__in=SHOWN,
            )
            .exclude(application__in=BARRED(person.pk))
        )


class Assignment(models.Model):
    """One juror reads one application. Ended, never deleted: whose scores counted until when stays known."""

    class Ending(models.TextChoices):
        CONFLICT = "conflict", _("Conflict of interest")
        RELEASED = "released", _("Taken back")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="assignments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # why this juror, as codes with values (`rules.choosing.in_words`)
    because = models.JSONField(default=list, blank=True)
    by_hand = models.BooleanField(default=False)
    assigned_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["assigned_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "person"], condition=models.Q(ended_at=None), name="one_reading_a_juror"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.application_id}"

    def get_absolute_url(self) -> str:
        return address("reviews:review", self.pk)


class Review(models.Model):
    """What one juror found. A draft is its writer's own."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft, not yet sent")
        SENT = "sent", _("Sent")

    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="review")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    # criterion → 1–5, and criterion → the reason in the juror's own words
    scores = models.JSONField(default=dict, blank=True)
    reasons = models.JSONField(default=dict, blank=True)
    overall = models.TextField(blank=True)
    # goes up with each save, so that a page that was left open does not overwrite a newer one
    version = models.PositiveIntegerField(default=0)
    # which version of the application it is about: that may be sent anew while the call is open
    about = models.PositiveSmallIntegerField(default=1)
    saved_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    # first sent after reading was due; kept, so that a day that is set later changes nothing
    late = models.BooleanField(default=False)
    # What was sent before anybody had talked: what discussion changed stays known.
    first_scores = models.JSONField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.assignment)


class Remark(models.Model):
    """Said about one application among its readers and those who run the programme."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="remarks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.by_id}: {self.application_id}"
