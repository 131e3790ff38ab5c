from typing import ClassVar

from django.db import models

from rihma.applications.models.application import Application
from rihma.challenges.models import Challenge


class Uptake(models.Model):
    """A challenge that an application answers, by what arrived of it: as a row, so that lists and conflicts can ask."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="uptakes")
    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="uptakes")
    # 1 is the first choice, because a limit of teams for each challenge counts only that.
    place = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "challenge"], name="one_uptake_a_challenge"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.challenge_id}"
