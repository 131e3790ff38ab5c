from typing import TYPE_CHECKING, ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.db import models

from rihma.base import clock
from rihma.base.ids import new_id
from rihma.base.places import address
from rihma.base.reach import Reach
from rihma.programmes.models import RUN
from rihma.teams.models.team import Member, Team

if TYPE_CHECKING:
    from rihma.accounts.models import Person

ANSWERS = (Member.Role.CONVENER, Member.Role.DEPUTY)


def _teams_answered(person: UUID) -> models.QuerySet[Member]:
    return Member.objects.filter(person=person, role__in=ANSWERS, state=Member.State.CONFIRMED)


# Teams in whose name a person answers those who write to them.
ANSWERED = Reach(lambda person: _teams_answered(person).values("team"))


class ContactQuerySet(models.QuerySet["Contact"]):
    def answered_by(self, person: "Person") -> Self:
        return self.filter(team__in=ANSWERED(person.pk))

    def waiting(self) -> Self:
        """Those that wait for an answer of the team."""
        return self.filter(stopped_at=None, last_by=models.F("person"))

    def between(self, person: "Person") -> Self:
        """Those in which the person takes part, on either side."""
        return self.filter(_between(person))

    def reported_to(self, person: "Person") -> Self:
        """What was reported, in programmes that the person runs; they see nothing else of what people write."""
        return self.filter(_reported_to(person))

    def read_by(self, person: "Person") -> Self:
        return self.filter(_between(person) | _reported_to(person))


def _between(person: "Person") -> models.Q:
    return models.Q(person=person) | models.Q(team__in=ANSWERED(person.pk))


def _reported_to(person: "Person") -> models.Q:
    return models.Q(reported_at__isnull=False, team__programme__in=RUN(person.pk))


class Contact(models.Model):
    """One person and one team that looks for partners, and what they write to each other without seeing addresses."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="contacts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="contacts")
    opened_at = models.DateTimeField(default=clock.now)
    # who wrote last, and when
    last_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    last_at = models.DateTimeField(default=clock.now)
    # Whoever decided, each for themselves, that the other side may see their address.
    shown_by = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reported_at = models.DateTimeField(null=True, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reported_because = models.TextField(blank=True)
    # Since when the person may write to no team of this programme: decided by those who run it.
    barred_at = models.DateTimeField(null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-last_at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["team", "person"], name="one_contact_a_person")]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.team_id}"

    def get_absolute_url(self) -> str:
        return address("teams:contact", self.pk)

    @property
    def waits(self) -> bool:
        """For an answer of the team."""
        return self.stopped_at is None and self.last_by_id == self.person_id


class Letter(models.Model):
    """One message of a contact."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="letters")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    words = models.TextField()
    # of the words without spaces and signs, by which the same letter to many teams is known
    digest = models.CharField(max_length=64)
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["written_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["by", "written_at"]), models.Index(fields=["by", "digest"])]

    def __str__(self) -> str:
        return f"{self.by_id} {self.written_at:%Y-%m-%d %H:%M}"
