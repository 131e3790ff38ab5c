"""When those who read an application may talk about it."""

from collections.abc import Sequence

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.reviews.models import Reviewing
from rihma.reviews.queries import Heard, heard_alone, reviewing_of


def may_talk(reviewing: Reviewing, readings: Sequence[Heard]) -> bool:
    """When everybody who reads it has judged alone; or, where a time is set for it, then."""
    if reviewing.state == Reviewing.State.DISCUSSING:
        return True
    standing = [one for one in readings if one.stands]
    is_its_time = reviewing.talk_on is None or reviewing.state == Reviewing.State.CLOSED
    return is_its_time and bool(standing) and all(one.is_sent for one in standing)


def talks(application: Application, person: Person) -> bool:
    """Whether this juror may: they have judged themselves, and it is time."""
    reviewing = reviewing_of(application.counts_for)
    readings = heard_alone(application, reviewing)
    own = any(one.counts and one.assignment.person_id == person.pk for one in readings)
    return own and may_talk(reviewing, readings)
