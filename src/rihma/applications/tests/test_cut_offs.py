from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.applications import actions, cut_offs
from rihma.applications.fields import mark
from rihma.applications.models import Application
from rihma.applications.reminding import remind
from rihma.base import clock
from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.calls.actions.intakes import mark as mark_of_intake
from rihma.calls.models import Amendment, Call
from rihma.notices.models import Message
from tests.conftest import Cast

SECOND = timedelta(seconds=1)
WHY = Words(fi="Sähkökatko.", sv="Strömavbrott.")
type ClientOf = Callable[[Person | None], Client]


@pytest.fixture
def rolling(call: Call, cast: Cast) -> Call:
    """With a cut-off five days from now, and the closing in ten."""
    cut_offs.add(
        call,
        closes_on=call.closes_on - timedelta(days=5),
        closes_at=time(16),
        because=Words(),
        by=cast["owner"],
    )
    return Call.objects.select_related("programme").get(pk=call.pk)


def first(call: Call) -> datetime:
    return call.intakes.get(number=1).closes


def sent(application: Application, at: datetime) -> Application:
    with clock.at(at):
        actions.submit(application, by=application.started_by)
    return Application.objects.select_related("receipt", "intake", "call__programme").get(pk=application.pk)


@pytest.mark.req("R16")
@pytest.mark.parametrize(("step", "number"), [(-SECOND, 1), (timedelta(), 1), (SECOND, 2)])
def test_application_counts_for_the_cut_off_before_which_it_arrived(
    rolling: Call, application: Application, step: timedelta, number: int
) -> None:
    found = sent(application, first(rolling) + step)
    assert (found.counts_for.number, found.arrived.late_seconds) == (number, 0)


def test_only_what_comes_after_the_last_cut_off_is_late(rolling: Call, application: Application) -> None:
    found = sent(application, rolling.closes + timedelta(minutes=2))
    assert (found.counts_for.number, found.arrived.late_seconds) == (2, 120)


def test_what_was_sent_changes_until_its_cut_off_and_not_after_it(
    rolling: Call, application: Application, cast: Cast
) -> None:
    sent(application, first(rolling) - timedelta(days=1))
    seen = {"name": mark("Debt advisers")}
    with clock.at(first(rolling) - timedelta(hours=1)):
        actions.save_fields(application, {"name": "Advisers"}, seen=seen, by=cast["convener"])
        actions.submit(application, by=cast["convener"])
    application.refresh_from_db()
    assert application.receipts.count() == 2
    with clock.at(first(rolling) + SECOND), pytest.raises(Refused, match="time has run out"):
        actions.save_fields(application, {"name": "Others"}, seen={"name": mark("Advisers")}, by=cast["convener"])


def test_whoever_was_too_slow_is_reminded_of_the_next_cut_off_only(
    rolling: Call, application: Application, cast: Cast
) -> None:
    sent(actions.start(rolling, by=cast["convener"]), first(rolling) - timedelta(days=4))
    actions.start(rolling, by=cast["other_convener"])
    for moment in (first(rolling) - timedelta(days=3), rolling.closes - timedelta(days=3)):
        with clock.at(moment):
            remind(moment)
    told = Message.objects.filter(kind="applications/notices/reminder").order_by("pk")
    assert [message.to for message in told] == [cast["other_convener"]] * 2
    subjects = sorted(message.subject for message in told)
    assert ["nästa inlämningsdag" in one for one in subjects].count(True) == 1


def test_day_after_the_last_one_prolongs_the_call_and_leaves_what_has_arrived_where_it_is(
    rolling: Call, application: Application, cast: Cast
) -> None:
    found = sent(application, rolling.closes - timedelta(hours=1))
    day = rolling.closes_on + timedelta(days=30)
    cut_offs.add(rolling, closes_on=day, closes_at=time(12), because=Words(), by=cast["owner"])
    newest = Call.objects.select_related("programme").get(pk=rolling.pk)
    assert [one.number for one in newest.intakes.all()] == [1, 2, 3]
    assert (newest.closes_on, newest.last_intake.number) == (day, 3)
    found.refresh_from_db()
    assert (found.counts_for.number, found.counts_for.closes) == (2, rolling.closes)


