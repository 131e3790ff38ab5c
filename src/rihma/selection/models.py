from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rihma.applications.models import Application
from rihma.base import clock
from rihma.calls.models import Call


class Decision(models.Model):
    """One a submitted application. Before the announcement only those who run the programme know it."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        RESERVE = "reserve", _("Reserve place")
        DECLINED = "declined", _("Not accepted")

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(outcome="accepted") | ~models.Q(reason=""), name="no_refusal_without_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.outcome}"


class Announcement(models.Model):
    """The moment at which everybody was told. There is one a call."""

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="announcement")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # why more teams were taken than the call offered places for
    over_places_because = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.call} {self.at:%Y-%m-%d}"
