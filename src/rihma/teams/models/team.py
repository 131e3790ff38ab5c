from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rihma.actors.models import Organisation
from rihma.base import clock
from rihma.base.ids import new_id
from rihma.base.places import address
from rihma.base.reach import Reach
from rihma.programmes.models import RUN, Programme, Theme

if TYPE_CHECKING:
    from rihma.accounts.models import Person


def _worked(person: UUID) -> models.Q:
    return models.Q(pk__in=PLACES(person)) | models.Q(programme__in=RUN(person))


# Teams that a person is in, convenes, mentors, may work in, and may read about.
PLACES = Reach(lambda person: Member.objects.filter(person=person, state=Member.State.CONFIRMED).values("team"))
CONVENED = Reach(
    lambda person: Member.objects.filter(person=person, role=Member.Role.CONVENER, state=Member.State.CONFIRMED).values(
        "team"
    )
)
MENTORED = Reach(lambda person: Team.objects.filter(mentors=person).values("pk"))
WORKED = Reach(lambda person: Team.objects.filter(_worked(person)).values("pk"))
SEEN = Reach(lambda person: Team.objects.filter(_worked(person) | models.Q(pk__in=MENTORED(person))).values("pk"))


class TeamQuerySet(models.QuerySet["Team"]):
    def with_member(self, person: "Person | None") -> Self:
        """Teams in which the person has confirmed a place."""
        if person is None:
            return self.none()
        return self.filter(pk__in=PLACES(person.pk))

    def worked_by(self, person: "Person | None") -> Self:
        """Teams that the person may work in: own ones, and those of programmes they run."""
        if person is None:
            return self.none()
        return self.filter(pk__in=WORKED(person.pk))

    def run_by(self, person: "Person | None") -> Self:
        """Teams of programmes that the person runs."""
        return self.filter(programme__in=RUN(person.pk)) if person else self.none()

    def led_by(self, person: "Person | None") -> Self:
        """Teams that the person convenes, and those of programmes they run."""
        if person is None:
            return self.none()
        return self.filter(models.Q(pk__in=CONVENED(person.pk)) | models.Q(programme__in=RUN(person.pk)))

    def seen_by(self, person: "Person | None") -> Self:
        """Teams whose inner pages the person may read: `worked_by` and mentored ones."""
        if person is None:
            return self.none()
        return self.filter(pk__in=SEEN(person.pk))

    def looking(self) -> Self:
        """Teams whose card hangs on the board of those who look for partners, in published programmes."""
        # Yesterday, because where the programme is the day may end later; `Team.is_looking` knows to the day.
        lasts = models.Q(search_until=None) | models.Q(search_until__gte=clock.now().date() - timedelta(days=1))
        return (
            self.filter(
                lasts,
                search_is_public=True,
                programme__state=Programme.State.PUBLISHED,
                state__in=["forming", "admitted"],
            )
            .exclude(looking_for="", search_words="")
            .select_related("programme")
        )

    def admitted(self) -> Self:
        return self.filter(state=Team.State.ADMITTED)


class Team(models.Model):
    class State(models.TextChoices):
        FORMING = "forming", _("Applying")
        ADMITTED = "admitted", _("In the programme")
        RESERVE = "reserve", _("On the reserve list")
        DECLINED = "declined", _("Not chosen")
        LEFT = "left", _("Left")
        MERGED = "merged", _("Merged into another team")
        # An idea that was chosen stays as it was, because its people go on as another team.
        CONTINUED = "continued", _("Went on to the full stage")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="teams")
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120, blank=True)
    # The phenomenon in the team's own words; `language` says which language they wrote in.
    phenomenon = models.TextField(blank=True)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default="fi")
    looking_for = models.TextField(blank=True)
    # Only then does a card with the team's name and search hang on the board of the call.
    search_is_public = models.BooleanField(default=False)
    # What the card says instead of `looking_for`, which is a part of the application; empty: the same.
    search_words = models.TextField(blank=True)
    # kinds of organisations that are wanted most
    search_kinds = models.JSONField(default=list, blank=True)
    # the last day on which the card hangs, by the clock of the programme's zone
    search_until = models.DateField(null=True, blank=True)
    willing_to_open = models.BooleanField(default=False)
    experiment_idea = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.FORMING)
    mentors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="mentored_teams", blank=True)
    formed_at = models.DateTimeField(default=clock.now)
    admitted_at = models.DateTimeField(null=True, blank=True)

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["formed_at"]

    def __str__(self) -> str:
        return self.name or str(_("A team without a name"))

    def get_absolute_url(self) -> str:
        return address("teams:team", self.pk)

    @property
    def search(self) -> str:
        """What its card says."""
        return self.search_words or self.looking_for

    @property
    def wanted(self) -> list[str]:
        """The kinds of organisations on its card, in words."""
        return [str(kind.label) for kind in Organisation.Kind if kind.value in self.search_kinds]

    def is_looking(self, today: date) -> bool:
        return self.search_until is None or today <= self.search_until


class Shortfall(models.Model):
    """A rule that a team of the programme has lost, or that is not asked of it."""

    class State(models.TextChoices):
        NEEDED = "needed", _("Completion needed")
        PASSED = "passed", _("The date has passed")
        EXCEPTED = "excepted", _("Exception granted")
        OVER = "over", _("Met again")

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="shortfalls")
    # the key of the rule, which stays when its words change
    rule = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State)
    since = models.DateTimeField(default=clock.now)
    due = models.DateField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    # why the rule is not asked of this team, and who decided so
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar = ["since", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["team", "rule"], name="one_shortfall_a_rule")]

    def __str__(self) -> str:
        return f"{self.team}: {self.rule}"


class Member(models.Model):
    """A place in a team. A removed member's row stays: what they did there was done by somebody."""

    class Role(models.TextChoices):
        CONVENER = "convener", _("Convener")
        DEPUTY = "deputy", _("Deputy convener")
        MEMBER = "member", _("Member")

    class State(models.TextChoices):
        INVITED = "invited", _("Invited, not yet confirmed")
        CONFIRMED = "confirmed", _("In the team")
        DECLINED = "declined", _("Said no")
        LEFT = "left", _("Left")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="members"
    )
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    state = models.CharField(max_length=10, choices=State, default=State.INVITED)
    wants_seat = models.BooleanField(default=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["invited_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["team", "person"],
                condition=models.Q(state__in=["invited", "confirmed"]),
                name="one_place_a_person",
            ),
            models.UniqueConstraint(
                fields=["team"], condition=models.Q(role="convener", state="confirmed"), name="one_convener"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def organisation_then(self) -> str:
        """In whose name, as it was called while the programme ran."""
        if self.organisation is None or not self.organisation.earlier_names:
            return str(self.organisation or "")
        programme = self.team.programme
        return self.organisation.name_on(min(clock.now().astimezone(programme.zone).date(), programme.ends))

    @property
    def shape(self) -> str:
        return self.organisation.sector.shape if self.organisation else "circle"

    @property
    def tint(self) -> str:
        return self.organisation.sector.tint if self.organisation else "stone"
