from typing import ClassVar, Self
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import models

from rihma.base.apps import Area
from rihma.base.ids import new_id


class Chain(models.Model):
    """The end of one programme's chain. Its row is the lock that gives events their order."""

    scope = models.UUIDField(primary_key=True)
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return f"{self.scope} #{self.length}"


class EventQuerySet(models.QuerySet["Event"]):
    def of_thread(self, thread: UUID) -> Self:
        return self.filter(thread=thread)

    def latest_first(self) -> Self:
        return self.select_related("by").order_by("-at", "-number")


class Event(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    scope = models.UUIDField()
    number = models.PositiveBigIntegerField()
    thread = models.UUIDField(null=True, blank=True, db_index=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # The doer's id outlives the person's row, so that erasing somebody leaves the chain valid.
    by_id_then = models.UUIDField(null=True, blank=True)
    area = models.CharField(max_length=40)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=100)
    data = models.JSONField(default=dict)
    before = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["scope", "number"], name="one_event_a_number")]
        indexes: ClassVar = [models.Index(fields=["scope", "-at"])]

    def __str__(self) -> str:
        return f"{self.area}.{self.verb} {self.subject}"

    @property
    def sentence(self) -> str:
        """As people read it; the area that recorded the event declares the words."""
        area = apps.get_app_config(self.area)
        if not isinstance(area, Area):
            return self.verb
        return str(area.events[self.verb]) % {"by": self.by or "–", **area.facts(self.data)}
