from datetime import timedelta
from typing import Any

from rihma.applications import actions
from rihma.applications.form_news import QUIET, tell_due
from rihma.applications.models import Application
from rihma.base import clock
from rihma.base.words import Words
from rihma.calls import actions as calls
from rihma.calls.models import Call
from rihma.notices.models import Message
from tests.conftest import Cast

KIND = "applications/notices/form_changed"


def add(call: Call, cast: Cast, why: str) -> None:
    fields: Any = {"label": Words(en="Anything else?"), "required": False}
    calls.add_question(call, because=Words(en=why), by=cast["owner"], **fields)


def told() -> list[tuple[str, str]]:
    return [(message.to.email, message.body) for message in Message.objects.filter(kind=KIND)]


def test_those_with_drafts_are_told_once_of_all_that_changed(application: Application, cast: Cast) -> None:
    add(application.call, cast, "One was forgotten.")
    add(application.call, cast, "And another.")
    now = clock.now()
    assert (tell_due(now), told()) == (0, [])
    assert tell_due(now + QUIET + timedelta(minutes=1)) == 1
    ((address, body),) = told()
    assert (address, "One was forgotten." in body, "And another." in body) == (cast["convener"].email, True, True)
    assert tell_due(now + QUIET + timedelta(hours=1)) == 0


def test_later_change_is_told_alone(application: Application, cast: Cast) -> None:
    add(application.call, cast, "The first reason.")
    later = clock.now() + timedelta(hours=1)
    tell_due(later)
    with clock.at(later + timedelta(hours=1)):
        add(application.call, cast, "The second reason.")
    tell_due(later + timedelta(hours=2))
    bodies = [body for _address, body in told()]
    assert [("first" in body, "second" in body) for body in bodies] == [(True, False), (False, True)]


def test_who_has_sent_it_or_begins_afterwards_is_not_told(application: Application, cast: Cast) -> None:
    actions.submit(application, by=cast["convener"])
    add(application.call, cast, "Late.")
    with clock.at(clock.now() + timedelta(minutes=1)):
        actions.start(application.call, by=cast["other_convener"])
    tell_due(clock.now() + timedelta(hours=1))
    assert told() == []


def test_missing_translation_comes_without_a_mail(application: Application, cast: Cast) -> None:
    question = application.call.questions.get()
    said: Any = {"label": Words({**question.label, "sv": "Vad är problemet?"}), "required": True}
    said["help"] = Words(en="Help")
    calls.edit_question(question, seen=question.mark, because=Words(en="Help"), by=cast["owner"], **said)
    tell_due(clock.now() + timedelta(hours=1))
    Message.objects.all().delete()
    said["help"] = Words(en="Help", sv="Hjälp")
    calls.edit_question(question, seen=question.mark, by=cast["owner"], **said)
    assert (tell_due(clock.now() + timedelta(hours=2)), told()) == (0, [])
