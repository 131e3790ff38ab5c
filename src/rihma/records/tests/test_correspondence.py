"""What people wrote around a call goes on its day, and the mails that carried it with it."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils.module_loading import import_string

from rihma.base import clock
from rihma.base.seen import mark_of
from rihma.base.words import Words
from rihma.calls.models import Call
from rihma.challenges import actions as challenges
from rihma.challenges.models import Challenge, Enquiry, Poster
from rihma.invitations import actions as invitations
from rihma.invitations.lists import Invited
from rihma.invitations.models import Invitation
from rihma.notices.models import Message
from rihma.records import actions
from rihma.records.models import RecordPlan
from rihma.records.queries import plan_of
from rihma.records.retention import due, keep
from rihma.teams import actions as teams
from rihma.teams import contacts
from rihma.teams.models import Contact, Letter
from tests.conftest import Cast

MONTHS: dict[str, int | None] = {"invitations": 1, "letters": 1, "enquiries": 1, "posters": 2, "mails": 3}
SAID = "Nobody should read this for ever."


def told(fi: str) -> Words:
    return Words(fi=fi, sv=fi)


@pytest.fixture
def challenge(call: Call, cast: Cast) -> Challenge:
    challenges.let_in(call, email=cast["expert"].email, organisation="City of Rannikko", by=cast["owner"])
    words = {"title": told("Kirjeet"), "problem": told("Lukematta.")}
    drafted = challenges.post(call, organisation="City of Rannikko", by=cast["expert"], **words)
    return challenges.publish(drafted, by=cast["expert"])


@pytest.fixture
def written(call: Call, challenge: Challenge, cast: Cast) -> RecordPlan:
    """An invitation, a letter that was answered, a question that was and one that was not, somebody who may post."""
    Call.objects.filter(pk=call.pk).update(access="invited")
    call.refresh_from_db()
    invitations.invite(call, [Invited("far@example.org", "Aamu", "fi")], words=SAID, by=cast["owner"])
    team = teams.edit(teams.form(call.programme, by=cast["convener"]), name="Board", by=cast["convener"])
    contact = contacts.offer(team, SAID, by=cast["member"])
    contacts.answer(contact, SAID, by=cast["convener"])
    challenges.ask(challenge, SAID, by=cast["member"])
    challenges.answer(challenges.ask(challenge, "How many?", by=cast["member"]), "Ten.", by=cast["expert"])
    seen = mark_of(plan_of(call.programme).facts)
    return actions.set_plan(call.programme, number_format="{number}", months=MONTHS, seen=seen, by=cast["owner"])


def after(call: Call, days: int) -> datetime:
    return call.closes + timedelta(days=days)


@pytest.mark.req("P3")
def test_each_kind_goes_on_its_own_day_and_the_report_says_so(written: RecordPlan, call: Call) -> None:
    with time_machine.travel(after(call, 40), tick=False):
        said = [(thing.kind, thing.count) for thing in due(call.programme, written, clock.now())]
        assert (sorted(said), keep(clock.now())) == (
            [("enquiries", 1), ("enquiries", 1), ("invitations", 1), ("letters", 2)],
            5,
        )
    assert (Invitation.objects.count(), Contact.objects.count(), Poster.objects.count()) == (0, 0, 1)
    with time_machine.travel(after(call, 70), tick=False):
        assert (keep(clock.now()), Poster.objects.count()) == (1, 0)


def test_answered_question_stays_without_who_asked(written: RecordPlan, call: Call) -> None:
    with time_machine.travel(after(call, 40), tick=False):
        keep(clock.now())
    assert [(one.question, one.answer, one.by) for one in Enquiry.objects.all()] == [("How many?", "Ten.", None)]


@pytest.mark.req("P3")
def test_words_that_went_are_in_no_mail_either_and_that_it_was_sent_stays(written: RecordPlan, call: Call) -> None:
    count = Message.objects.count()
    with time_machine.travel(after(call, 40), tick=False):
        keep(clock.now())
    assert (Message.objects.filter(body__contains=SAID).count(), Message.objects.count()) == (0, count)


def test_mails_lose_their_words_and_no_mail_that_is_on_its_way(written: RecordPlan, call: Call) -> None:
    waiting = Message.objects.exclude(body="").first()
    assert waiting
    Message.objects.exclude(pk=waiting.pk).update(state="sent")
    with time_machine.travel(after(call, 200), tick=False):
        keep(clock.now())
        again = keep(clock.now())
    assert (list(Message.objects.exclude(body="").exclude(pk=waiting.pk)), again) == ([], 0)


def test_barred_sender_stays_barred_once_the_letters_are_gone(written: RecordPlan, call: Call, cast: Cast) -> None:
    contacts.bar(Contact.objects.get(), by=cast["owner"])
    with time_machine.travel(after(call, 40), tick=False):
        keep(clock.now())
        assert [thing.kind for thing in due(call.programme, written, clock.now())] == []
    assert (Letter.objects.count(), Contact.objects.get().barred_at is None) == (0, False)


def test_erasing_a_writer_takes_letters_and_questions_of_theirs_and_of_nobody_else(
    written: RecordPlan, call: Call, cast: Cast
) -> None:
    erased = [import_string(path)(call.programme, cast["member"]) for path in settings.PROGRAMME_ERASERS]
    assert (erased, list(Letter.objects.values_list("by", flat=True))) == ([1, 2, 0], [cast["convener"].pk])
    assert [(one.question, one.answer, one.by) for one in Enquiry.objects.all()] == [("", "Ten.", None)]
    assert not Message.objects.filter(to=cast["expert"], body__contains=SAID).exists()
