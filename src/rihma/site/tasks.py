"""What a person should do next, gathered from every area: the first thing they see."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.calls.models import Call
from rihma.experiments.queries import waiting_for
from rihma.selection.models import Announcement
from rihma.teams.models import Member
from rihma.workshops.queries import unanswered_by

MOST = 5
SOON = timedelta(days=21)


@dataclass(frozen=True)
class Task:
    """One line with one button. `by` is the day it should be done, or None when it only waits."""

    title: str
    url: str
    verb: str
    by: date | None = None


def next_for(person: Person, now: datetime) -> list[Task]:
    """At most five, those with the nearest day first."""
    found = [
        *_invitations(person),
        *_drafts(person),
        *_workshops(person, now),
        *_experiments(person, now),
        *_calls_to_decide(person, now),
    ]
    return sorted(found, key=lambda task: task.by or date.max)[:MOST]


def _invitations(person: Person) -> Iterator[Task]:
    waiting = Member.objects.filter(person=person, state=Member.State.INVITED).select_related("team")
    for member in waiting:
        title = _("Answer the invitation to the team “%(team)s”") % {"team": member.team}
        yield Task(title, reverse("teams:invitation", args=[member.pk]), _("Answer"))


def _drafts(person: Person) -> Iterator[Task]:
    drafts = Application.objects.written_by(person).filter(state=Application.State.DRAFT)
    for application in drafts.select_related("team", "call__programme"):
        title = _("Submit the application of “%(team)s”") % {"team": application.team}
        zone = application.call.programme.zone
        yield Task(
            title, application.get_absolute_url(), _("Go on writing"), application.call.closes.astimezone(zone).date()
        )


def _workshops(person: Person, now: datetime) -> Iterator[Task]:
    for workshop in unanswered_by(person, now, SOON):
        title = _("Say whether you come: %(workshop)s") % {"workshop": workshop}
        yield Task(title, workshop.get_absolute_url(), _("Answer"), workshop.date)


def _experiments(person: Person, now: datetime) -> Iterator[Task]:
    for row in waiting_for(person, now):
        experiment = row.experiment
        words = _("Record what came out: %(title)s") if row.is_overdue else _("Decide what happens next: %(title)s")
        yield Task(
            words % {"title": experiment},
            experiment.get_absolute_url(),
            _("Record") if row.is_overdue else _("Decide"),
            experiment.ends,
        )


def _calls_to_decide(person: Person, now: datetime) -> Iterator[Task]:
    announced = Announcement.objects.values("call")
    for call in Call.objects.run_by(person).exclude(pk__in=announced).filter(applications__state="submitted").distinct():
        if not call.is_open(now):
            title = _("Decide on the applications: %(programme)s") % {"programme": call.programme}
            yield Task(title, reverse("selection:applications", args=[call.programme.slug]), _("Decide"))
