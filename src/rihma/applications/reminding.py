"""Those who have begun an application and not sent it are reminded before the next cut-off, and nobody else is.

Most calls have one cut-off: their closing.
"""

from datetime import datetime, timedelta

from rihma.applications.models import Application
from rihma.applications.queries import drafters, editors
from rihma.calls.models import Intake
from rihma.calls.queries import intake_at, intakes_of, open_calls
from rihma.notices.actions import tell

# How long before the closing; the nearest one that has been reached is told, so that nobody gets two at once.
AHEAD = (timedelta(days=1), timedelta(days=3))


def remind(now: datetime) -> None:
    """Comes round again and again: each person is told once for each day of reminding and closing instant."""
    for call in open_calls(now):
        for intake in intakes_of(call) if call.is_staged else [intake_at(call, now)]:
            reached = next((ahead for ahead in AHEAD if intake.closes - ahead <= now), None)
            if reached and intake.takes_in(now):
                _remind(intake, reached)


def _remind(intake: Intake, ahead: timedelta) -> None:
    call = intake.call
    for place in (*drafters(call, intake.stage), *editors(intake)):
        application: Application = place.team.application
        tell(
            "applications/notices/reminder",
            place.person,
            key=f"{application.pk}:{ahead.days}:{intake.closing.told}",
            scope=call.programme_id,
            application=application,
            call=call,
            intake=intake,
        )
