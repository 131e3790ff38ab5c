from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rihma.base import clock
from rihma.base.ids import new_id
from rihma.base.places import address
from rihma.webhooks import rules
from rihma.webhooks.home import home

if TYPE_CHECKING:
    from rihma.accounts.models import Person


class EndpointQuerySet(models.QuerySet["Endpoint"]):
    def run_by(self, person: "Person") -> Self:
        """Those of programmes that the person runs."""
        return self.filter(scope__in=home().run_by(person))

    def told(self, scope: UUID, kind: str) -> "list[Endpoint]":
        """Those of one programme that want to hear of it."""
        return [one for one in self.filter(scope=scope, is_on=True) if kind in one.types]


class Endpoint(models.Model):
    """A program elsewhere that a programme tells what happens. Its secret is nowhere in the database."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # the programme
    scope = models.UUIDField(db_index=True)
    address = models.CharField(max_length=500)
    types = models.JSONField(default=list)
    is_on = models.BooleanField(default=True)
    # by itself, because nobody took anything for days
    stopped_at = models.DateTimeField(null=True, blank=True)
    # nothing was taken since then; empty while all is well
    failing_since = models.DateTimeField(null=True, blank=True)
    generation = models.PositiveIntegerField(default=1)
    renewed_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = EndpointQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["made_at"]

    def __str__(self) -> str:
        return urlsplit(self.address).hostname or self.address

    def get_absolute_url(self) -> str:
        return address("webhooks:endpoint", self.pk)

    @property
    def facts(self) -> dict[str, object]:
        return {"address": self.address, "types": self.types}

    @property
    def stands(self) -> str:
        """As `base/parts.py` draws it."""
        if not self.is_on:
            return "stopped" if self.stopped_at else "paused"
        return "failing" if self.failing_since else "working"


class Occurrence(models.Model):
    """What happened, in the very words that are signed, the same for every endpoint and at every try."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    scope = models.UUIDField(db_index=True)
    type = models.CharField(max_length=60)
    at = models.DateTimeField(default=clock.now)
    body = models.TextField()

    def __str__(self) -> str:
        return f"{self.type} {rules.name_of(self.pk)}"

    @property
    def name(self) -> str:
        return rules.name_of(self.pk)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, now: datetime) -> Self:
        waiting = self.filter(state=rules.State.WAITING, next_at__lte=now, endpoint__is_on=True)
        return waiting.select_related("endpoint", "occurrence").order_by("next_at", "pk")

    def that_may_become(self, state: rules.State) -> Self:
        """An update of these moves each delivery along `rules.MOVES` or not at all, whoever else is at work on it."""
        return self.filter(state__in=rules.before(state))

    def run_by(self, person: "Person") -> Self:
        return self.filter(endpoint__in=Endpoint.objects.run_by(person))


class Delivery(models.Model):
    class State(models.TextChoices):
        WAITING = rules.State.WAITING.value, _("waiting")
        SENDING = rules.State.SENDING.value, _("being sent")
        DELIVERED = rules.State.DELIVERED.value, _("delivered")
        FAILED = rules.State.FAILED.value, _("not delivered")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    occurrence = models.ForeignKey(Occurrence, on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=clock.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    error = models.CharField(max_length=40, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["endpoint", "occurrence"], name="one_delivery_each")]
        indexes: ClassVar = [models.Index(fields=["state", "next_at"])]

    def __str__(self) -> str:
        return f"{self.occurrence_id} → {self.endpoint_id} ({self.state})"
