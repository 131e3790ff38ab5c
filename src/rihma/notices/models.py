from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rihma.base import clock
from rihma.base.ids import new_id
from rihma.notices import rules


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: datetime) -> Self:
        return self.filter(state=Message.State.QUEUED, send_after__lte=now).order_by("send_after", "queued_at")

    def that_may_become(self, state: rules.State) -> Self:
        """An update of these moves each message along `rules.MOVES` or not at all, whoever else is at work on it."""
        return self.filter(state__in=rules.before(state))


class Message(models.Model):
    class State(models.TextChoices):
        QUEUED = rules.State.QUEUED.value, _("waiting")
        SENDING = rules.State.SENDING.value, _("being sent")
        SENT = rules.State.SENT.value, _("sent")
        FAILED = rules.State.FAILED.value, _("not delivered")
        # Never sent again, because nobody knows whether the mail server took it.
        UNSURE = rules.State.UNSURE.value, _("perhaps sent")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=100)
    key = models.CharField(max_length=200)
    scope = models.UUIDField(null=True, blank=True, db_index=True)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="messages"
    )
    # Needed where there is no person yet: somebody who is about to sign in for the first time.
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=5)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    queued_at = models.DateTimeField(default=clock.now)
    send_after = models.DateTimeField(default=clock.now)
    # A sign-in code opens a door, so the text goes once it was sent or this moment, after which it is of no use, has passed.
    good_until = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "to", "key"], name="told_once")]
        indexes: ClassVar = [models.Index(fields=["state", "send_after"])]

    def __str__(self) -> str:
        return f"{self.kind} → {self.to_id or self.address} ({self.state})"

    @property
    def recipient(self) -> str:
        """A person's address of today, even if they changed it after the message was written."""
        return self.to.email if self.to else self.address
