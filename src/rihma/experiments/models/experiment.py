from dataclasses import fields
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from rihma.actors.models import Organisation
from rihma.base import clock
from rihma.base.ids import new_id
from rihma.base.places import address
from rihma.canvases.models import Item
from rihma.experiments.rules import plans, sentences, states, texts
from rihma.programmes.models import RUN
from rihma.teams.models import CONVENED, SEEN, WORKED, Team

if TYPE_CHECKING:
    from rihma.accounts.models import Person

PERSON = settings.AUTH_USER_MODEL


class ExperimentQuerySet(models.QuerySet["Experiment"]):
    def worked_by(self, person: "Person | None") -> Self:
        """Experiments that the person may plan, start and decide on."""
        return self.filter(team__in=WORKED(person.pk)) if person else self.none()

    def seen_by(self, person: "Person | None") -> Self:
        """Experiments that the person may read: `worked_by` and those of teams they mentor."""
        return self.filter(team__in=SEEN(person.pk)) if person else self.none()

    def run_by(self, person: "Person | None") -> Self:
        return self.filter(team__programme__in=RUN(person.pk)) if person else self.none()

    def answered_by(self, person: "Person | None") -> Self:
        """Those the person answers for, or convenes the team of."""
        if person is None:
            return self.none()
        convened = models.Q(team__in=CONVENED(person.pk))
        return self.worked_by(person).filter(models.Q(owner=person) | models.Q(deputy=person) | convened)

    def overdue(self, today: date) -> Self:
        return self.filter(state__in=states.WITHOUT_RESULT, ends__lt=today)


class Experiment(models.Model):
    """Its plan stands here as it is now; what was locked, and when, stands in `versions`."""

    class State(models.TextChoices):
        IDEA = "idea", _("Idea")
        DRAFT = "draft", _("Being planned")
        READY = "ready", _("Ready for sparring")
        RUNNING = "running", _("Running")
        PAUSED = "paused", _("Paused")
        ENDED = "ended", _("Waits for a conclusion")
        CONCLUDED = "concluded", _("Waits for a decision")
        DECIDED = "decided", _("Decided")
        PUBLISHED = "published", pgettext_lazy("experiment", "Published")
        CANCELLED = "cancelled", pgettext_lazy("experiment", "Cancelled")

    class Method(models.TextChoices):
        PROTOTYPE = "prototype", _("A prototype with users")
        BEFORE_AFTER = "before_after", _("Before and after")
        TWO_GROUPS = "two_groups", _("Two groups side by side")
        SURVEY = "survey", _("A survey")
        INTERVIEWS = "interviews", _("Interviews")
        COUNTING = "counting", _("Counting what happens")
        OTHER = "other", _("Another way")

    class Operator(models.TextChoices):
        AT_LEAST = "ge", _("at least")
        AT_MOST = "le", _("at most")
        MORE = "gt", _("more than")
        LESS = "lt", _("less than")

    class Reading(models.TextChoices):
        LAST = "last", _("The last one counts")
        MEAN = "mean", _("Their average counts, each by its number of people or cases")
        SUM = "sum", _("Their sum counts")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="experiments")
    assumption = models.ForeignKey(Item, null=True, blank=True, on_delete=models.SET_NULL, related_name="experiments")
    state = models.CharField(max_length=10, choices=State, default=State.IDEA)
    title = models.CharField(max_length=150)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default="fi")

    belief = models.TextField(blank=True)
    believe_that = models.CharField(max_length=300, blank=True)
    believe_does = models.CharField(max_length=300, blank=True)
    believe_because = models.CharField(max_length=300, blank=True)
    what_we_do = models.TextField(blank=True)
    what_is_new = models.TextField(blank=True)
    for_whom = models.CharField(max_length=300, blank=True)
    people = models.PositiveIntegerField(null=True, blank=True)
    place = models.CharField(max_length=300, blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    method = models.CharField(max_length=20, choices=Method, blank=True)
    metric_name = models.CharField(max_length=200, blank=True)
    metric_unit = models.CharField(max_length=40, blank=True)
    metric_how = models.TextField(blank=True)
    metric_by = models.CharField(max_length=200, blank=True)
    metric_reading = models.CharField(max_length=10, choices=Reading, default=Reading.LAST)
    baseline = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    threshold_operator = models.CharField(max_length=2, choices=Operator, default=Operator.AT_LEAST)
    threshold = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    what_would_change_our_mind = models.TextField(blank=True)
    stop_rule = models.TextField(blank=True)
    cost_hours = models.PositiveIntegerField(null=True, blank=True)
    cost_eur = models.PositiveIntegerField(null=True, blank=True)
    owner = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="owned_experiments")
    deputy = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    partners = models.ManyToManyField(Organisation, blank=True, related_name="partner_experiments")
    # question key → {"answer": "yes" | "no", "note": …}, see rules/law.py
    law = models.JSONField(default=dict, blank=True)

    # goes up with each save of the plan, so that a form left open does not overwrite a newer one
    edition = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    # why it may take longer than the rule, or go on after the programme
    dates_allowed_because = models.TextField(blank=True)
    dates_allowed_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    drafted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.TextField(blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = ExperimentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["drafted_at"]
        indexes: ClassVar = [models.Index(fields=["state", "ends"])]

    def __str__(self) -> str:
        return self.title or str(_("An experiment without a title"))

    def get_absolute_url(self) -> str:
        return address("experiments:experiment", self.pk)

    @property
    def plan(self) -> plans.Plan:
        given = {one.name: getattr(self, one.name) for one in fields(plans.Plan)}
        people = {"owner": self.owner_id, "deputy": self.deputy_id}
        given |= {name: str(person or "") for name, person in people.items()}
        return plans.Plan(**{**given, "partners": tuple(str(partner.pk) for partner in self.partners.all())})

    def day_of(self, moment: datetime) -> date:
        """Days are those of the programme's zone, wherever the reader is."""
        return moment.astimezone(self.team.programme.zone).date()

    @property
    def is_planned(self) -> bool:
        return self.state in states.PLANNED

    @property
    def is_locked(self) -> bool:
        return self.state in states.LOCKED

    @property
    def is_under_way(self) -> bool:
        return self.state in states.UNDER_WAY

    @property
    def takes_observations(self) -> bool:
        return self.state in states.WITHOUT_RESULT

    @property
    def can_be_cancelled(self) -> bool:
        return "cancelled" in states.MOVES[self.state]

    @property
    def ended_early(self) -> bool:
        return bool(self.ended_at and self.ends and self.day_of(self.ended_at) < self.ends)

    @property
    def belief_read(self) -> str:
        """As it is read after “we believe that”."""
        return texts.without_opening(self.belief)

    @property
    def sentence(self) -> list[sentences.Part]:
        operator = self.get_threshold_operator_display()
        return list(sentences.sentence(self.plan, operator=operator, language=get_language() or "en"))

    @property
    def threshold_words(self) -> str:
        operator = self.get_threshold_operator_display()
        return sentences.threshold(self.plan, operator=operator, language=get_language() or "en")
