from collections.abc import Iterator
from functools import partial

from rihma.calls.queries import closed_on
from rihma.invitations.erasing import forget_invitation
from rihma.invitations.models import Invitation
from rihma.programmes.keeping import Thing
from rihma.programmes.models import Programme


def invitations(programme: Programme) -> Iterator[Thing]:
    """From the closing of the call, whatever became of them."""
    closed = closed_on(programme)
    for one in Invitation.objects.filter(call__programme=programme):
        yield Thing(str(one), closed, partial(forget_invitation, one))
