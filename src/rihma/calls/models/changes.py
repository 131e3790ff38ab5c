from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rihma.base import clock
from rihma.base.fields import WordsField
from rihma.calls import rules
from rihma.calls.models.call import Call
from rihma.calls.models.elsewhere import with_options


class FormVersion(models.Model):
    """The sections and questions as they were asked at one time: answers are read by the form that they answered."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="form_versions")
    number = models.PositiveSmallIntegerField()
    definition = models.JSONField()
    at = models.DateTimeField(default=clock.now)
    # when those with drafts heard of it
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["call", "number"], name="one_form_a_number")]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def questions(self) -> list[rules.Asked]:
        return [with_options(rules.Asked.of(facts), self.call_id) for facts in self.definition["questions"]]


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
        SECTIONS = "sections_changed", _("The sections of the form changed")
        RULES = "rules_set", _("The rules or the number of teams changed")
        CLOSING = "closing_moved", _("The closing time moved")
        ACCESS = "access_set", _("Who may apply changed")
        CUT_OFF = "cut_off_changed", _("The cut-off dates changed")
        STAGES = "stages_changed", _("The stages of the call changed")

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="amendments")
    what = models.CharField(max_length=20, choices=What)
    because = WordsField()
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.get_what_display()
