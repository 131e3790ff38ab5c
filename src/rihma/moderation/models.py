from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from rihma.attachments.models import Attachment
from rihma.base import clock
from rihma.base.ids import new_id
from rihma.canvases.models import Canvas, Item
from rihma.guests.models import Guest
from rihma.moderation import rules
from rihma.programmes.models import Programme
from rihma.talk.models import Comment

if TYPE_CHECKING:
    from uuid import UUID

    from rihma.accounts.models import Person
    from rihma.moderation.things import Thing


class FlagQuerySet(models.QuerySet["Flag"]):
    def decided_by(self, person: "Person | None") -> Self:
        """Those that the person may look at and decide."""
        return self.filter(canvas__in=Canvas.objects.run_by(person).values("pk"))

    def waiting(self) -> Self:
        return self.filter(state=Flag.State.OPEN)

    def by_whom(self, who: "Person | Guest") -> Self:
        return self.filter(guest=who) if isinstance(who, Guest) else self.filter(by=who)

    def on_words_of(self, writer: "Person | Guest") -> Self:
        """Where what was flagged is somebody's."""
        name = "guest" if isinstance(writer, Guest) else "by"
        places = [models.Q(**{f"{what}__{name}": writer}) for what in Flag.What.values]
        return self.filter(places[0] | places[1] | places[2])

    def beside(self, item: "UUID") -> Self:
        """On what stands at an item and goes with it."""
        return self.filter(models.Q(comment__item=item) | models.Q(file__item=item))

    def at(self, item: "UUID") -> Self:
        return self.filter(models.Q(item=item) | models.Q(comment__item=item) | models.Q(file__item=item))


class Flag(models.Model):
    """Somebody asked to have an item, a comment or a file looked at. What it says is never copied here."""

    class What(models.TextChoices):
        ITEM = "item", _("Item")
        COMMENT = "comment", _("Comment")
        FILE = "file", _("File")

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
    what = models.CharField(max_length=10, choices=What, default=What.ITEM)
    # One of these three; none once a file is gone, since nothing of it is kept.
    item = models.ForeignKey(Item, null=True, blank=True, on_delete=models.CASCADE, related_name="flags")
    comment = models.ForeignKey(Comment, null=True, blank=True, on_delete=models.CASCADE, related_name="flags")
    file = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.SET_NULL, related_name="flags")
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
            models.UniqueConstraint(fields=["item"], condition=models.Q(state="open"), name="one_open_flag_an_item"),
            models.UniqueConstraint(
                fields=["comment"], condition=models.Q(state="open"), name="one_open_flag_a_comment"
            ),
            models.UniqueConstraint(fields=["file"], condition=models.Q(state="open"), name="one_open_flag_a_file"),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.state}"

    @property
    def thing(self) -> "Thing | None":
        return self.item or self.comment or self.file

    @property
    def flagger(self) -> "Person | Guest | None":
        return self.by or self.guest


class Erasure(models.Model):
    """Words went for good, without a flag. How much it was is kept; neither what nor whose."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="erasures")
    canvas = models.ForeignKey(Canvas, null=True, blank=True, on_delete=models.CASCADE, related_name="erasures")
    reason = models.CharField(max_length=10, choices=Flag.Reason)
    items = models.PositiveIntegerField()
    # comments and files, which are no items
    others = models.PositiveIntegerField(default=0)
    put_back = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="erasures"
    )
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return f"{self.reason}: {self.items}"

    @property
    def how_much(self) -> str:
        items = ngettext("%(count)s item", "%(count)s items", self.items) % {"count": self.items}
        others = ngettext("%(count)s comment, file or letter", "%(count)s comments, files and letters", self.others)
        said = [items] if self.items or not self.others else []
        return ", ".join([*said, others % {"count": self.others}] if self.others else said)
