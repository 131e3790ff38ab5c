from collections.abc import Callable

import pytest
from django.test import Client

from rihma.accounts.models import Person
from rihma.calls.models import Call
from rihma.invitations import actions
from rihma.invitations.lists import Invited
from rihma.invitations.models import Invitation
from tests.conftest import Cast

type ClientOf = Callable[[Person | None], Client]


@pytest.fixture
def closed_circle(call: Call) -> Call:
    """The same open call, for the invited only."""
    Call.objects.filter(pk=call.pk).update(access=Call.Access.INVITED)
    return Call.objects.select_related("programme").get(pk=call.pk)


@pytest.fixture
def invitation(closed_circle: Call, cast: Cast) -> Invitation:
    """To the convener, by the owner."""
    guests = [Invited(cast["convener"].email, "Debt advisers")]
    return actions.invite(closed_circle, guests, words="We liked what you said.", by=cast["owner"])[0]
