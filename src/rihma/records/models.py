from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rihma.applications.models import Application
from rihma.base import clock
from rihma.base.ids import new_id
from rihma.programmes.models import RUN, Programme
from rihma.records import rules

if TYPE_CHECKING:
    from rihma.accounts.models import Person


class RecordPlan(models.Model):
    """How a programme numbers its cases, and for how many months it keeps what. Its row is the lock of the numbers."""

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="record_plan")
    number_format = models.CharField(max_length=40, default=rules.USUAL_FORMAT)
    last_number = models.PositiveIntegerField(default=0)
    # kind → months; a kind that is not in it is kept
    months = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return f"{self.programme}: {self.number_format}"

    @property
    def facts(self) -> dict[str, object]:
        return {"number_format": self.number_format, **{kind: self.months.get(kind) for kind in rules.KINDS}}


class CaseQuerySet(models.QuerySet["Case"]):
    def run_by(self, person: "Person") -> Self:
        return self.filter(programme__in=RUN(person.pk))


class Case(models.Model):
    """An application that arrived, as the register knows it. Its row stays when what it held is deleted."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cases")
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="case")
    number = models.CharField(max_length=60)
    given_at = models.DateTimeField(default=clock.now)
    disposed_at = models.DateTimeField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["given_at", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "number"], name="one_case_a_number")]

    def __str__(self) -> str:
        return self.number


class SecretPart(models.Model):
    """A part of an application that its team says holds a secret. Until it is decided, it is treated as secret."""

    class Outcome(models.TextChoices):
        ASKED = "asked", _("Not decided yet")
        SECRET = "secret", _("Secret")
        PUBLIC = "public", _("Public")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="secret_parts")
    part = models.CharField(max_length=60)
    because = models.TextField()
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField(default=clock.now)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.ASKED)
    # by which law, or why not
    ground = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "part"], name="one_mark_a_part"),
            models.CheckConstraint(
                condition=models.Q(outcome="asked") | ~models.Q(ground=""), name="no_decision_without_a_ground"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.outcome}"

    @property
    def is_kept_back(self) -> bool:
        return self.outcome != self.Outcome.PUBLIC

    @property
    def facts(self) -> dict[str, object]:
        return {"outcome": "" if self.outcome == self.Outcome.ASKED else self.outcome, "ground": self.ground}


class DocumentRequestQuerySet(models.QuerySet["DocumentRequest"]):
    def run_by(self, person: "Person") -> Self:
        return self.filter(programme__in=RUN(person.pk))


class DocumentRequest(models.Model):
    """Somebody asked for documents. Who, only they know, unless they leave an address."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("Not answered yet")
        GIVEN = "given", _("Given")
        PART = "part", _("Given in part")
        REFUSED = "refused", _("Not given")
        NONE = "none", _("There is no such document")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="document_requests")
    number = models.CharField(max_length=20)
    what = models.TextField()
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default="fi")
    asked_at = models.DateTimeField(default=clock.now)
    # a digest, so that requests from one place can be counted and nobody is known by it
    asked_from = models.CharField(max_length=64)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = DocumentRequestQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-asked_at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "number"], name="one_request_a_number")]

    def __str__(self) -> str:
        return self.number

    @property
    def due(self) -> date:
        return rules.due(self.asked_at.astimezone(self.programme.zone).date())

    @property
    def is_answered(self) -> bool:
        return self.outcome != self.Outcome.WAITING

    @property
    def facts(self) -> dict[str, object]:
        return {"outcome": "" if not self.is_answered else self.outcome, "answer": self.answer}
