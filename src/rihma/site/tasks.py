"""What a person should do next, gathered from every area: the first thing they see."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from rihma.accounts.models import Person
from rihma.base.written import Written
from rihma.calls.models import Intake
from rihma.calls.rules import IDEA
from rihma.experiments.queries import waiting_for
from rihma.programmes.models import Programme
from rihma.reviews.piles import piles_of
from rihma.teams.models import Member, Team
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


def next_for(person: Person, now: datetime, teams: Sequence[Team], runs: Sequence[Programme]) -> list[Task]:
    """At most five, those with the nearest day first. `teams` are the person's own, with their applications."""
    found = [
        *_invitations(person),
        *_drafts(teams),
        *_workshops(person, now),
        *_experiments(person, now),
        *_reviews(person),
        *_calls_to_decide(runs, now),
    ]
    return sorted(found, key=lambda task: task.by or date.max)[:MOST]


INVITED = Written(
    lambda person: Member.objects.filter(person=person, state=Member.State.INVITED).select_related("team")
)


def _invitations(person: Person) -> Iterator[Task]:
    for member in INVITED(person.pk):
        title = _("Answer the invitation to the team “%(team)s”") % {"team": member.team}
        yield Task(title, reverse("teams:invitation", args=[member.pk]), _("Answer"))


def _drafts(teams: Sequence[Team]) -> Iterator[Task]:
    written = [getattr(team, "application", None) for team in teams]
    drafts = [application for application in written if application and application.is_draft]
    calls = {application.call_id for application in drafts if application.stage == IDEA}
    # Only where somebody writes one, because hardly anybody does.
    ideas_close = (
        dict(Intake.objects.filter(call__in=calls, number=1).values_list("call", "closes_on")) if calls else {}
    )
    for application in drafts:
        title = _("Submit the application of “%(team)s”") % {"team": application.team}
        idea = application.stage == IDEA
        due = ideas_close[application.call_id] if idea else application.call.closes_on
        yield Task(title, application.get_absolute_url(), _("Go on writing"), due)


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


def _reviews(person: Person) -> Iterator[Task]:
    for pile in piles_of(person):
        if pile.unsent and pile.reviewing.is_scored:
            title = _("Read applications as a juror: %(programme)s") % {"programme": pile.programme}
            due = pile.reviewing.due_on
            yield Task(title, reverse("reviews:mine"), _("Read"), due)


def _calls_to_decide(runs: Sequence[Programme], now: datetime) -> Iterator[Task]:
    if not runs:
        return
    waiting = Intake.objects.filter(call__programme__in=runs, applications__state="submitted", announcement=None)
    for intake in waiting.select_related("call__programme").distinct():
        if not intake.takes_in(now):
            title = _("Decide on the applications: %(programme)s") % {"programme": intake.programme}
            url = reverse("selection:applications", args=[intake.programme.slug]) + intake.query
            yield Task(title, url, _("Decide"))
