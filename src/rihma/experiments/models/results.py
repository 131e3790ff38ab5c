from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rihma.base import clock
from rihma.base.ids import new_id
from rihma.experiments.models.experiment import Experiment
from rihma.experiments.rules.verdicts import Seen

PERSON = settings.AUTH_USER_MODEL


class Observation(models.Model):
    class Evidence(models.TextChoices):
        MEASURED = "measured", _("Measured by a system")
        COUNTED = "counted", _("Counted or seen by us")
        ANSWERED = "answered", _("Answered in a survey")
        TOLD = "told", _("Told in interviews")
        ESTIMATED = "estimated", _("An estimate")

    # made by the form, so that sending it twice writes it once
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    experiment = models.ForeignKey(Experiment, on_delete=models.PROTECT, related_name="observations")
    value = models.DecimalField(max_digits=16, decimal_places=4)
    n = models.PositiveIntegerField()
    observed_on = models.DateField()
    evidence = models.CharField(max_length=10, choices=Evidence)
    note = models.TextField(blank=True)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["at"]

    def __str__(self) -> str:
        return f"{self.value} (n = {self.n})"

    @property
    def seen(self) -> Seen:
        return Seen(self.value, self.n, self.observed_on)


class Conclusion(models.Model):
    """What the people themselves say came out, beside what the numbers say."""

    class Own(models.TextChoices):
        HELD = "met", _("The belief held")
        DID_NOT_HOLD = "not_met", _("The belief did not hold")
        CANNOT_SAY = "cannot_say", _("We cannot say")

    class Confidence(models.TextChoices):
        LOW = "low", _("Low")
        MID = "mid", _("Middling")
        HIGH = "high", _("High")

    experiment = models.OneToOneField(Experiment, on_delete=models.PROTECT, related_name="conclusion")
    own_verdict = models.CharField(max_length=10, choices=Own)
    learned = models.TextField()
    surprises = models.TextField(blank=True)
    deviations = models.TextField(blank=True)
    confidence = models.CharField(max_length=4, choices=Confidence)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.get_own_verdict_display()


class Decision(models.Model):
    class Outcome(models.TextChoices):
        STOP = "stop", _("We stop here")
        CHANGE = "change", _("We change it and try again")
        CONTINUE = "continue", _("We continue")
        ADOPT = "adopt", _("We take it into use")
        SCALE = "scale", _("We spread it wider")
        HAND_OVER = "hand_over", _("We hand it over")

    experiment = models.OneToOneField(Experiment, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.TextField()
    maker = models.CharField(max_length=200)
    # empty = nobody carries it on, which was said and not forgotten
    next_owner = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.get_outcome_display()
