"""Those who have begun an application and not sent it are reminded before the call closes, and nobody else is."""

from datetime import datetime, timedelta

from rihma.applications.models import Application
from rihma.applications.queries import drafters, editors
from rihma.calls.models import Call
from rihma.calls.queries import answerable
from rihma.notices.actions import tell

# How long before the closing; the nearest one that has been reached is told, so that nobody gets two at once.
AHEAD = (timedelta(days=1), timedelta(days=3))


def remind(now: datetime) -> None:
    """Comes round again and again: each person is told once for each day of reminding and closing instant."""
    for call in answerable(now).open:
        reached = next((ahead for ahead in AHEAD if call.closes - ahead <= now), None)
        if reached:
            _remind(call, reached)


def _remind(call: Call, ahead: timedelta) -> None:
    for place in (*drafters(call), *editors(call)):
        application: Application = place.team.application
        tell(
            "applications/notices/reminder",
            place.person,
            key=f"{application.pk}:{ahead.days}:{call.closing.told}",
            scope=call.programme_id,
            application=application,
            call=call,
        )
