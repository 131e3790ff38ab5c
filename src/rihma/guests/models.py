from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rihma.base import clock
from rihma.base.ids import new_id


class LinkQuerySet(models.QuerySet["Link"]):
    def open_at(self, now: datetime) -> Self:
        """Those by which somebody new can come in."""
        return self.valid_at(now).filter(closed_at=None)

    def valid_at(self, now: datetime) -> Self:
        """Those whose guests are still in."""
        return self.filter(revoked_at=None, ends_at__gt=now)


class Link(models.Model):
    """Opens one thing in one role. Secret and code are kept as digests only."""

    class Role(models.TextChoices):
        WRITER = "writer", _("may write")
        READER = "reader", _("may read")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # what it opens, as the area that owns the thing names it: "canvases:<id>"
    key = models.CharField(max_length=80, db_index=True)
    # the programme, so that every row reaches exactly one
    scope = models.UUIDField()
    role = models.CharField(max_length=10, choices=Role, default=Role.WRITER)
    digest = models.CharField(max_length=64)
    code_digest = models.CharField(max_length=64, unique=True)
    # guests of an anonymous link get a name that tells nothing, and are not known again
    is_anonymous = models.BooleanField(default=False)
    most = models.PositiveSmallIntegerField(default=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="guest_links")
    made_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.key} {self.role}"


class GuestQuerySet(models.QuerySet["Guest"]):
    def valid_at(self, now: datetime) -> Self:
        return self.filter(link__in=Link.objects.valid_at(now).values("pk"))


class Guest(models.Model):
    """Somebody on one device. The cookie's secret is kept as a digest; an account may take the guest over."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="guests")
    name = models.CharField(max_length=60, blank=True)
    # the how manieth came by this link: what somebody without a name is called
    number = models.PositiveIntegerField(default=0)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default="fi")
    digest = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="guests"
    )
    came_at = models.DateTimeField(default=clock.now)

    objects = GuestQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name or _("Guest %(number)s") % {"number": self.number}


class WrongCode(models.Model):
    """A code that opens nothing was typed; `place` is a digest of where."""

    place = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
