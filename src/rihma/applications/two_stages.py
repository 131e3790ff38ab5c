"""The stages of a call: set here and not by `calls`, because those who have begun an application must be told."""

from django.db import transaction

from rihma.accounts.models import Person
from rihma.applications.queries import drafters, senders
from rihma.base.words import Words
from rihma.calls import actions as calls
from rihma.calls.models import Amendment, Call
from rihma.calls.queries import intakes_of
from rihma.notices.actions import tell


@transaction.atomic
def set_stages(
    call: Call, *, stages: calls.Stages, seen: str | None = None, because: Words = calls.NOTHING, by: Person
) -> Amendment | None:
    """Those who have sent an idea are told too: until the idea stage ends they may change what they sent."""
    amendment = calls.set_stages(call, stages, seen=seen, because=because, by=by)
    _tell(amendment)
    return amendment


@transaction.atomic
def drop_stages(call: Call, *, seen: str, because: Words = calls.NOTHING, by: Person) -> Amendment | None:
    amendment = calls.drop_stages(call, seen=seen, because=because, by=by)
    _tell(amendment)
    return amendment


def _tell(amendment: Amendment | None) -> None:
    """Nobody has begun before the call opens; then there is nothing to tell."""
    if amendment is None:
        return
    call = amendment.call
    first = intakes_of(call)[0]
    # The key names the change alone, so that somebody with a place in two teams is told once.
    for place in (*drafters(call), *senders(first)):
        tell(
            "applications/notices/stages_changed",
            place.person,
            key=str(amendment.pk),
            scope=call.programme_id,
            application=place.team.application,
            call=call,
            first=first,
            because=amendment.because,
        )
