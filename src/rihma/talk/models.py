from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from rihma.base import clock
from rihma.base.ids import new_id
from rihma.canvases.models import Item
from rihma.guests.models import Guest

if TYPE_CHECKING:
    from rihma.accounts.models import Person
    from rihma.canvases.models import Canvas


class CommentQuerySet(models.QuerySet["Comment"]):
    def standing(self) -> Self:
        """Those that have not been removed."""
        return self.filter(removed_at=None)

    def read_on(self, canvas: "Canvas") -> Self:
        """Those under words that can be read; not under what was flagged or erased, since they may say it again."""
        under = self.filter(item__canvas=canvas, item__hidden=False).exclude(item__marks__has_key="erased")
        return under.filter(hidden=False).standing().select_related("item")

    def by_whom(self, who: "Person | Guest") -> Self:
        return self.filter(guest=who) if isinstance(who, Guest) else self.filter(by=who)

    def since(self, moment: datetime) -> Self:
        return self.filter(made_at__gt=moment)

    def with_people(self) -> Self:
        """The oldest first, with everybody that a page names."""
        return self.select_related("by", "guest", "resolved_by").order_by("made_at", "pk")


class Comment(models.Model):
    """What somebody said about an item. The first of a thread has no `thread`, and its state is that of the thread."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("thread", "Open")
        RESOLVED = "resolved", pgettext_lazy("thread", "Resolved")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No key to the canvas: whoever writes there holds its row, and a comment must not wait for them.
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="comments", db_index=False)
    thread = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField(blank=True)
    lang = models.CharField(max_length=5, choices=settings.LANGUAGES)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="comments")
    guest = models.ForeignKey(Guest, null=True, blank=True, on_delete=models.SET_NULL, related_name="comments")
    # ids of people who got a mail about it, put into words by whoever is on the page anyway
    told = models.JSONField(default=list, blank=True)
    # `by` brought it in from a file and need not have said it.
    is_brought_in = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=clock.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    # The row stays, so that what was answered to it keeps its place; the words go.
    removed_at = models.DateTimeField(null=True, blank=True)
    # Somebody flagged it: nobody reads it until somebody has looked at it.
    hidden = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["item", "made_at"])]

    def __str__(self) -> str:
        return self.text

    @property
    def writer(self) -> "Person | Guest | None":
        """None once they were erased."""
        return self.by or self.guest

    @property
    def is_resolved(self) -> bool:
        return self.state == self.State.RESOLVED

    @property
    def readable(self) -> str:
        """What everybody may read of it."""
        return "" if self.hidden else self.text

    def is_of(self, who: "Person | Guest") -> bool:
        return who.pk == (self.guest_id if isinstance(who, Guest) else self.by_id)


class ReactionQuerySet(models.QuerySet["Reaction"]):
    def by_whom(self, who: "Person | Guest") -> Self:
        return self.filter(guest=who) if isinstance(who, Guest) else self.filter(by=who)


class Reaction(models.Model):
    """One word of somebody on an item: of each kind at most one."""

    class Kind(models.TextChoices):
        AGREE = "agree", pgettext_lazy("reaction", "I agree")
        IMPORTANT = "important", pgettext_lazy("reaction", "Important")
        SURPRISING = "surprising", pgettext_lazy("reaction", "Surprising")
        UNCLEAR = "unclear", pgettext_lazy("reaction", "Unclear")
        TRY = "try", pgettext_lazy("reaction", "Let us try")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="reactions")
    kind = models.CharField(max_length=12, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="reactions")
    guest = models.ForeignKey(Guest, null=True, blank=True, on_delete=models.SET_NULL, related_name="reactions")
    made_at = models.DateTimeField(default=clock.now)

    objects = ReactionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "kind", "by"], name="one_reaction_a_kind_and_person"),
            models.UniqueConstraint(fields=["item", "kind", "guest"], name="one_reaction_a_kind_and_guest"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.by or self.guest or '–'}"
