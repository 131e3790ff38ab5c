from typing import ClassVar

from django.conf import settings
from django.db import models

from rihma.applications.models.application import Receipt
from rihma.base import clock


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
