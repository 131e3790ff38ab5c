from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rihma.applications.models import Application
from rihma.base import clock
from rihma.base.fields import WordsField
from rihma.base.ids import new_id
from rihma.calls.models import Intake
from rihma.selection.saying import Sayer
from rihma.teams.models import Team

GOES_ON = "goes_on"


class Decision(models.Model):
    """One a submitted application. Before the announcement only those who run the programme know it."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        RESERVE = "reserve", _("Reserve place")
        DECLINED = "declined", _("Not accepted")

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=clock.now)
    # what the search for the best set had proposed, "" where there was none; another outcome is a person's own
    proposed = models.CharField(max_length=10, choices=Outcome, blank=True)
    # what the public list of the chosen says of the team
    summary = WordsField()
    # its turn on the reserve list; those without come after, as they arrived
    turn = models.PositiveSmallIntegerField(null=True, blank=True)
    # the search that would give the reason and has not reckoned it yet
    waits_for = models.ForeignKey("Search", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(outcome="accepted") | ~models.Q(reason=""), name="no_refusal_without_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.outcome}"

    @property
    def goes_on(self) -> bool:
        """An idea that was chosen: its full application is still to come."""
        return self.outcome == self.Outcome.ACCEPTED and self.application.counts_for.is_idea

    @property
    def sign(self) -> str:
        """Which sign pages give it."""
        return GOES_ON if self.goes_on else self.outcome

    @property
    def said(self) -> str:
        return str(_("Goes on to the full stage")) if self.goes_on else str(self.get_outcome_display())

    @property
    def is_by_hand(self) -> bool:
        """A person decided otherwise than the search proposed."""
        return bool(self.proposed) and self.proposed != self.outcome


class Passing(models.Model):
    """A place became free and a team on the reserve list did not get it in its turn, because limits would not have held."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="passings")
    place_of = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)
    # as `fitting.kept` lays them down, so that they can be said in any language
    limits = models.JSONField(default=list)
    names = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.decision.application} {self.at:%Y-%m-%d}"

    @property
    def words(self) -> str:
        """The limits in the reader's words, without other teams and people."""
        return "; ".join(dict.fromkeys(Sayer(self.names, open_=False).limit(one) for one in self.limits))


class Announcement(models.Model):
    """The moment at which everybody was told. There is one for each cut-off of a call."""

    intake = models.OneToOneField(Intake, on_delete=models.PROTECT, related_name="announcement")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # why more teams were taken than the call offered places for
    over_places_because = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.intake} {self.at:%Y-%m-%d}"


class Plan(models.Model):
    """The limits and wishes for the cohort of one intake, as the form names them (`plans.py`)."""

    intake = models.OneToOneField(Intake, on_delete=models.CASCADE, related_name="plan")
    facts = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return str(self.intake)


class Weighing(models.Model):
    """What those who run the programme say of one application before choosing: points, or that it must be in or out."""

    class Forced(models.TextChoices):
        NOT = "", _("As the limits and points say")
        INTO = "in", _("Must be in")
        OUT = "out", _("Must be out")

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="weighing")
    points = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    forced = models.CharField(max_length=3, choices=Forced, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(forced="") | ~models.Q(reason=""), name="no_force_without_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.points}"


class Search(models.Model):
    """One answer to what the best set is, kept with all that was asked. Never changed; `later` is added to, `names` kept new."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="searches")
    # cohort/problem.py and cohort/answer.py, as plain values
    problem = models.JSONField()
    answer = models.JSONField()
    # why, for those for whom the time did not suffice, because letters need it, too (`explaining.py`)
    later = models.JSONField(default=list)
    # of the problem: the same problem is not solved twice
    asked = models.CharField(max_length=64)
    # of the problem and the answer
    digest = models.CharField(max_length=64)
    # how things are called, by their keys, as `Posed.names`
    names = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-at"]
        verbose_name_plural = "searches"
        constraints: ClassVar = [models.UniqueConstraint(fields=["intake", "asked"], name="one_answer_a_problem")]

    def __str__(self) -> str:
        return f"{self.intake} {self.at:%Y-%m-%d %H:%M}"

    @property
    def found(self) -> list[frozenset[UUID]]:
        """The sets, the best first."""
        return [frozenset(map(UUID, one["chosen"])) for one in self.answer["sets"]]

    @property
    def whys(self) -> list[dict[str, Any]]:
        return [*self.answer["whys"], *self.later]

    @property
    def unexplained(self) -> list[str]:
        """Those whose reason is still to be reckoned; those left out first, because letters tell them why."""
        if self.answer["state"] != "best":
            return []
        told, best = {why["id"] for why in self.whys}, self.answer["sets"][0]["chosen"]
        missing = [one["id"] for one in self.problem["candidates"] if one["id"] not in told]
        return sorted(missing, key=lambda one: one in best)
