from typing import ClassVar

from django.conf import settings
from django.db import models

from rihma.applications.models.application import Application


class Writer(models.Model):
    """Who has which field of an application before them just now. Of use for seconds only."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="writers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    field = models.CharField(max_length=60, blank=True)
    until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "person"], name="one_field_at_a_time"),
        ]

    def __str__(self) -> str:
        return str(self.person)
