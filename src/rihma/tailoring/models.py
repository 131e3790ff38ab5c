from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rihma.base import clock
from rihma.base.ids import new_id
from rihma.base.words import Words
from rihma.canvases import kinds
from rihma.programmes.models import Programme

if TYPE_CHECKING:
    from rihma.accounts.models import Person


class OwnKindQuerySet(models.QuerySet["OwnKind"]):
    def run_by(self, person: "Person") -> Self:
        return self.filter(programme__in=Programme.objects.run_by(person).values("pk"))

    def visible_to(self, person: "Person | None") -> Self:
        """Published at least once, in a programme that they see."""
        return self.filter(version__gt=0, programme__in=Programme.objects.visible_to(person).values("pk"))


class OwnKind(models.Model):
    """`draft` is what its pages edit, and always holds together; teams get only what was published as an edition."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_USE = "in_use", _("In use")
        RETIRED = "retired", _("Retired")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="own_kinds")
    # what canvases and programmes name it by, in the whole installation
    key = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    # whose words it began with: a kind that comes with Rihma, or "" where a file was brought in
    copied_from = models.CharField(max_length=40, blank=True)
    copied_version = models.PositiveSmallIntegerField(default=0)
    # as the file of a kind says it; its version is that of the next edition
    draft = models.JSONField()
    # of the newest edition; 0: none yet
    version = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    objects = OwnKindQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["made_at", "key"]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("tailoring:edit", args=[self.programme.slug, self.key])

    @property
    def name(self) -> Words:
        return Words(self.draft["name"])

    @cached_property
    def kind(self) -> kinds.Kind:
        """As the draft says."""
        return kinds.make(self.key, self.draft)


class Edition(models.Model):
    """A version as it was published. Never changed: canvases stand on it."""

    own = models.ForeignKey(OwnKind, on_delete=models.CASCADE, related_name="editions")
    version = models.PositiveSmallIntegerField()
    # the file of the kind
    text = models.TextField()
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar = ["version"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["own", "version"], name="one_edition_a_version")]

    def __str__(self) -> str:
        return f"{self.own_id} {self.version}"
