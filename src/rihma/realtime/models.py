from django.db import models

from rihma.base import clock


class Ticket(models.Model):
    """Lets one browser open one socket once, within seconds. Kept as a digest."""

    digest = models.CharField(max_length=64, primary_key=True)
    key = models.CharField(max_length=80)
    # who asks, as the area of the key writes it; and the session it ends with, "" where there is none
    doer = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    is_guest = models.BooleanField(default=False)
    session = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(default=clock.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.key} {self.doer}"
