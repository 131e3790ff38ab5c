from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rihma.base import clock
from rihma.base.fields import WordsField
from rihma.base.ids import new_id
from rihma.base.places import address
from rihma.base.seen import mark_of
from rihma.base.words import Words
from rihma.calls import rules
from rihma.programmes.models import RUN, Programme, visible

if TYPE_CHECKING:
    from rihma.accounts.models import Person


class CallQuerySet(models.QuerySet["Call"]):
    def visible_to(self, person: "Person | None") -> Self:
        return self.select_related("programme").filter(programme__in=visible(person))

    def run_by(self, person: "Person | None") -> Self:
        return self.select_related("programme").filter(programme__in=RUN(person.pk)) if person else self.none()


class Call(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="call")
    why = WordsField()
    how = WordsField()
    who = WordsField()
    # As people wrote them, in the programme's zone; the instants are computed (`times`).
    opens_on = models.DateField(null=True, blank=True)
    opens_at = models.TimeField(null=True, blank=True)
    closes_on = models.DateField()
    closes_at = models.TimeField()
    teams_min = models.PositiveSmallIntegerField(default=1)
    teams_max = models.PositiveSmallIntegerField()

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(teams_max__gte=models.F("teams_min")), name="places_in_order"),
            models.CheckConstraint(
                condition=models.Q(opens_on=None, opens_at=None)
                | models.Q(opens_on__isnull=False, opens_at__isnull=False),
                name="opening_is_a_day_and_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.programme)

    def get_absolute_url(self) -> str:
        return address("calls:call", self.programme.slug)

    @property
    def times(self) -> rules.Times:
        return rules.times_of(self.opens_on, self.opens_at, self.closes_on, self.closes_at, self.programme.zone)

    @property
    def closing(self) -> rules.Moment:
        return self.times.closing

    @property
    def closes(self) -> datetime:
        return self.closing.instant

    @property
    def opens(self) -> datetime | None:
        return self.times.opens

    def is_open(self, now: datetime) -> bool:
        return self.programme.state == Programme.State.PUBLISHED and self.times.is_open(now)

    def is_ahead(self, now: datetime) -> bool:
        """It opens later, and by itself: its programme is public."""
        return self.programme.state == Programme.State.PUBLISHED and self.times.is_ahead(now)

    def stage(self, now: datetime, *, answered: bool) -> rules.Stage:
        """`answered`: an application has been sent, which this area cannot know (`queries.stage_of`)."""
        ahead = not self.programme.is_public or self.times.is_ahead(now)
        return rules.stage_of(ahead=ahead, is_open=self.is_open(now), answered=answered)

    @property
    def texts_mark(self) -> str:
        return mark_of({name: getattr(self, name).to_dict() for name in ("why", "how", "who")})

    @property
    def requirements(self) -> rules.Requirements:
        return rules.Requirements.of(self.programme.eligibility, self.teams_min, self.teams_max)

    def late_by(self, now: datetime) -> timedelta:
        return rules.late_by(self.closing, now)


class LineQuerySet[L: "Line"](models.QuerySet[L]):
    def current(self) -> Self:
        """Without those that were retired after somebody may have read them."""
        return self.filter(retired_at=None)


class Line(models.Model):
    """One of the things that a call lists in order."""

    FACTS: ClassVar[tuple[str, ...]] = ()

    number = models.PositiveSmallIntegerField()
    # Retired instead of deleted once the call has been open, because what was asked of whom must stay known.
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.said)

    @property
    def said(self) -> Words:
        """The words that it goes by."""
        words: Words = getattr(self, self.FACTS[0])
        return words

    @property
    def facts(self) -> dict[str, object]:
        """What it says, as plain values."""
        return plain({name: getattr(self, name) for name in self.FACTS})

    @property
    def mark(self) -> str:
        return mark_of(self.facts)


def plain(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value.to_dict() if isinstance(value, Words) else value for name, value in values.items()}


class Question(Line):
    class Kind(models.TextChoices):
        SHORT = "short", _("One line")
        LONG = "long", _("Longer text")

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="questions")
    # Names the answer for ever, also when the words change.
    key = models.SlugField(max_length=40)
    label = WordsField()
    help = WordsField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.LONG)
    required = models.BooleanField(default=True)
    most_words = models.PositiveSmallIntegerField(default=300)

    FACTS: ClassVar = ("label", "help", "kind", "required", "most_words")
    objects = LineQuerySet["Question"].as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["call", "key"], name="one_question_a_key")]


class Criterion(Line):
    """Public with the call, so that everybody is read by the same measure."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="criteria")
    title = WordsField()
    description = WordsField()
    weight = models.PositiveSmallIntegerField(default=1)

    FACTS: ClassVar = ("title", "description", "weight")
    objects = LineQuerySet["Criterion"].as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name_plural = "criteria"


class Amendment(models.Model):
    """What became different once the call was open, and why. Public with the call: people have planned by it."""

    class What(models.TextChoices):
        """Named as in history."""

        QUESTION_ADDED = "question_added", _("A question was added")
        QUESTION_EDITED = "question_edited", _("A question was changed")
        QUESTION_REMOVED = "question_removed", _("A question is no longer asked")
        CRITERION_ADDED = "criterion_added", _("A criterion was added")
        CRITERION_EDITED = "criterion_edited", _("A criterion was changed")
        CRITERION_REMOVED = "criterion_removed", _("A criterion is no longer used")
        RULES = "rules_set", _("The rules or the number of teams changed")
        CLOSING = "closing_moved", _("The closing time moved")

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="amendments")
    what = models.CharField(max_length=20, choices=What)
    because = WordsField()
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.get_what_display()
