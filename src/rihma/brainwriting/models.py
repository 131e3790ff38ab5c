from typing import ClassVar, Self
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.ids import new_id
from rihma.brainwriting import rules
from rihma.canvases.access import Who
from rihma.canvases.models import Canvas
from rihma.canvases.rules import LONGEST_CLIENT_ID
from rihma.guests.models import Guest


class RoundQuerySet(models.QuerySet["Round"]):
    def open(self) -> Self:
        return self.filter(state=Round.State.OPEN)

    def counted(self) -> Self:
        """With how many people have written how many notes."""
        # Whoever came by a link before signing in is one.
        writer = Coalesce("notes__by", "notes__guest__person", "notes__guest")
        return self.annotate(
            writers=models.Count(writer, distinct=True), written=models.Count("notes", distinct=True)
        ).order_by("-opened_at")


class Round(models.Model):
    """A time in which each writes alone, for some zones (none: for all). Its row is the lock under which notes come."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        REVEALED = "revealed", _("Revealed")
        CANCELLED = "cancelled", _("Ended without revealing")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    canvas = models.ForeignKey(Canvas, on_delete=models.CASCADE, related_name="rounds", db_index=False)
    question = models.CharField(max_length=rules.LONGEST_QUESTION, blank=True)
    zones = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    # only where `counted` was asked for, since counting costs
    writers: int
    written: int

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-opened_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["canvas"], condition=models.Q(state="open"), name="one_open_round_a_canvas"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["canvas", "-opened_at"])]

    def __str__(self) -> str:
        return self.question or str(_("Writing alone"))

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_revealed(self) -> bool:
        return self.state == self.State.REVEALED


class NoteQuerySet(models.QuerySet["Note"]):
    def of(self, who: Who) -> Self:
        """One's own, for a person also those from before they signed in. There is no other way to notes for a page."""
        if isinstance(who, Guest):
            return self.filter(guest=who)
        return self.filter(models.Q(by=who) | models.Q(guest__person=who))

    def off_canvas(self) -> Self:
        return self.filter(is_placed=False)


class Note(models.Model):
    """What somebody wrote alone. Its words go onto the canvas or stay here; never both.

    A random key, because one that counts would tell who wrote first.
    """

    class Reason(models.TextChoices):
        NONE = "", ""
        FULL = "full", _("There was no room left where it was to go.")
        OTHER = "other", _("The canvas does not take it where it was to go.")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="notes", db_index=False)
    zone = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    lang = models.CharField(max_length=5, choices=settings.LANGUAGES)
    # Words that nobody else has read go with who wrote them.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    guest = models.ForeignKey(Guest, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    # made by whoever sends it, so that sending again adds once
    client_id = models.CharField(max_length=LONGEST_CLIENT_ID)
    made_at = models.DateTimeField(default=clock.now)
    is_placed = models.BooleanField(default=False)
    reason = models.CharField(max_length=10, choices=Reason, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["made_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "by", "client_id"], name="one_note_a_person_and_client_id"),
            models.UniqueConstraint(fields=["round", "guest", "client_id"], name="one_note_a_guest_and_client_id"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def writer(self) -> "Person | Guest":
        writer = self.by or self.guest
        assert writer is not None  # tells the type: a note goes with who wrote it
        return writer

    @property
    def item(self) -> UUID:
        return rules.item_of(self.round_id, self.pk)
