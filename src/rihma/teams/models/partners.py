from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rihma.actors.models import Affiliation, Organisation
from rihma.base import clock
from rihma.base.ids import new_id
from rihma.base.places import address
from rihma.teams.models.team import Team

if TYPE_CHECKING:
    from rihma.accounts.models import Person


class PartnerQuerySet(models.QuerySet["Partner"]):
    def standing(self) -> Self:
        """Named and not taken back: those that wait, and those that have confirmed."""
        return self.filter(state__in=[Partner.State.INVITED, Partner.State.CONFIRMED])

    def answered_by(self, person: "Person") -> Self:
        """Those that the person may answer for: who was asked by mail, and everybody who acts for the organisation."""
        acts_for = Affiliation.objects.filter(person=person).values("organisation")
        return self.filter(models.Q(contact=person) | models.Q(organisation__in=acts_for))


class Partner(models.Model):
    """An organisation that a team names without a person of its own in it: pending until somebody confirms."""

    class State(models.TextChoices):
        INVITED = "invited", _("Pending, not yet confirmed")
        CONFIRMED = "confirmed", _("Takes part")
        DECLINED = "declined", _("Said no")
        LEFT = "left", _("Left")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="partners")
    state = models.CharField(max_length=10, choices=State, default=State.INVITED)
    # who is asked by mail whether it takes part
    contact = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField(default=clock.now)
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["invited_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["team", "organisation"],
                condition=models.Q(state__in=["invited", "confirmed"]),
                name="one_partner_an_organisation",
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    def get_absolute_url(self) -> str:
        return address("teams:partner", self.pk)
