"""A team is told once when the day of an answer is near that may come after the application, and once when it has passed."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta

from rihma.applications.answers import is_empty
from rihma.applications.models import Application
from rihma.applications.queries import asked, today_of
from rihma.calls.models import Call, Question
from rihma.calls.rules import Asked, visible
from rihma.notices.actions import tell
from rihma.teams.models import Member, Team

# How near a day is told of, and for how long after it nobody is too late to be told.
NEAR = AFTER = timedelta(days=7)
# Others do not take part any more.
TAKES_PART = (Team.State.FORMING, Team.State.ADMITTED, Team.State.RESERVE)


def remind(now: datetime) -> None:
    """Comes round again and again: each person is told once for each day and side of it."""
    # A day more on each side, because a zone's day may begin before or end after that of the server.
    more = timedelta(days=1)
    days = (now.date() - AFTER - more, now.date() + NEAR + more)
    due = Question.objects.current().filter(required=True, required_by__range=days)
    calls = Call.objects.filter(pk__in=due.order_by().values("call")).select_related("programme")
    for call in calls:
        questions, today = asked(call), today_of(call)
        sent = Application.objects.filter(call=call, state=Application.State.SUBMITTED, team__state__in=TAKES_PART)
        for application in sent.select_related("team", "call__programme"):
            _remind(application, questions, today)


def _remind(application: Application, questions: list[Asked], today: date) -> None:
    lacking: dict[date, list[Asked]] = defaultdict(list)
    for one in visible([one for one in questions if one.is_asked_in(application.stage)], application.answers):
        if one.required and one.required_by and is_empty(application.answers.get(one.key)):
            lacking[one.required_by].append(one)
    for day, those in lacking.items():
        if day - NEAR <= today <= day:
            _tell("answer_soon", application, day, those, today)
        elif day < today <= day + AFTER:
            _tell("answer_passed", application, day, those, today)


def _tell(kind: str, application: Application, day: date, those: list[Asked], today: date) -> None:
    still = any(one.may_come_later(today) for one in those)
    places = Member.objects.filter(team=application.team_id, state=Member.State.CONFIRMED).select_related("person")
    for place in places:
        tell(
            f"applications/notices/{kind}",
            place.person,
            key=f"{application.pk}:{day}",
            scope=application.call.programme_id,
            application=application,
            programme=application.call.programme,
            day=day,
            questions=_labels(those),
            still=still,
        )


def _labels(those: list[Asked]) -> Callable[[], list[str]]:
    """Said while the mail is written, because the words are in the language of whoever reads it."""
    return lambda: [str(one.label) for one in those]
