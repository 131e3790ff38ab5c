from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rihma.applications.models import Application
from rihma.base import clock
from rihma.base.ids import new_id
from rihma.base.places import address
from rihma.calls.models import Call
from rihma.programmes.models import RUN
from rihma.teams.models import CONVENED

if TYPE_CHECKING:
    from rihma.accounts.models import Person


class MergerQuerySet(models.QuerySet["Merger"]):
    def proposed_by(self, person: "Person | None") -> Self:
        """Those in programmes that the person runs."""
        return self.filter(call__programme__in=RUN(person.pk)) if person else self.none()

    def answered_by(self, person: "Person | None") -> Self:
        """Those of a team that the person convenes."""
        if person is None:
            return self.none()
        convened = CONVENED(person.pk)
        return self.filter(models.Q(stays__team__in=convened) | models.Q(goes__team__in=convened))

    def open(self) -> Self:
        return self.filter(state=Merger.State.PROPOSED)

    def of(self, *applications: Application) -> Self:
        return self.filter(models.Q(stays__in=applications) | models.Q(goes__in=applications))

    def whole(self) -> Self:
        """With all that a page tells of it."""
        return self.select_related(
            *("call__programme", "proposed_by", "stays__team", "goes__team", "stays_agreed_by", "goes_agreed_by"),
            *("ended_by",),
        )


class Merger(models.Model):
    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waits for the conveners")
        AGREED = "agreed", _("The teams are one")
        DECLINED = "declined", _("A convener said no")
        TAKEN_BACK = "taken_back", pgettext_lazy("proposal", "Taken back")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="mergers")
    # The application that goes on, and the one whose people join it.
    stays = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    goes = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    because = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    stays_agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    goes_agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    # Whoever said no or took it back, and what they wrote.
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    words = models.TextField(blank=True)

    objects = MergerQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-proposed_at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(stays=models.F("goes")), name="two_applications"),
        ]

    def __str__(self) -> str:
        return f"{self.goes} → {self.stays}"

    def get_absolute_url(self) -> str:
        return address("mergers:merger", self.pk)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.PROPOSED

    @property
    def missing(self) -> int:
        """How many have not agreed yet."""
        return (self.stays_agreed_by_id is None) + (self.goes_agreed_by_id is None)

    def other(self, application: Application) -> Application:
        return self.goes if application.pk == self.stays_id else self.stays
