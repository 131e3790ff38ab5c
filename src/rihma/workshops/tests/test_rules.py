from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rihma.base.refused import Refused
from rihma.workshops import rules
from rihma.workshops.models import Rsvp, Workshop
from rihma.workshops.rules import Hours, Seating, Waiting

HELSINKI = ZoneInfo("Europe/Helsinki")
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
A, B, C = UUID(int=1), UUID(int=2), UUID(int=3)


def hours(day: date, starts: time, ends: time) -> Hours:
    return Hours(day, starts, ends, HELSINKI)


MORNING = hours(date(2026, 3, 2), time(9), time(13))


def test_hours_must_be_in_order() -> None:
    with pytest.raises(Refused) as refused:
        rules.check_hours(hours(date(2026, 3, 2), time(13), time(13)))
    assert (refused.value.code, refused.value.field) == ("hours", "ends")


@pytest.mark.req("R16")
@pytest.mark.parametrize(
    ("day", "starts", "ends", "code", "field"),
    [
        (date(2026, 3, 29), time(3, 30), time(9), "time_skipped", "starts"),
        (date(2026, 3, 29), time(2), time(3, 0), "time_skipped", "ends"),
        (date(2026, 10, 25), time(3, 30), time(9), "time_twice", "starts"),
        (date(2026, 10, 25), time(2), time(3, 59, 59), "time_twice", "ends"),
    ],
)
def test_hour_that_the_clock_skips_or_shows_twice_is_refused(
    day: date, starts: time, ends: time, code: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        rules.check_hours(hours(day, starts, ends))
    assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.req("R16")
@pytest.mark.parametrize("day", [date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 24), date(2026, 10, 25)])
def test_workshop_keeps_its_local_hour_across_the_change_of_clocks(day: date) -> None:
    told = hours(day, time(9), time(13))
    rules.check_hours(told)
    assert (told.begins.hour, told.begins.astimezone(UTC).hour) == (9, 7 if told.begins.dst() == timedelta() else 6)
    assert (told.finishes.astimezone(UTC) - told.begins.astimezone(UTC)) == timedelta(hours=4)


