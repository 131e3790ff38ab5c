from datetime import timedelta

import pytest

from rihma.applications import actions
from rihma.applications.fields import mark
from rihma.applications.models import Application
from rihma.applications.reminding import remind
from rihma.base import clock
from rihma.calls.models import Call
from rihma.notices.models import Message
from rihma.teams import actions as teams
from tests.conftest import Cast


def told(call: Call, before: timedelta) -> list[str]:
    """Who has been told at all once the rounds of that moment are over."""
    moment = call.closes - before
    with clock.at(moment):
        remind(moment)
        remind(moment)
    sent = Message.objects.filter(kind="applications/notices/reminder")
    return sorted(message.to.email for message in sent.select_related("to") if message.to)


def test_holders_of_drafts_are_reminded_three_days_and_one_day_before(application: Application, cast: Cast) -> None:
    convener = cast["convener"].email
    counted = [told(application.call, timedelta(days=days)) for days in (4, 3, 2, 1)]
    assert counted == [[], [convener], [convener], [convener, convener]]
    assert told(application.call, -timedelta(seconds=1)) == [convener, convener]


def test_only_one_reminder_comes_where_nobody_could_be_told_before(application: Application, cast: Cast) -> None:
    assert told(application.call, timedelta(hours=2)) == [cast["convener"].email]


def test_nobody_who_has_sent_withdrawn_or_not_joined_is_reminded(application: Application, cast: Cast) -> None:
    other = actions.start(application.call, by=cast["other_convener"])
    actions.withdraw(other, by=cast["other_convener"])
    teams.invite(application.team, cast["member"].email, by=cast["convener"])
    actions.submit(application, by=cast["convener"])
    assert told(application.call, timedelta(hours=2)) == []


def test_changes_that_are_not_submitted_are_reminded_of(application: Application, cast: Cast) -> None:
    actions.submit(application, by=cast["convener"])
    seen = {"question_problem": mark("Debt grows in silence.")}
    actions.save_fields(application, {"question_problem": "Loud"}, seen=seen, by=cast["convener"])
    assert told(application.call, timedelta(hours=2)) == [cast["convener"].email]
    message = Message.objects.get(kind="applications/notices/reminder")
    assert "Voimassa on versio 1." in message.body


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "Luonnos ei ole hakemus"), ("sv", "Ett utkast är ingen ansökan")]
)
def test_reminder_says_in_the_readers_language_that_a_draft_is_no_application(
    application: Application, cast: Cast, language: str, words: str
) -> None:
    cast["convener"].language = language
    cast["convener"].save()
    told(application.call, timedelta(hours=2))
    message = Message.objects.get(kind="applications/notices/reminder")
    assert words in message.body
    assert str(application.pk) in message.body


def test_holders_of_drafts_to_a_call_on_no_list_are_reminded_too(application: Application, cast: Cast) -> None:
    Call.objects.filter(pk=application.call_id).update(access=Call.Access.UNLISTED)
    assert told(application.call, timedelta(days=1)) == [cast["convener"].email]
