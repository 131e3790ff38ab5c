"""A team hears once before the day of an answer that may come later, and once after it."""

from datetime import date, timedelta
from typing import Any

import pytest

from rihma.applications import actions
from rihma.applications.later_reminding import remind
from rihma.applications.models import Application
from rihma.base import clock
from rihma.base.words import Words
from rihma.calls import actions as calls
from rihma.calls.models import Call
from rihma.calls.tests.conftest import WHY
from rihma.notices.models import Message
from rihma.teams.models import Team
from tests.conftest import Cast


@pytest.fixture
def due(call: Call) -> date:
    return call.closes_on + timedelta(days=20)


@pytest.fixture
def sent(application: Application, cast: Cast, due: date) -> Application:
    fields: Any = {"label": Words(fi="Sparraaja?", en="Mentor?"), "required": True, "kind": "short"}
    calls.add_question(application.call, because=WHY, by=cast["owner"], required_by=due, **fields)
    actions.submit(application, by=cast["convener"])
    return Application.objects.select_related("call__programme").get(pk=application.pk)


def told(call: Call, day: date) -> list[str]:
    """The kinds of mail that have gone once the rounds of this day are over."""
    moment = clock.now() + (day - clock.now().astimezone(call.programme.zone).date())
    with clock.at(moment):
        remind(moment)
        remind(moment)
    sent = Message.objects.filter(kind__startswith="applications/notices/answer_").order_by("queued_at", "pk")
    return [message.kind.rpartition("_")[2] for message in sent]


def test_team_is_told_once_a_week_before_and_once_after(sent: Application, due: date) -> None:
    rounds = [told(sent.call, due + timedelta(days=days)) for days in (-8, -7, -1, 0, 1, 6, 30)]
    assert rounds == [[], ["soon"], ["soon"], ["soon"], ["soon", "passed"], ["soon", "passed"], ["soon", "passed"]]
    first = Message.objects.get(kind="applications/notices/answer_soon")
    assert ("Sparraaja?" in first.body, str(sent.pk) in first.body) == (True, True)


def test_team_that_has_answered_or_is_not_in_any_more_is_not_told(sent: Application, cast: Cast, due: date) -> None:
    with clock.at(sent.call.closes + timedelta(days=1)):
        actions.answer_later(sent, {"mentor": "Farah"}, by=cast["convener"])
    assert told(sent.call, due - timedelta(days=2)) == []
    Application.objects.filter(pk=sent.pk).update(answers={"problem": "Debts."})
    Team.objects.filter(pk=sent.team_id).update(state=Team.State.DECLINED)
    assert told(sent.call, due) == []


def test_draft_is_not_told_of_what_may_come_later(application: Application, cast: Cast, due: date) -> None:
    fields: Any = {"label": Words(en="Mentor?"), "required": True, "kind": "short"}
    calls.add_question(application.call, because=WHY, by=cast["owner"], required_by=due, **fields)
    assert told(application.call, due) == []


def test_long_after_the_day_nobody_is_told(sent: Application, due: date) -> None:
    assert told(sent.call, due + timedelta(days=8)) == []
