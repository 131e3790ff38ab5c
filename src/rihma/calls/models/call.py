from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from rihma.base import clock
from rihma.base.fields import WordsField
from rihma.base.ids import new_id
from rihma.base.places import address
from rihma.base.seen import mark_of
from rihma.calls import rules
from rihma.programmes.models import RUN, Programme, visible

if TYPE_CHECKING:
    from rihma.accounts.models import Person
    from rihma.calls.models.intakes import Intake


class CallQuerySet(models.QuerySet["Call"]):
    def visible_to(self, person: "Person | None") -> Self:
        return self.select_related("programme").filter(programme__in=visible(person))

    def listed(self) -> Self:
        """Without those that whoever invites told to nobody else."""
        return self.exclude(access=Call.Access.UNLISTED)

    def run_by(self, person: "Person | None") -> Self:
        return self.select_related("programme").filter(programme__in=RUN(person.pk)) if person else self.none()


class Call(models.Model):
    class Access(models.TextChoices):
        """Who may apply, and whether those who may not hear of it."""

        EVERYBODY = rules.EVERYBODY, _("Everybody")
        INVITED = rules.INVITED, _("Only those who are invited; the call's page and lists say so")
        UNLISTED = rules.UNLISTED, _("Only those who are invited; the call stands on no list")

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
    # Those who run a call that takes in several times say it, because places may be new at each cut-off or used up.
    places_each = models.BooleanField(default=False)
    # Told in the letter, because whoever was not chosen may else believe that it is over.
    may_try_again = models.BooleanField(default=True)
    # Those who run the call say it, because cohorts may sit in the room together or on days of their own.
    seats_together = models.BooleanField(default=False)
    # How many ideas go on to a whole application, in a call of two stages; None in one that has only one.
    ideas_most = models.PositiveSmallIntegerField(null=True, blank=True)
    # whether those who read the whole application read the idea before it, too
    idea_is_read = models.BooleanField(default=True)
    # goes up with each change of the form once the call is open
    form_version = models.PositiveSmallIntegerField(default=1)

    access = models.CharField(max_length=10, choices=Access, default=Access.EVERYBODY)

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
    def last_intake(self) -> "Intake":
        """The one that ends with the call: where there are no cut-offs before, the only one."""
        return self.intakes.get(closes_on=None)

    @property
    def stages(self) -> "list[Intake]":
        """All that it takes in, in the order of time."""
        if "_stages" not in vars(self):
            vars(self)["_stages"] = list(self.intakes.all())
            for one in vars(self)["_stages"]:
                one.call = self
        found: list[Intake] = vars(self)["_stages"]
        return found

    @property
    def coming(self) -> "list[Intake]":
        """The intakes whose cut-off is ahead, the next one first."""
        listed = list(self.intakes.all())
        for one in listed:
            one.call = self
        return [one for one in listed if not rules.late_by(one.closing, clock.now())]

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

    @property
    def is_staged(self) -> bool:
        """In two stages: an idea first, and the whole application of those who go on."""
        return self.ideas_most is not None

    @property
    def is_for_invited(self) -> bool:
        return self.access in rules.FOR_INVITED

    @property
    def is_listed(self) -> bool:
        return self.access != self.Access.UNLISTED

    def is_open(self, now: datetime) -> bool:
        return self.programme.state == Programme.State.PUBLISHED and self.times.is_open(now)

    def takes_new(self, now: datetime) -> bool:
        """Somebody may begin now: in a call of two stages only with an idea, before that stage has ended."""
        return self.is_open(now) and (not self.is_staged or len(self.coming) > 1)

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
        return rules.Requirements.of(
            self.programme.eligibility, self.teams_min, self.teams_max, self.programme.written_rules
        )

    def late_by(self, now: datetime) -> timedelta:
        return rules.late_by(self.closing, now)
