from typing import ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from rihma.base import clock
from rihma.base.ids import new_id
from rihma.canvases.models import Canvas, Item
from rihma.facilitation import rules


class VoteQuerySet(models.QuerySet["Vote"]):
    def open(self) -> Self:
        return self.filter(state=Vote.State.OPEN)

    def counted(self) -> Self:
        """With how many have laid a dot."""
        return self.annotate(voters=Coalesce("brought_in_voters", models.Count("dots__voter", distinct=True)))

    def newest_first(self) -> Self:
        """The one that is open, then those that began last."""
        return self.order_by(models.Case(models.When(state=Vote.State.OPEN, then=0), default=1), "-opened_at")


class Vote(models.Model):
    """One round in which everybody lays dots, at most `most` on one item, in some zones (none: in all).

    Its row is the lock under which dots are counted.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    class Results(models.TextChoices):
        AT_ONCE = "at_once", _("at once")
        WHEN_CLOSED = "when_closed", _("when the vote is closed")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    canvas = models.ForeignKey(Canvas, on_delete=models.CASCADE, related_name="votes", db_index=False)
    title = models.CharField(max_length=rules.LONGEST_TITLE, blank=True)
    budget = models.PositiveSmallIntegerField()
    most = models.PositiveSmallIntegerField()
    results = models.CharField(max_length=12, choices=Results, default=Results.WHEN_CLOSED)
    zones = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    # Of a vote that came from a file only results are known, and this is how many laid dots there.
    brought_in_voters = models.PositiveSmallIntegerField(null=True, blank=True)

    voters: int  # only where `counted` was asked for, since counting costs

    objects = VoteQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-opened_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["canvas"], condition=models.Q(state="open"), name="one_open_vote_a_canvas"),
        ]
        indexes: ClassVar = [models.Index(fields=["canvas", "-opened_at"])]

    def __str__(self) -> str:
        return self.title or str(_("Vote"))

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_brought_in(self) -> bool:
        return self.brought_in_voters is not None

    @property
    def shows_results(self) -> bool:
        return not self.is_open or self.results == self.Results.AT_ONCE


class Dots(models.Model):
    """What somebody laid on one item. Who is kept as a digest; a random key and no time, so that no order tells it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="dots", db_index=False)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+")
    voter = models.CharField(max_length=64)
    count = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name_plural = "dots"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["vote", "voter", "item"], name="one_row_a_voter_and_item")
        ]

    def __str__(self) -> str:
        return str(self.count)


class Timer(models.Model):
    """Counts down to one moment, the same for everybody."""

    canvas = models.OneToOneField(Canvas, primary_key=True, on_delete=models.CASCADE, related_name="timer")
    what_for = models.CharField(max_length=rules.LONGEST_TITLE, blank=True)
    ends_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return self.what_for or f"{self.ends_at:%H:%M}"


class Focus(models.Model):
    """Which zone everybody is asked to look at, by whom and since when."""

    canvas = models.OneToOneField(Canvas, primary_key=True, on_delete=models.CASCADE, related_name="focus")
    zone = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "focuses"

    def __str__(self) -> str:
        return self.zone
