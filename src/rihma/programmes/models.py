from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rihma.base import clock
from rihma.base.fields import WordsField
from rihma.base.ids import new_id
from rihma.base.places import address
from rihma.base.reach import Reach, Reached
from rihma.base.written import Written
from rihma.programmes import rules
from rihma.programmes.requirements import Eligibility, Requirement, rule_of

if TYPE_CHECKING:
    from rihma.accounts.models import Person


# Programmes that a person runs, and may read about.
RUN = Reach(lambda person: Role.objects.filter(person=person, role__in=Role.RUNS, ended_at=None).values("programme"))

VISIBLE = Reach(
    lambda person: (
        Programme.objects.filter(~models.Q(state=Programme.State.DRAFT) | models.Q(pk__in=RUN(person)))
        .order_by()
        .values("pk")
    )
)


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def public(self) -> Self:
        return self.exclude(state=Programme.State.DRAFT)

    def run_by(self, person: "Person | None") -> Self:
        if person is None:
            return self.none()
        return self.filter(pk__in=RUN(person.pk))

    def visible_to(self, person: "Person | None") -> Self:
        return self.filter(pk__in=VISIBLE(person.pk)) if person else self.public()


def visible(person: "Person | None") -> "Reached | models.QuerySet[Programme]":
    """For `programme__in` of what belongs to a programme."""
    return VISIBLE(person.pk) if person else Programme.objects.public()


class Programme(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("programme", "Draft")
        PUBLISHED = "published", pgettext_lazy("programme", "Published")
        CLOSED = "closed", pgettext_lazy("programme", "Closed")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    title = WordsField()
    purpose = WordsField()
    description = WordsField()
    time_zone = models.CharField(max_length=60, default="Europe/Helsinki")
    starts = models.DateField()
    ends = models.DateField()
    organisers = models.JSONField(default=list, blank=True)
    partners = models.JSONField(default=list, blank=True)
    contact = models.EmailField(blank=True)
    room_seats = models.PositiveSmallIntegerField(default=30)
    eligibility = models.JSONField(default=dict, blank=True)
    # Rows as in [[rule]], in one column so that no page needs a query more; both are read through `requirements`.
    own_rules = models.JSONField(default=list, blank=True)
    # canvas kinds that teams of this round get when they are admitted
    canvas_kinds = models.JSONField(default=list, blank=True)
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies")
    published_at = models.DateTimeField(null=True, blank=True)
    # why it was published although a text lacks Finnish or Swedish
    published_although = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-starts", "slug"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="programme_ends_after_start")
        ]

    def __str__(self) -> str:
        return str(self.title) or self.slug

    def get_absolute_url(self) -> str:
        return address("programmes:programme", self.slug)

    def is_run_by(self, person: "Person | None") -> bool:
        """Asked once for each person: several parts of a page want to know."""
        known: dict[object, bool] = vars(self).setdefault("_run_by", {})
        if person not in known:
            known[person] = person is not None and bool(_RUN(self.pk, person.pk))
        return known[person]

    def know_run_by(self, person: "Person", *, runs: bool) -> None:
        """Where that was read along with something else."""
        vars(self).setdefault("_run_by", {})[person] = runs

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def is_public(self) -> bool:
        return self.state != self.State.DRAFT

    @property
    def asked(self) -> Eligibility:
        return Eligibility.of(self.eligibility)

    @property
    def written_rules(self) -> tuple[Requirement, ...]:
        """Those that its owner wrote."""
        return tuple(rule_of(row) for row in self.own_rules)

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """All that each team must have."""
        return (*self.asked.requirements, *self.written_rules)

    @property
    def languages(self) -> list[str]:
        """Those in which the programme tells of itself."""
        return list(self.title)

    def stage(self, now: datetime) -> rules.Stage:
        return rules.stage_of(self.state, self.starts, self.ends, now.astimezone(self.zone).date())


_RUN = Written(lambda programme, person: Programme.objects.filter(pk=programme, pk__in=RUN(person)).values_list("pk"))


class Theme(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="themes")
    number = models.PositiveSmallIntegerField()
    title = WordsField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "number"], name="one_theme_a_number")]

    def __str__(self) -> str:
        return str(self.title)


class Phase(models.Model):
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="phases")
    number = models.PositiveSmallIntegerField()
    title = WordsField()
    starts = models.DateField()
    ends = models.DateField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "number"], name="one_phase_a_number"),
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="phase_ends_after_start"),
        ]

    def __str__(self) -> str:
        return str(self.title)


class RoleQuerySet(models.QuerySet["Role"]):
    def current(self) -> Self:
        """Those who have a role now, in the order of the kinds."""
        order = models.Case(*(models.When(role=kind, then=n) for n, kind in enumerate(Role.Kind)))
        return self.filter(ended_at=None).select_related("person").order_by(order, "since", "pk")


class Role(models.Model):
    """What somebody is in one programme. Ended, never deleted: who could see what stays known."""

    class Kind(models.TextChoices):
        OWNER = "owner", _("Owner")
        FACILITATOR = "facilitator", _("Facilitator")
        MENTOR = "mentor", _("Mentor")
        JUROR = "juror", _("Juror")
        EXPERT = "expert", _("Invited expert")

    RUNS: ClassVar[list[str]] = [Kind.OWNER, Kind.FACILITATOR]

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="roles")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=12, choices=Kind)
    since = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "person", "role"], condition=models.Q(ended_at=None), name="a_role_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}"
