"""When jurors read and talk: what the clock moves, what it refuses, and who is reminded."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.base import clock
from rihma.base.refused import Refused
from rihma.calls.models import Call
from rihma.calls.rules import Moment
from rihma.notices.models import Message
from rihma.reviews import actions, sheets
from rihma.reviews.models import Assignment, Review, Reviewing
from rihma.reviews.rules import phases
from rihma.reviews.rules.phases import Timetable
from rihma.reviews.tests.conftest import Judge
from rihma.reviews.tests.test_sheet import filled, taken
from rihma.reviews.timekeeping import go_round
from tests.conftest import Cast

type ClientOf = Callable[[Person | None], Client]
HELSINKI = ZoneInfo("Europe/Helsinki")
SECOND = timedelta(seconds=1)


def at(day: int, clock_time: time = time(12)) -> Moment:
    return Moment(date(2026, 10, day), clock_time, HELSINKI)


CLOSES = at(2)
TIMES = Timetable(opens=at(1), due=at(10), talk=at(12), ends=at(20))


@pytest.mark.parametrize(
    ("state", "moment", "to"),
    [("preparing", "opens", "reading"), ("reading", "talk", "discussing")],
)
def test_phase_begins_with_its_moment_and_not_a_second_sooner(state: str, moment: str, to: str) -> None:
    reached = getattr(TIMES, moment).instant
    assert [TIMES.next(state, now, None) for now in (reached - SECOND, reached)] == ["", to]


def test_last_second_of_reading_and_talking_counts_as_in_time() -> None:
    due, ends = at(10).instant, at(20).instant
    assert [TIMES.is_past_due(now) for now in (due, due + SECOND)] == [False, True]
    assert [TIMES.next("discussing", now, None) for now in (ends, ends + SECOND)] == ["", "closed"]


def test_clock_undoes_nothing_that_a_person_did_after_its_moment() -> None:
    opened_again = at(21).instant
    assert TIMES.next("discussing", opened_again, at(20).instant + timedelta(minutes=1)) == ""
    assert Timetable().next("reading", opened_again, None) == ""
    assert Timetable(ends=at(20)).next("reading", opened_again, None) == "closed"


def test_moment_keeps_its_clock_over_the_change_to_winter_time() -> None:
    times = Timetable(opens=at(24), due=at(26, time(12)))
    assert [one.instant for one in (at(24), at(26))] == [
        datetime(2026, 10, 24, 9, tzinfo=UTC),
        datetime(2026, 10, 26, 10, tzinfo=UTC),
    ]
    phases.check_times(times, at(1))


@pytest.mark.parametrize(
    ("times", "answer"),
    [
        (Timetable(opens=at(6), due=at(5)), "order:due_on"),
        (Timetable(due=at(5), ends=at(5)), "order:ends_on"),
        (Timetable(due=Moment(date(2026, 10, 25), time(3, 30), HELSINKI)), "time_twice:due_at"),
        (Timetable(opens=at(1), due=CLOSES), "too_early:due_on"),
        (Timetable(ends=at(1)), "too_early:ends_on"),
        (Timetable(opens=at(1), talk=at(2)), "too_early:talk_on"),
        (Timetable(due=Moment(CLOSES.day, time(12, 0, 1), HELSINKI)), "ok"),
        (TIMES, "ok"),
    ],
)
def test_phases_follow_each_other_at_exact_moments_after_all_has_arrived(times: Timetable, answer: str) -> None:
    found = "ok"
    try:
        phases.check_times(times, CLOSES)
    except Refused as refused:
        found = f"{refused.code}:{refused.field}"
    assert found == answer


def test_only_a_table_of_moves_says_which_phase_follows() -> None:
    for state in phases.MOVES:
        for to in ("preparing", *phases.MOVES):
            allowed = to in phases.MOVES[state]
            try:
                phases.check_may_move(state, to)
            except Refused:
                assert not allowed
            else:
                assert allowed


def set_times(application: Application, cast: Cast, *, after_due: str = "mark", **days: int) -> Reviewing:
    """Days from today, each as a whole."""
    today = clock.now().astimezone(HELSINKI).date()
    # It closes tonight, so that what is read has arrived.
    Call.objects.filter(pk=application.call_id).update(closes_on=today)
    given: Any = {f"{name}_on": today + timedelta(days=n) for name, n in days.items()}
    return actions.set_up(
        application.counts_for, readers=2, blind=False, after_due=after_due, by=cast["owner"], **given
    )


@pytest.mark.django_db
def test_review_goes_through_its_phases_by_the_clock(
    submitted: list[Application], jurors: list[Person], judge: Judge, cast: Cast
) -> None:
    for application in submitted:
        actions.assign(application, jurors[0], by=cast["owner"])
    set_times(submitted[0], cast, opens=1, due=5, talk=7, ends=9)
    found = []
    for days in (0, 2, 8, 10, 11):
        go_round(clock.now() + timedelta(days=days))
        found.append(Reviewing.objects.get().state)
    assert found == ["preparing", "reading", "discussing", "closed", "closed"]
    assert Message.objects.filter(kind="reviews/notices/to_read", to=jurors[0]).count() == 1


@pytest.mark.django_db
def test_what_keeps_reading_from_beginning_is_told_once(
    submitted: list[Application], jurors: list[Person], cast: Cast
) -> None:
    set_times(submitted[0], cast, opens=1)
    for minutes in (0, 1, 2):
        go_round(clock.now() + timedelta(days=2, minutes=minutes))
    told = Message.objects.filter(kind="reviews/notices/stuck").values_list("to__name", flat=True)
    assert (Reviewing.objects.get().state, sorted(told)) == ("preparing", ["Aino Lehtoranta", "Bertil Sandvik"])


@pytest.mark.django_db
def test_who_has_not_sent_all_is_reminded_once_and_seen_to_be_behind(
    reading: list[Application], judge: Judge, cast: Cast, client_of: ClientOf
) -> None:
    for application in reading:
        judge(application, cast["expert"], 3, 3)
    judge(reading[0], cast["juror"], 3, 3)
    set_times(reading[0], cast, due=5)
    for hours in (0, 24 * 3, 24 * 3 + 1, 24 * 4):
        go_round(clock.now() + timedelta(hours=hours))
    messages = Message.objects.filter(kind="reviews/notices/due")
    assert [(one.to, "vielä 1 arvio lähettämättä" in one.body) for one in messages] == [(cast["juror"], True)]
    set_times(reading[0], cast, due=2)
    page = client_of(cast["owner"]).get(reverse("reviews:reviewing", args=[reading[0].call.programme.slug]))
    assert [(row.juror.person.name, row.behind) for row in page.context["jurors"] if row.load] == [
        (cast["juror"].name, True),
        (cast["expert"].name, False),
    ]


@pytest.mark.django_db
def test_conflicted_juror_is_reminded_of_nothing(reading: list[Application], cast: Cast) -> None:
    for application in reading:
        actions.declare(Assignment.objects.get(application=application, person=cast["juror"]), by=cast["juror"])
    set_times(reading[0], cast, due=1)
    go_round(clock.now())
    reminded = Message.objects.filter(kind="reviews/notices/due").values_list("to", flat=True)
    assert list(reminded) == [cast["expert"].pk]


@pytest.mark.django_db
@pytest.mark.parametrize(("after_due", "answer"), [("mark", "late"), ("refuse", "due")])
def test_late_review_is_marked_or_refused_as_the_owner_says(
    reading: list[Application], judge: Judge, cast: Cast, after_due: str, answer: str
) -> None:
    in_time = judge(reading[0], cast["expert"], 4, 4)
    set_times(reading[0], cast, due=1, talk=3, after_due=after_due)
    with clock.at(clock.now() + timedelta(days=2)):
        try:
            found = "late" if judge(reading[0], cast["juror"], 4, 4).late else "in time"
        except Refused as refused:
            found = refused.code
        assert (found, in_time.late) == (answer, False)


@pytest.mark.django_db
def test_refused_rows_of_a_sheet_are_told_and_nothing_is_kept(reading: list[Application], cast: Cast) -> None:
    table = filled(taken(cast["juror"]), (4, "Good"), (2, "Weak"))
    set_times(reading[0], cast, due=1, after_due="refuse")
    with clock.at(clock.now() + timedelta(days=2)):
        plan = sheets.plan(cast["juror"], table)
    assert (plan.brought, {fault.message for fault in plan.faults}) == (
        [],
        {"The time for reading is over, so this row is not taken."},
    )


@pytest.mark.django_db
def test_who_was_in_time_may_change_their_mind_while_readers_talk(
    reading: list[Application], judge: Judge, cast: Cast, client_of: ClientOf
) -> None:
    judge(reading[0], cast["expert"], 4, 4)
    set_times(reading[0], cast, due=1, talk=2, ends=9, after_due="refuse")
    own = Assignment.objects.get(application=reading[0], person=cast["expert"])
    with clock.at(clock.now() + timedelta(days=3)):
        with pytest.raises(Refused):
            actions.reopen(own, by=cast["expert"])
        go_round(clock.now())
        page = client_of(cast["juror"]).get(Assignment.objects.filter(person=cast["juror"])[0].get_absolute_url())
        assert "The time for reading is over" in page.text
        actions.reopen(own, by=cast["expert"])
        assert judge(reading[0], cast["expert"], 2, 2).state == Review.State.SENT
        actions.remark(reading[0], "I changed my mind.", by=cast["expert"])
        with pytest.raises(Refused):
            actions.remark(reading[0], "I have not judged it.", by=cast["juror"])


@pytest.mark.django_db
def test_pages_say_what_is_open_until_when(reading: list[Application], cast: Cast, client_of: ClientOf) -> None:
    slug = reading[0].call.programme.slug
    client, form = client_of(cast["owner"]), reverse("reviews:set_up", args=[slug])
    typed = {"readers": 2, "due_on": "2031-12-12", "due_at": "16:00", "talk_on": "2031-12-13", "after_due": "refuse"}
    typed |= {"families": "on"}
    seen = client.get(form).context["form"].initial["seen"]
    early = client.post(form, {**typed, "talk_on": "2031-12-11", "seen": seen})
    assert (early.status_code, "must come after the ones above" in early.text) == (422, True)
    assert client.post(form, {**typed, "seen": seen}).status_code == 302
    for person, address in (
        ("owner", reverse("reviews:reviewing", args=[slug])),
        ("juror", reverse("reviews:mine")),
        (None, reverse("calls:call", args=[slug])),
    ):
        page = client_of(cast[person] if person else None).get(address).text
        assert ("until 12 December 2031, 16:00" in page, "from 13 December 2031" in page) == (True, True)


@pytest.mark.django_db
def test_closing_that_moves_past_the_review_is_told_once_to_those_who_run_it(
    submitted: list[Application], cast: Cast, client_of: ClientOf
) -> None:
    reviewing = set_times(submitted[0], cast, due=5)
    go_round(clock.now())
    assert not Message.objects.filter(kind="reviews/notices/too_early").exists()
    moved = reviewing.intake.closing.day + timedelta(days=9)
    Call.objects.filter(pk=submitted[0].call_id).update(closes_on=moved)
    for minutes in (0, 1):
        go_round(clock.now() + timedelta(minutes=minutes))
    told = Message.objects.filter(kind="reviews/notices/too_early")
    assert {one.to for one in told} == {cast["owner"], cast["facilitator"]}
    assert f"{moved.day}.{moved.month}.{moved.year} klo 23.59.59" in told.get(to=cast["owner"]).body
    page = client_of(cast["owner"]).get(reverse("reviews:reviewing", args=[reviewing.intake.programme.slug]))
    assert page.context["too_early"] == "due"


def test_whole_days_are_told_as_days_and_moments_as_moments() -> None:
    whole = Timetable(opens=at(1, phases.FIRST), due=at(10, phases.LAST), talk=at(12))
    assert [(span.begins_said, span.ends_said) for span in whole.spans()] == [
        ("1 October 2026", "10 October 2026"),
        ("12 October 2026, 12:00 Finnish time", ""),
    ]
