from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rihma.base import clock
from rihma.base.ids import new_id
from rihma.canvases.models import Canvas, Item
from rihma.guests.models import Guest
from rihma.moderation import rules
from rihma.programmes.models import Programme

if TYPE_CHECKING:
    from rihma.accounts.models import Person


class FlagQuerySet(models.QuerySet["Flag"]):
    def decided_by(self, person: "Person | None") -> Self:
        """Those that the person may look at and decide."""
        return self.filter(canvas__in=Canvas.objects.run_by(person).values("pk"))

    def waiting(self) -> Self:
        return self.filter(state=Flag.State.OPEN)

    def by_whom(self, who: "Person | Guest") -> Self:
        return self.filter(guest=who) if isinstance(who, Guest) else self.filter(by=who)


class Flag(models.Model):
    """Somebody asked to have an item looked at. What the item says is never copied here."""

    class State(models.TextChoices):
        OPEN = "open", _("Waits")
        SHOWN = "shown", _("Shown again")
        ERASED = "erased", _("Erased")

    class Reason(models.TextChoices):
        PRIVATE = "private", _("Tells of somebody's health or private life")
        HURTFUL = "hurtful", _("Insults or threatens")
        SECRET = "secret", _("Should not be known outside")
        OTHER = "other", _("Something else")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    canvas = models.ForeignKey(Canvas, on_delete=models.CASCADE, related_name="flags")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="flags")
    reason = models.CharField(max_length=10, choices=Reason)
    words = models.CharField(max_length=rules.LONGEST_WORDS, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="flags"
    )
    guest = models.ForeignKey(Guest, null=True, blank=True, on_delete=models.SET_NULL, related_name="flags")
    at = models.DateTimeField(default=clock.now)
    decision = models.CharField(max_length=rules.LONGEST_WORDS, blank=True)
    decider = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = FlagQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item"], condition=models.Q(state="open"), name="one_open_flag_an_item")
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.state}"

    @property
    def flagger(self) -> "Person | Guest | None":
        return self.by or self.guest


class Erasure(models.Model):
    """Words went for good, without a flag. How much it was is kept; neither what nor whose."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="erasures")
    canvas = models.ForeignKey(Canvas, null=True, blank=True, on_delete=models.CASCADE, related_name="erasures")
    reason = models.CharField(max_length=10, choices=Flag.Reason)
    items = models.PositiveIntegerField()
    put_back = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="erasures"
    )
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return f"{self.reason}: {self.items}"
