"""When one can apply: set here and not by `calls`, because those who have begun an application must be told."""

from typing import Unpack

from django.db import transaction

from rihma.accounts.models import Person
from rihma.applications.queries import drafters
from rihma.base.words import Words
from rihma.calls import actions as calls
from rihma.calls.models import Amendment, Call
from rihma.calls.types import TimeFields
from rihma.notices.actions import tell


@transaction.atomic
def set_times(call: Call, *, seen: str, because: Words, by: Person, **fields: Unpack[TimeFields]) -> Amendment | None:
    """Sets from when until when one can apply; a moved closing is told to all who have begun and not sent it.

    Nobody has begun before it opens, so a moved opening is told by the call's page alone.
    """
    before = Call.objects.select_related("programme").get(pk=call.pk).closes
    amendment = calls.set_times(call, seen=seen, because=because, by=by, **fields)
    if amendment is None:
        return None
    # The key names the move alone, so that somebody with a place in two teams is told once.
    for place in drafters(call):
        tell(
            "applications/notices/closing_moved",
            place.person,
            key=str(amendment.pk),
            scope=call.programme_id,
            application=place.team.application,
            call=amendment.call,
            before=before,
            because=because,
        )
    return amendment
