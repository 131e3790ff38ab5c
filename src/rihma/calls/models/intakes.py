from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.utils.translation import gettext as _

from rihma.base.ids import new_id
from rihma.base.said import date_only
from rihma.calls import rules
from rihma.calls.models.call import Call
from rihma.programmes.models import RUN, Programme, visible

if TYPE_CHECKING:
    from rihma.accounts.models import Person


class IntakeQuerySet(models.QuerySet["Intake"]):
    def visible_to(self, person: "Person | None") -> Self:
        return self.select_related("call__programme").filter(call__programme__in=visible(person))

    def run_by(self, person: "Person | None") -> Self:
        if person is None:
            return self.none()
        return self.select_related("call__programme").filter(call__programme__in=RUN(person.pk))


class Intake(models.Model):
    """What arrives until one cut-off, and is read, chosen from and announced together. Most calls have only one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="intakes")
    number = models.PositiveSmallIntegerField(default=1)
    # The last one has none of its own, because it ends with the call.
    closes_on = models.DateField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "number"], name="intakes_are_counted"),
            models.UniqueConstraint(fields=["call"], condition=models.Q(closes_on=None), name="one_intake_is_the_last"),
            models.CheckConstraint(
                condition=models.Q(closes_on=None, closes_at=None)
                | models.Q(closes_on__isnull=False, closes_at__isnull=False),
                name="cut_off_is_a_day_and_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} {self.number}"

    @property
    def programme(self) -> Programme:
        return self.call.programme

    @property
    def is_last(self) -> bool:
        return self.closes_on is None

    @property
    def is_only(self) -> bool:
        return self.is_last and self.number == 1

    @property
    def closing(self) -> rules.Moment:
        if self.closes_on is None or self.closes_at is None:
            return self.call.closing
        return rules.Moment(self.closes_on, self.closes_at, self.call.programme.zone)

    @property
    def closes(self) -> datetime:
        return self.closing.instant

    def late_by(self, now: datetime) -> timedelta:
        return rules.late_by(self.closing, now)

    def takes_in(self, now: datetime) -> bool:
        """What arrives now is in time for it, and what has arrived may still be changed."""
        return self.call.is_open(now) and not self.late_by(now)

    @property
    def stage(self) -> str:
        """`idea` or `full`, in a call that has two stages."""
        return "" if not self.call.is_staged else rules.FULL if self.is_last else rules.IDEA

    @property
    def is_idea(self) -> bool:
        return self.stage == rules.IDEA

    @property
    def name(self) -> str:
        """What it is called among the others."""
        if self.call.is_staged:
            return _("Idea stage") if self.is_idea else _("Full stage")
        return _("Cut-off %(n)s") % {"n": self.number}

    @property
    def title(self) -> str:
        if self.call.is_staged:
            return _("%(stage)s: until %(day)s") % {"stage": self.name, "day": date_only(self.closing.day)}
        return _("Cut-off %(n)s: %(day)s") % {"n": self.number, "day": date_only(self.closing.day)}

    @property
    def appended(self) -> str:
        """After something else on one line; nothing where there is no other."""
        return "" if self.is_only else f" · {self.title}"

    @property
    def query(self) -> str:
        """What the address of a page about it ends with; nothing where there is no other."""
        return "" if self.is_only else f"?cut-off={self.number}"

    @property
    def also(self) -> str:
        """The same after other things in the address."""
        return self.query.replace("?", "&")