def test_nothing_comes_before_or_goes_where_somebody_has_sent(
    rolling: Call, application: Application, cast: Cast
) -> None:
    sent(application, clock.now())
    earlier = rolling.closes_on - timedelta(days=8)
    with pytest.raises(Refused, match="count for the cut-off after it"):
        cut_offs.add(rolling, closes_on=earlier, closes_at=time(9), because=WHY, by=cast["owner"])
    intake = rolling.intakes.get(number=1)
    with pytest.raises(Refused, match="so it stays"):
        cut_offs.remove(intake, seen=mark_of_intake(intake), because=WHY, by=cast["owner"])


def test_moved_cut_off_is_told_to_writers_and_senders_once_with_the_reason(
    rolling: Call, application: Application, cast: Cast
) -> None:
    sent(application, clock.now())
    actions.start(rolling, by=cast["other_convener"])
    intake = rolling.intakes.get(number=1)
    later = rolling.closes_on - timedelta(days=2)
    cut_offs.move(
        intake, seen=mark_of_intake(intake), closes_on=later, closes_at=time(16), because=WHY, by=cast["owner"]
    )
    told = list(Message.objects.filter(kind="applications/notices/cut_offs_changed"))
    assert {message.to for message in told} == {cast["convener"], cast["other_convener"]}
    assert [WHY.get(message.language) in message.body for message in told if message.language in WHY] == [True, True]
    assert [one.because for one in Amendment.objects.filter(what="cut_off_changed")] == [WHY, Words()]


def test_removed_cut_off_leaves_one_closing_as_before(rolling: Call, cast: Cast) -> None:
    intake = rolling.intakes.get(number=1)
    cut_offs.remove(intake, seen=mark_of_intake(intake), because=WHY, by=cast["owner"])
    newest = Call.objects.select_related("programme").get(pk=rolling.pk)
    assert (newest.last_intake.is_only, newest.closes) == (True, rolling.closes)


def test_owner_adds_moves_and_removes_in_pages_and_everybody_reads_them(
    call: Call, cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast["owner"])
    slug, day = call.programme.slug, call.closes_on - timedelta(days=2)
    address = reverse("applications:add_cut_off", args=[slug])
    wrong = client.post(address, {"closes_on": "2020-01-01", "closes_at": "16:00"})
    assert (wrong.status_code, "That moment has passed" in wrong.text, 'value="2020-01-01"' in wrong.text) == (
        422,
        True,
        True,
    )
    assert client.post(address, {"closes_on": day.isoformat(), "closes_at": "16:00"}).status_code == 302
    page = client_of(None).get(reverse("calls:call", args=[slug]))
    assert "Next cut-off" in page.text
    client.post(
        reverse("applications:move_cut_off", args=[slug, 1]),
        {
            "closes_on": (day + timedelta(days=1)).isoformat(),
            "closes_at": "12:00",
            "because_fi": "Juhla.",
            "seen": mark_of_intake(call.intakes.get(number=1)),
        },
    )
    assert call.intakes.get(number=1).closes_on == day + timedelta(days=1)
    assert "Juhla." in client.get(reverse("calls:call", args=[slug])).text
    stale = client.post(
        reverse("applications:remove_cut_off", args=[slug, 1]), {"because_fi": "Turha.", "seen": "something else"}
    )
    assert (stale.status_code, call.intakes.count()) == (422, 2)
    client.post(
        reverse("applications:remove_cut_off", args=[slug, 1]),
        {"because_fi": "Turha.", "seen": mark_of_intake(call.intakes.get(number=1))},
    )
    assert call.intakes.get().is_only


@pytest.mark.long
def test_page_offers_to_remove_only_what_may_go(rolling: Call, cast: Cast, client_of: ClientOf) -> None:
    client, address = client_of(cast["owner"]), reverse("applications:set_times", args=[rolling.programme.slug])
    assert client.get(address).context["removable"] == {1}
    with clock.at(first(rolling) + timedelta(hours=1)):
        page = client.get(address)
    assert page.context["removable"] == set()
    assert reverse("applications:remove_cut_off", args=[rolling.programme.slug, 1]) not in page.text
