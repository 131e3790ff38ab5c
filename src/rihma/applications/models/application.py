from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rihma.base import clock
from rihma.base.ids import new_id
from rihma.base.places import address
from rihma.calls.models import Call, Intake
from rihma.calls.rules import FULL, IDEA
from rihma.programmes.models import RUN
from rihma.teams.models import PLACES, Team

if TYPE_CHECKING:
    from rihma.accounts.models import Person


class ApplicationQuerySet(models.QuerySet["Application"]):
    def written_by(self, person: "Person | None") -> Self:
        """Those whose team the person has confirmed a place in."""
        return self.filter(team__in=PLACES(person.pk)) if person else self.none()

    def read_by(self, person: "Person | None") -> Self:
        """Own ones, and what was submitted to calls of programmes the person runs. A draft is its writers' own."""
        if person is None:
            return self.none()
        handled = models.Q(call__programme__in=RUN(person.pk)) & ~models.Q(state="draft")
        return self.filter(handled | models.Q(team__in=PLACES(person.pk)))

    def handled_by(self, person: "Person | None") -> Self:
        """What was submitted to calls of programmes that the person runs."""
        return self.filter(call__programme__in=RUN(person.pk)).exclude(state="draft") if person else self.none()


class Application(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", _("Draft, not yet submitted")
        SUBMITTED = "submitted", _("Submitted")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        MERGED = "merged", _("Merged with another")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    # None until it has been submitted, because only what arrives counts for a cut-off.
    intake = models.ForeignKey(
        Intake, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="applications"
    )
    team = models.OneToOneField(Team, on_delete=models.PROTECT, related_name="application")
    # In a call of two stages the idea before it: another row, so that what was decided on stays as it was.
    continues = models.OneToOneField(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="continued_by"
    )
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    # question key → answer
    answers = models.JSONField(default=dict, blank=True)
    # what it has arrived with that counts; None until it has been submitted
    receipt = models.OneToOneField(
        "Receipt", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    # field → what is written since it was submitted, and not submitted itself: those who read it see what arrived
    edits = models.JSONField(default=dict, blank=True)
    # goes up with each save
    version = models.PositiveIntegerField(default=0)
    # field → the version that last changed it and which open page did, so that another page can ask for what is newer
    written = models.JSONField(default=dict, blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=clock.now)
    saved_at = models.DateTimeField(default=clock.now)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["started_at"]

    def __str__(self) -> str:
        return str(self.team)

    def get_absolute_url(self) -> str:
        return address("applications:application", self.pk)

    @property
    def arrived(self) -> "Receipt":
        """The receipt, where it is known to have been submitted."""
        if self.receipt is None:
            raise LookupError(f"nothing has arrived of {self.pk}")
        return self.receipt

    @property
    def counts_for(self) -> Intake:
        """The cut-off, where it is known to have been submitted."""
        if self.intake is None:
            raise LookupError(f"nothing has arrived of {self.pk}")
        self.intake.call = self.call
        return self.intake

    @property
    def stage(self) -> str:
        """`idea` or `full`, in a call that has two stages."""
        return "" if not self.call.is_staged else FULL if self.continues_id else IDEA

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


class Receipt(models.Model):
    """What arrived, when, as the server's clock said. Written once, never changed.

    An application that is submitted anew keeps its number and gets a receipt for each version.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="receipts")
    number = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField(default=1)
    received_at = models.DateTimeField()
    late_seconds = models.PositiveIntegerField(default=0)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number", "version"], name="one_receipt_a_version"),
            models.UniqueConstraint(fields=["application", "version"], name="versions_are_counted"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def late_by(self) -> timedelta:
        return timedelta(seconds=self.late_seconds)
