from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rihma.base.fields import WordsField
from rihma.base.ids import new_id
from rihma.calls import rules
from rihma.programmes.models import Programme

if TYPE_CHECKING:
    from rihma.accounts.models import Person


class CallQuerySet(models.QuerySet["Call"]):
    def visible_to(self, person: "Person | None") -> Self:
        return self.select_related("programme").filter(programme__in=Programme.objects.visible_to(person))

    def run_by(self, person: "Person | None") -> Self:
        return self.select_related("programme").filter(programme__in=Programme.objects.run_by(person))


class Call(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="call")
    why = WordsField()
    how = WordsField()
    who = WordsField()
    opens_at = models.DateTimeField(null=True, blank=True)
    # As people wrote it, in the programme's zone; the instant is computed (`closing`).
    closes_on = models.DateField()
    closes_at = models.TimeField()
    teams_min = models.PositiveSmallIntegerField(default=1)
    teams_max = models.PositiveSmallIntegerField()

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(teams_max__gte=models.F("teams_min")), name="places_in_order")
        ]

    def __str__(self) -> str:
        return str(self.programme)

    def get_absolute_url(self) -> str:
        return reverse("calls:call", args=[self.programme.slug])

    @property
    def closing(self) -> rules.Closing:
        return rules.Closing(self.closes_on, self.closes_at, self.programme.zone)

    @property
    def closes(self) -> datetime:
        return self.closing.instant

    def is_open(self, now: datetime) -> bool:
        return self.programme.state == Programme.State.PUBLISHED and rules.is_open(self.closing, self.opens_at, now)

    def late_by(self, now: datetime) -> timedelta:
        return rules.late_by(self.closing, now)


class Question(models.Model):
    class Kind(models.TextChoices):
        SHORT = "short", _("One line")
        LONG = "long", _("Longer text")

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="questions")
    # Names the answer for ever, also when the words change.
    key = models.SlugField(max_length=40)
    number = models.PositiveSmallIntegerField()
    label = WordsField()
    help = WordsField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.LONG)
    required = models.BooleanField(default=True)
    most_words = models.PositiveSmallIntegerField(default=300)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["call", "key"], name="one_question_a_key")]

    def __str__(self) -> str:
        return str(self.label)


class Criterion(models.Model):
    """Public with the call, so that everybody is read by the same measure."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="criteria")
    number = models.PositiveSmallIntegerField()
    title = WordsField()
    description = WordsField()
    weight = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name_plural = "criteria"

    def __str__(self) -> str:
        return str(self.title)
