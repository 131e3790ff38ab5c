from datetime import datetime
from typing import Self

from django.db import models

from rihma.base import clock


class WorkerQuerySet(models.QuerySet["Worker"]):
    def silent_since(self, moment: datetime) -> Self:
        return self.filter(beat_at__lt=moment)

    def heard_since(self, moment: datetime) -> Self:
        return self.filter(beat_at__gte=moment)


class Worker(models.Model):
    """A thread that does the background jobs. While it lives it says so; a job of a silent one is taken back."""

    id = models.CharField(primary_key=True, max_length=64)
    started_at = models.DateTimeField(default=clock.now)
    beat_at = models.DateTimeField(default=clock.now)

    objects = WorkerQuerySet.as_manager()

    def __str__(self) -> str:
        return self.id


class Probe(models.Model):
    """One row, written to see whether the database still takes writes."""

    written_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.written_at:%H:%M:%S}"


class Watch(models.Model):
    """One row: when all was last well, as `/readyz` tells it."""

    well_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.well_at:%H:%M:%S}"


class Outage(models.Model):
    """A stretch of time in which the service could not be used."""

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.began_at} – {self.ended_at}"


class Sent(models.Model):
    """A form that a browser sent, known by a digest, and where its answer led, which only the form itself can open."""

    key = models.CharField(primary_key=True, max_length=64)
    at = models.DateTimeField(db_index=True)
    # empty as long as it is being done
    led_to = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.key
