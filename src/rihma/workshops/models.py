from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rihma.base import clock, places
from rihma.base.fields import WordsField
from rihma.base.ids import new_id
from rihma.base.reach import Reach
from rihma.programmes.models import RUN, Programme, Role, visible
from rihma.teams.models import MENTORED, PLACES, Member, Team
from rihma.workshops import rules

if TYPE_CHECKING:
    from rihma.accounts.models import Person

# Roles whose holders come to workshops without belonging to a team.
GUESTS = (Role.Kind.OWNER, Role.Kind.FACILITATOR, Role.Kind.MENTOR)


def _open(person: UUID) -> models.QuerySet[Programme, Any]:
    teams = Team.objects.admitted().filter(models.Q(pk__in=PLACES(person)) | models.Q(pk__in=MENTORED(person)))
    roles = Role.objects.filter(person=person, role__in=GUESTS, ended_at=None)
    of_either = models.Q(pk__in=teams.values("programme")) | models.Q(pk__in=roles.values("programme"))
    return Programme.objects.filter(of_either).values("pk")


def _awaiting(person: UUID) -> "models.QuerySet[Workshop, Any]":
    teams = Team.objects.admitted().filter(pk__in=PLACES(person))
    answered = Rsvp.objects.filter(person=person)
    planned = Workshop.objects.planned().filter(programme__state=Programme.State.PUBLISHED)
    mine = planned.filter(programme__in=teams.values("programme")).exclude(pk__in=answered.values("workshop"))
    return mine.values("pk")


# Programmes whose workshops a person may take part in: those of their admitted teams, and those they run or mentor in.
OPEN = Reach(_open)
# Workshops that a person's answer stands for, and those it is missing for: members are asked, guests are not.
ANSWERED = Reach(lambda person: Rsvp.objects.standing().filter(person=person).values("workshop"))
AWAITING = Reach(_awaiting)


class WorkshopQuerySet(models.QuerySet["Workshop"]):
    def visible_to(self, person: "Person | None") -> Self:
        return self.select_related("programme").filter(programme__in=visible(person))

    def run_by(self, person: "Person | None") -> Self:
        return self.select_related("programme").filter(programme__in=RUN(person.pk)) if person else self.none()

    def open_to(self, person: "Person | None") -> Self:
        if person is None:
            return self.none()
        return self.select_related("programme").filter(programme__in=OPEN(person.pk))

    def planned(self) -> Self:
        return self.filter(state=Workshop.State.PLANNED)


class Workshop(models.Model):
    class Mode(models.TextChoices):
        ROOM = "room", _("In the room")
        HYBRID = "hybrid", _("In the room and remotely")
        REMOTE = "remote", _("Remotely")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        CANCELLED = "cancelled", _("Cancelled")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="workshops")
    number = models.PositiveSmallIntegerField()
    title = WordsField()
    # Wall clocks in the programme's zone; instants are computed (`begins`), so that the hour stays when offsets change.
    date = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    mode = models.CharField(max_length=6, choices=Mode, default=Mode.ROOM)
    venue = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    remote_link = models.URLField(max_length=500, blank=True)
    description = WordsField()
    bring = WordsField()
    # None: as many as the programme's room has
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED)
    cancelled_because = models.CharField(max_length=300, blank=True)
    # goes up when time or place changes, so that calendars follow
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=clock.now)

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["date", "starts", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "number"], name="one_workshop_a_number"),
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="workshop_ends_after_start"),
        ]

    def __str__(self) -> str:
        return str(self.title) or str(_("Workshop %(number)s") % {"number": self.number})

    def get_absolute_url(self) -> str:
        return places.address("workshops:workshop", self.pk)

    @property
    def hours(self) -> rules.Hours:
        return rules.Hours(self.date, self.starts, self.ends, self.programme.zone)

    @property
    def begins(self) -> datetime:
        return self.hours.begins

    @property
    def finishes(self) -> datetime:
        return self.hours.finishes

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    @property
    def has_room(self) -> bool:
        return self.mode != self.Mode.REMOTE

    @property
    def place(self) -> str:
        """Where it is, in words; the remote link is not for everybody."""
        if not self.has_room:
            return str(self.Mode.REMOTE.label)
        return ", ".join(filter(None, (self.venue, self.address)))

    @property
    def room_seats(self) -> int:
        return self.programme.room_seats if self.seats is None else self.seats

    def takes_answers(self, now: datetime) -> bool:
        return not self.is_cancelled and now < self.finishes


@cache
def _counts() -> models.Q:
    """Made once: every page with a workshop asks it."""
    who = {"person": models.OuterRef("person")}
    place = Member.objects.filter(team=models.OuterRef("team"), state=Member.State.CONFIRMED, **who)
    role = Role.objects.filter(programme=models.OuterRef("workshop__programme"), role__in=GUESTS, ended_at=None, **who)
    mentored = Team.mentors.through.objects.filter(
        team__programme=models.OuterRef("workshop__programme"), person=models.OuterRef("person")
    )
    in_team = models.Q(team__state=Team.State.ADMITTED) & models.Exists(place)
    as_guest = models.Q(team=None) & (models.Exists(role) | models.Exists(mentored))
    return in_team | as_guest


class RsvpQuerySet(models.QuerySet["Rsvp"]):
    def standing(self) -> Self:
        """Answers that count. When somebody's place in their team or their role ends, theirs no longer does."""
        return self.filter(_counts())

    def seated(self) -> Self:
        return self.filter(answer=Rsvp.Answer.IN_ROOM, state=Rsvp.State.CONFIRMED)

    def waiting(self) -> Self:
        return self.filter(state=Rsvp.State.WAITING).order_by("arrival")

    def coming(self) -> Self:
        """In the room, waiting for a seat in it, or remotely."""
        return self.exclude(answer=Rsvp.Answer.NOT_COMING)


class Rsvp(models.Model):
    """What a person answered; one a person and workshop, changed in place."""

    class Answer(models.TextChoices):
        IN_ROOM = "in_room", _("In the room")
        REMOTE = "remote", _("Remotely")
        NOT_COMING = "not_coming", _("I cannot come")

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        WAITING = "waiting", _("Waiting for a seat")

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="rsvps")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="rsvps")
    # Whose seats the person draws on; None for mentors and those who run the programme.
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="rsvps")
    answer = models.CharField(max_length=10, choices=Answer)
    state = models.CharField(max_length=9, choices=State, default=State.CONFIRMED)
    # Place in the order in which answers of this workshop came; a changed answer comes last.
    arrival = models.PositiveIntegerField()
    answered_at = models.DateTimeField(default=clock.now)

    objects = RsvpQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["arrival"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workshop", "person"], name="one_answer_a_person"),
            models.UniqueConstraint(fields=["workshop", "arrival"], name="one_answer_an_arrival"),
            models.CheckConstraint(
                condition=models.Q(state="confirmed") | models.Q(answer="in_room"), name="waiting_for_the_room_only"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.answer} ({self.state})"

    @property
    def standing(self) -> str:
        """The word that `rules.ANSWER_MOVES` knows it by."""
        return self.state if self.answer == self.Answer.IN_ROOM else self.answer


class Feed(models.Model):
    """A person's calendar feed. Its address is signed, not stored; raising `version` makes the old address dead."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    version = models.PositiveIntegerField(default=1)
    renewed_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.person_id} v{self.version}"
