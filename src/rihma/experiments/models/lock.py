from typing import ClassVar

from django.conf import settings
from django.db import models

from rihma.experiments.models.experiment import Experiment
from rihma.experiments.rules.verdicts import Measure

PERSON = settings.AUTH_USER_MODEL


class PlanVersion(models.Model):
    """The plan as it was locked. Written once, never changed; number 1 is the lock itself."""

    experiment = models.ForeignKey(Experiment, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    plan = models.JSONField()
    digest = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    # how many observations were known when this version was written
    observations_then = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["experiment", "number"], name="one_plan_version_a_number")
        ]

    def __str__(self) -> str:
        return f"#{self.number} {self.digest[:8]}"

    @property
    def measure(self) -> Measure:
        return Measure.of_record(self.plan)
