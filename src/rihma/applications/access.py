"""Who may apply: set here and not by `calls`, because those who have begun an application must be told."""

from django.db import transaction

from rihma.accounts.models import Person
from rihma.applications.queries import drafters
from rihma.base.words import Words
from rihma.calls import actions as calls
from rihma.calls.models import Amendment, Call
from rihma.notices.actions import tell


@transaction.atomic
def set_access(call: Call, access: str, *, seen: str, because: Words, by: Person) -> Amendment | None:
    """What was begun stays and may be sent, since its people relied on a call for everybody; they are told so."""
    was_for_all = not Call.objects.get(pk=call.pk).is_for_invited
    amendment = calls.set_access(call, access, seen=seen, because=because, by=by)
    if amendment is None or not was_for_all or not amendment.call.is_for_invited:
        return amendment
    # The key names the change alone, so that somebody with a place in two teams is told once.
    for place in drafters(call):
        tell(
            "applications/notices/for_invited",
            place.person,
            key=str(amendment.pk),
            scope=call.programme_id,
            application=place.team.application,
            call=amendment.call,
            because=because,
        )
    return amendment
