from typing import ClassVar

from django.conf import settings
from django.db import models

from rihma.applications.models.application import Application, Receipt
from rihma.base import clock
from rihma.calls.models import Call
from rihma.calls.rules import Moment


class Judgement(models.Model):
    """What those who run the programme decided about something that arrived late, and why. The newest counts."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="judgements")
    admitted = models.BooleanField()
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.receipt}: {self.admitted}"


class Completion(models.Model):
    """What a submitted application was asked to complete, until when, and what arrived for it."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="completions")
    what = models.TextField()
    # names of the fields that may be changed for it
    fields = models.JSONField(default=list)
    # by the clock of the programme's zone
    due_on = models.DateField()
    due_at = models.TimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    receipt = models.OneToOneField(Receipt, null=True, blank=True, on_delete=models.PROTECT, related_name="completion")

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(receipt=None), name="one_completion_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.due_on}"

    @property
    def due(self) -> Moment:
        return Moment(self.due_on, self.due_at, self.application.call.programme.zone)


class AccessCode(models.Model):
    """Lets one application arrive after the closing as if in time: an exception that somebody granted, and why."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="access_codes")
    # of the code, which is shown once and kept nowhere
    digest = models.CharField(max_length=64, unique=True)
    reason = models.TextField()
    due_on = models.DateField()
    due_at = models.TimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    used_at = models.DateTimeField(null=True, blank=True)
    application = models.OneToOneField(
        Application, null=True, blank=True, on_delete=models.PROTECT, related_name="access_code"
    )

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.call}: {self.due_on}"

    @property
    def due(self) -> Moment:
        return Moment(self.due_on, self.due_at, self.call.programme.zone)
