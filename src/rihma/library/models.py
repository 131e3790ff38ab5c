from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rihma.base import clock
from rihma.base.fields import WordsField
from rihma.base.ids import new_id
from rihma.base.places import address
from rihma.experiments.models import Decision, Experiment
from rihma.programmes.models import Programme
from rihma.teams.models import SEEN, WORKED

if TYPE_CHECKING:
    from rihma.accounts.models import Person


class LessonQuerySet(models.QuerySet["Lesson"]):
    def public(self) -> Self:
        """A withdrawn lesson keeps its address and says that, when and why it was withdrawn."""
        return self.filter(state__in=[Lesson.State.PUBLISHED, Lesson.State.WITHDRAWN])

    def published(self) -> Self:
        return self.filter(state=Lesson.State.PUBLISHED)

    def written_by(self, person: "Person | None") -> Self:
        return self.filter(experiment__team__in=WORKED(person.pk)) if person else self.none()

    def visible_to(self, person: "Person | None") -> Self:
        """Everybody's, and the drafts of teams whose pages the person reads."""
        if person is None:
            return self.public()
        own = models.Q(experiment__team__in=SEEN(person.pk))
        return self.filter(models.Q(state__in=[Lesson.State.PUBLISHED, Lesson.State.WITHDRAWN]) | own)


class Lesson(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", pgettext_lazy("lesson", "Withdrawn")

    class Licence(models.TextChoices):
        CC_BY = "CC-BY-4.0", "CC BY 4.0"
        CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
        CC0 = "CC0-1.0", "CC0 1.0"

    class Verdict(models.TextChoices):
        MET = "met", _("The threshold was met")
        NOT_MET = "not_met", _("The threshold was not met")
        CANNOT_SAY = "cannot_say", _("It cannot be said")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="lessons")
    experiment = models.OneToOneField(Experiment, on_delete=models.PROTECT, related_name="lesson")
    # Given at the first publication and never changed: the address outlives the words.
    slug = models.SlugField(max_length=80, unique=True, null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    headline = WordsField()
    question = WordsField()
    what_was_done = WordsField()
    what_came_out = WordsField()
    reuse = WordsField()
    licence = models.CharField(max_length=12, choices=Licence, default=Licence.CC_BY)
    # Whoever is named in the texts has agreed to it.
    names_agreed = models.BooleanField(default=False)
    # As they stood at publication: what the public was told does not change by itself afterwards.
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    decision = models.CharField(max_length=10, choices=Decision.Outcome, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_although = models.CharField(max_length=500, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(default=clock.now)

    objects = LessonQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-published_at", "-drafted_at"]
        indexes: ClassVar = [models.Index(fields=["state", "-published_at"])]

    def __str__(self) -> str:
        return str(self.headline) or str(self.experiment)

    def get_absolute_url(self) -> str:
        if self.slug:
            return address("library:lesson", self.slug)
        return address("library:edit", self.pk)

    @property
    def threshold(self) -> Decimal | None:
        return _decimal(self.facts.get("threshold"))

    @property
    def observed(self) -> Decimal | None:
        return _decimal(self.facts.get("value"))

    @property
    def is_public(self) -> bool:
        return self.state != self.State.DRAFT


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


class Lecture(models.Model):
    """A short lecture of a programme; the material itself lies where `link` says."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="lectures")
    number = models.PositiveSmallIntegerField()
    title = WordsField()
    description = WordsField()
    link = models.URLField(blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "number"], name="one_lecture_a_number")]

    def __str__(self) -> str:
        return str(self.title)
