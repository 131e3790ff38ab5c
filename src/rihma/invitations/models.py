from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rihma.base import clock
from rihma.base.ids import new_id
from rihma.base.places import address
from rihma.calls.models import Call
from rihma.programmes.models import RUN

if TYPE_CHECKING:
    from rihma.accounts.models import Person


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def handled_by(self, person: "Person | None") -> Self:
        """Those to calls that the person runs."""
        return self.filter(call__programme__in=RUN(person.pk)) if person else self.none()

    def sent_to(self, person: "Person | None") -> Self:
        """The person's own, as long as nobody has taken them back."""
        if person is None:
            return self.none()
        return self.filter(person=person).exclude(state=Invitation.State.REVOKED)

    def whole(self) -> Self:
        return self.select_related("call__programme", "person", "by")


class Invitation(models.Model):
    """To one call, for one address: who was asked may start an application there."""

    class State(models.TextChoices):
        INVITED = "invited", pgettext_lazy("invitation", "Not answered yet")
        ACCEPTED = "accepted", pgettext_lazy("invitation", "Accepted")
        DECLINED = "declined", pgettext_lazy("invitation", "Declined")
        REVOKED = "revoked", pgettext_lazy("invitation", "Taken back")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations_to_apply")
    # As those who invite call them, because the name of an account is its owner's to give.
    name = models.CharField(max_length=120, blank=True)
    words = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.INVITED)
    generation = models.PositiveSmallIntegerField(default=1)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField(default=clock.now)
    mails = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(default=clock.now)
    shown_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["invited_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "person"], name="one_invitation_a_person"),
        ]

    def __str__(self) -> str:
        return self.name or str(_("an invitation to apply"))

    def get_absolute_url(self) -> str:
        return address("invitations:invitation", self.pk)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.INVITED
