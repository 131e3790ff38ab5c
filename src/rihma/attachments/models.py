from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rihma.attachments import rules
from rihma.base import clock
from rihma.base.files.kinds import LONGEST_NAME
from rihma.base.ids import new_id
from rihma.base.places import address
from rihma.canvases.models import Canvas, Item
from rihma.guests.models import Guest

if TYPE_CHECKING:
    from rihma.accounts.models import Person


# What whoever may write on the canvas may say anew of a file.
DESCRIBED = ("alt",)


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def shown(self) -> Self:
        """Those of a zone, and those of items that are shown themselves; none that somebody flagged."""
        return self.filter(Q(item=None) | Q(item__removed=False, item__hidden=False), hidden=False)

    def removable_by(self, who: "Person | Guest") -> Self:
        """One's own, as long as one sees the canvas; for those who run the programme, all."""
        own = Q(guest=who) if isinstance(who, Guest) else Q(by=who)
        own &= Q(canvas__in=Canvas.objects.seen_by(who).values("pk"))
        if isinstance(who, Guest):
            return self.filter(own)
        return self.filter(own | Q(canvas__in=Canvas.objects.run_by(who).values("pk")))


class Attachment(models.Model):
    """A photo, a scan or a PDF on a canvas. Rights are those of the canvas; the file has none of its own."""

    class Kind(models.TextChoices):
        JPEG = "jpeg", _("Photo")
        PNG = "png", _("Picture")
        WEBP = "webp", _("Picture (WebP)")
        PDF = "pdf", _("PDF")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    canvas = models.ForeignKey(Canvas, on_delete=models.PROTECT, related_name="attachments")
    zone = models.CharField(max_length=40)
    item = models.ForeignKey(Item, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=10, choices=Kind)
    # as its sender called it: shown, never a path
    name = models.CharField(max_length=LONGEST_NAME)
    alt = models.CharField(max_length=rules.LONGEST_ALT, blank=True)
    lang = models.CharField(max_length=5, choices=settings.LANGUAGES)
    # where the bytes stand (store.py); nobody is told, so that nothing can be guessed from it
    file = models.CharField(max_length=32, unique=True)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="attachments"
    )
    guest = models.ForeignKey(Guest, null=True, blank=True, on_delete=models.SET_NULL, related_name="attachments")
    made_at = models.DateTimeField(default=clock.now)
    # Somebody flagged it: nobody gets it until somebody has looked at it.
    hidden = models.BooleanField(default=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["made_at"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("attachments:file", self.canvas_id, self.pk)

    @property
    def writer(self) -> "Person | Guest | None":
        return self.by or self.guest

    @property
    def is_picture(self) -> bool:
        return self.kind != self.Kind.PDF


class SendingQuerySet(models.QuerySet["Sending"]):
    def by_whom(self, who: "Person | Guest") -> Self:
        return self.filter(guest=who) if isinstance(who, Guest) else self.filter(by=who)


class Sending(models.Model):
    """A file was sent, and taken or not: looking into it is what costs. Kept for the hour that is counted."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    guest = models.ForeignKey(Guest, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now, db_index=True)

    objects = SendingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.at:%H:%M}"
