"""A call in two stages, for whichever test wants one: of ideas, of whole applications, of what becomes of them."""

from datetime import time, timedelta

from rihma.accounts.models import Person
from rihma.applications import actions as applications
from rihma.applications import two_stages
from rihma.applications.models import Application
from rihma.base.words import Words
from rihma.calls.actions import Stages
from rihma.calls.models import Call, Question
from rihma.selection import actions as selection
from rihma.selection.models import Decision

DAY = timedelta(days=1)


def make_two_stages(call: Call, by: Person) -> Call:
    """It asks `pitch` of ideas, `budget` of whole applications, and `problem` of both; one idea goes on."""
    for number, (key, stage) in enumerate((("pitch", "idea"), ("budget", "full")), start=5):
        Question.objects.create(call=call, number=number, key=key, label=Words(en=key), asked_in=stage)
    stages = Stages(call.closes_on - 2 * DAY, time(16), ideas_most=1)
    two_stages.set_stages(call, stages=stages, because=Words(fi="Ensin lyhyesti."), by=by)
    return Call.objects.select_related("programme").get(pk=call.pk)


def send_idea(call: Call, person: Person, name: str) -> Application:
    draft = applications.start(call, by=person)
    answers = {"problem": "It is hard.", "pitch": "We would try."}
    draft = applications.save(draft, version=0, answers=answers, by=person, name=name)
    applications.submit(draft, by=person)
    return fresh(draft)


def fresh(application: Application) -> Application:
    related = "intake", "call__programme", "team", "continues__team", "receipt"
    return Application.objects.select_related(*related).get(pk=application.pk)


def go_on(idea: Application, *reserves: Application, by: Person) -> Application:
    """It is chosen, these wait in turn, and all are told; answers with the full application."""
    selection.decide(idea, Decision.Outcome.ACCEPTED, by=by)
    for one in reserves:
        selection.decide(one, Decision.Outcome.RESERVE, reason="Waits.", by=by)
    selection.announce(idea.counts_for, by=by)
    return fresh(Application.objects.get(continues=idea))