@pytest.mark.parametrize(("mode", "field"), [("room", "venue"), ("hybrid", "venue"), ("remote", "remote_link")])
def test_workshop_without_a_place_is_refused(mode: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.check_place(mode, venue=" ", remote_link="")
    assert refused.value.field == field


def test_hybrid_workshop_may_get_its_link_later() -> None:
    rules.check_place("hybrid", venue="Lab", remote_link="")


def test_every_state_and_answer_is_in_the_tables_of_moves() -> None:
    assert set(rules.MOVES) == set(Workshop.State.values)
    assert set(rules.OFFERS) == set(Workshop.Mode.values)
    standings = {"unanswered", *Rsvp.State.values, *set(Rsvp.Answer.values) - {"in_room"}}
    assert set(rules.ANSWER_MOVES) == standings


@pytest.mark.parametrize(("state", "to"), [*product(Workshop.State.values, repeat=2)])
def test_only_a_planned_workshop_may_be_cancelled(state: str, to: str) -> None:
    assert (to in rules.MOVES[state]) == ((state, to) == ("planned", "cancelled"))


@pytest.mark.parametrize(("standing", "answer"), [*product(rules.ANSWER_MOVES, Rsvp.Answer.values)])
def test_the_same_answer_again_is_no_move(standing: str, answer: str) -> None:
    said = {"confirmed": "in_room", "waiting": "in_room"}.get(standing, standing)
    assert (answer in rules.ANSWER_MOVES[standing]) == (said != answer)


@pytest.mark.parametrize(("mode", "answer"), [*product(rules.OFFERS, Rsvp.Answer.values)])
def test_answer_must_fit_how_the_workshop_is_held(mode: str, answer: str) -> None:
    impossible = (mode, answer) in {("room", "remote"), ("remote", "in_room")}
    if not impossible:
        rules.check_offered(mode, answer)
        return
    with pytest.raises(Refused):
        rules.check_offered(mode, answer)


@pytest.mark.req("R16")
@pytest.mark.parametrize(("seconds", "open_"), [(-1, True), (0, False), (1, False)])
def test_answers_end_in_the_second_in_which_the_workshop_ends(seconds: int, open_: bool) -> None:
    now = MORNING.finishes + timedelta(seconds=seconds)
    if open_:
        rules.check_may_answer("planned", MORNING, now)
        return
    with pytest.raises(Refused, match="over"):
        rules.check_may_answer("planned", MORNING, now)


def test_begun_workshop_is_not_moved_and_nothing_is_moved_into_the_past() -> None:
    later = hours(date(2026, 3, 3), time(9), time(13))
    earlier = hours(date(2026, 2, 27), time(9), time(13))
    rules.check_may_move("planned", MORNING, later, NOW)
    for before, after, now, code in [
        (MORNING, later, MORNING.begins, "begun"),
        (MORNING, earlier, NOW, "past"),
    ]:
        with pytest.raises(Refused) as refused:
            rules.check_may_move("planned", before, after, now)
        assert refused.value.code == code
    with pytest.raises(Refused, match="cancelled"):
        rules.check_may_move("cancelled", MORNING, later, NOW)


def test_each_team_has_its_share_of_the_room_and_the_rest_is_spare() -> None:
    assert (Seating(30, 11).quota, Seating(30, 11).spare) == (2, 8)
    assert (Seating(30, 7).quota, Seating(30, 7).spare) == (4, 2)
    assert (Seating(30, 0).quota, Seating(30, 0).spare) == (0, 30)
    assert (Seating(1, 2).quota, Seating(1, 2).spare) == (0, 1)


def test_team_fills_its_own_seats_first_and_then_spare_ones() -> None:
    room = Seating(seats=5, teams=2, seated=(A, A))
    assert room.fits(A)
    full = room.seat(A)
    assert (full.spare_free, full.fits(A), full.fits(B), full.fits(None)) == (0, False, True, False)


def test_person_without_a_team_takes_a_spare_seat_only() -> None:
    assert Seating(5, 2).fits(None)
    assert not Seating(4, 2).fits(None)


def test_held_seats_of_a_team_admitted_later_never_overfill_the_room() -> None:
    room = Seating(seats=4, teams=2, seated=(A, A, A, A))
    assert not room.fits(B)


def test_first_in_the_queue_whom_the_free_seat_fits_is_promoted() -> None:
    room = Seating(seats=4, teams=2, seated=(A, A, B))
    assert rules.promoted(room, [Waiting(7, A), Waiting(9, B), Waiting(8, None)]) == [9]


rooms = st.builds(Seating, st.integers(0, 12), st.integers(0, 3))
people = st.lists(st.sampled_from([A, B, C, None]), max_size=20)


@settings(deadline=None)  # a busy machine is no mistake of the code
@given(rooms, people)
def test_the_room_is_never_overfilled_and_each_team_gets_its_quota(room: Seating, arrivals: list[UUID | None]) -> None:
    queue = [Waiting(number, team) for number, team in enumerate(arrivals)]
    seated = rules.promoted(room, queue)
    after = Seating(room.seats, room.teams, tuple(arrivals[number] for number in seated))
    assert len(seated) <= room.seats
    if room.teams == 3:
        for team in (A, B, C):
            assert after.seated.count(team) >= min(room.quota, arrivals.count(team))
    assert not [waiting for waiting in queue if waiting.arrival not in seated and after.fits(waiting.team)]


@settings(deadline=None)  # a busy machine is no mistake of the code
@given(rooms, people, st.data())
def test_one_freed_seat_promotes_at_most_one(room: Seating, arrivals: list[UUID | None], data: st.DataObject) -> None:
    queue = [Waiting(number, team) for number, team in enumerate(arrivals)]
    seated = rules.promoted(room, queue)
    if not seated:
        return
    gone = data.draw(st.sampled_from(seated))
    left = [number for number in seated if number != gone]
    after = Seating(room.seats, room.teams, tuple(arrivals[number] for number in left))
    waiting = [one for one in queue if one.arrival not in seated]
    assert len(rules.promoted(after, waiting)) <= 1
