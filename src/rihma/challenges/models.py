from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from rihma.base import clock
from rihma.base.fields import WordsField
from rihma.base.ids import new_id
from rihma.base.places import address
from rihma.base.seen import mark_of
from rihma.base.words import Words
from rihma.calls.models import Call
from rihma.challenges.rules import PUBLIC
from rihma.programmes.models import RUN, visible

if TYPE_CHECKING:
    from rihma.accounts.models import Person


class Poster(models.Model):
    """Somebody of a partner who may post challenges of one organisation to one call."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="posters")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="posts_challenges")
    organisation = models.CharField(max_length=200)
    organisation_key = models.CharField(max_length=200, default="", db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    since = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["organisation", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["call", "person"], name="one_poster_a_call")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.person}"


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    def handled_by(self, person: "Person | None") -> Self:
        """Those of calls that the person runs, and those that the person posted as long as they may."""
        if person is None:
            return self.none()
        posts = Poster.objects.filter(person=person, ended_at=None).values("call")
        return self.filter(models.Q(call__programme__in=RUN(person.pk)) | models.Q(call__in=posts, by=person))

    def public(self) -> Self:
        return self.filter(state__in=PUBLIC)

    def read_by(self, person: "Person | None") -> Self:
        """What is public with its call, and drafts of those who handle them."""
        told = models.Q(state__in=PUBLIC, call__programme__in=visible(person))
        return (
            self.filter(told | models.Q(pk__in=self.handled_by(person).values("pk"))) if person else self.filter(told)
        )

    def whole(self) -> Self:
        return self.select_related("call__programme", "by")


class Challenge(models.Model):
    """What an organisation wants solved: the problem, for whom, and what it gives to a team that takes it up."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("challenge", "Draft")
        PUBLISHED = "published", pgettext_lazy("challenge", "Open to answers")
        CLOSED = "closed", pgettext_lazy("challenge", "Takes no more answers")
        WITHDRAWN = "withdrawn", pgettext_lazy("challenge", "Withdrawn")

    TEXTS: ClassVar = ("title", "problem", "for_whom", "given")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="challenges")
    organisation = models.CharField(max_length=200)
    # What its spellings share and the register knows it by; no row of it, because one that is not in it posts as well.
    organisation_key = models.CharField(max_length=200, default="", db_index=True)
    title = WordsField()
    problem = WordsField()
    for_whom = WordsField()
    given = WordsField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    because = WordsField()
    # Also told of questions, because no address stands on the page.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="challenges")
    made_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["made_at", "pk"]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return address("challenges:challenge", self.pk)

    @property
    def facts(self) -> dict[str, object]:
        """What its form is filled with."""
        return {"organisation": self.organisation, **{name: getattr(self, name) for name in self.TEXTS}}

    @property
    def mark(self) -> str:
        return mark_of(self.facts)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def label(self) -> Words:
        """As one of the answers to choose from."""
        return Words({lang: f"{title} ({self.organisation})" for lang, title in self.title.items()})

    def is_over(self, now: datetime) -> bool:
        return bool(self.call.late_by(now))


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def of(self, challenge: Challenge, person: "Person | None", *, handles: bool) -> Self:
        """Answered ones to everybody alike; the others to who asked and who answers."""
        told = models.Q(answered_at__isnull=False)
        own = models.Q(by=person) if person else models.Q(pk=None)
        found = self.filter(challenge=challenge)
        return found if handles else found.filter(told | own)

    def answered_by(self, person: "Person | None") -> Self:
        return self.filter(challenge__in=Challenge.objects.handled_by(person).values("pk"))


class Enquiry(models.Model):
    """A question about a challenge, and its answer. Public from the answer on, without who asked."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="enquiries")
    question = models.TextField()
    # None once that is no longer kept, because the question may be part of what all were told
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["asked_at", "pk"]
        verbose_name_plural = "enquiries"

    def __str__(self) -> str:
        return self.question[:60]
