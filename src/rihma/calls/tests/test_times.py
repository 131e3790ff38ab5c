from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rihma.base.refused import Refused
from rihma.calls.rules import Moment, Times, check_times, late_by, times_of

HELSINKI = ZoneInfo("Europe/Helsinki")
SECOND = timedelta(seconds=1)
closings = st.builds(
    Moment,
    st.dates(date(2022, 1, 1), date(2030, 12, 31)),
    st.times().map(lambda clock: clock.replace(microsecond=0)),
    st.sampled_from([HELSINKI, ZoneInfo("UTC"), ZoneInfo("Pacific/Kiritimati")]),
)


@pytest.mark.req("R16")
@given(closings)
def test_closing_second_is_in_time_and_the_next_is_late(closing: Moment) -> None:
    assert [Times(None, closing).is_open(closing.instant + step) for step in (-SECOND, timedelta(), SECOND)] == [
        True,
        True,
        False,
    ]
    assert late_by(closing, closing.instant + SECOND) == SECOND


@pytest.mark.req("R16")
@pytest.mark.parametrize(
    ("day", "offset"),
    [(date(2026, 3, 28), 2), (date(2026, 3, 29), 3), (date(2026, 10, 24), 3), (date(2026, 10, 25), 2)],
)
def test_wall_clock_stands_across_the_daylight_saving_change(day: date, offset: int) -> None:
    closing = Moment(day, time(23, 59, 59), HELSINKI)
    expected = datetime.combine(day, time(23, 59, 59), UTC) - timedelta(hours=offset)
    assert closing.instant == expected


@pytest.mark.req("R16")
@pytest.mark.parametrize(("day", "code"), [(date(2026, 3, 29), "time_skipped"), (date(2026, 10, 25), "time_twice")])
def test_time_that_the_clock_skips_or_shows_twice_is_refused(day: date, code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_times(Times(None, Moment(day, time(3, 30), HELSINKI)))
    assert (refused.value.code, refused.value.field) == (code, "closes_at")
    with pytest.raises(Refused) as refused:
        check_times(Times(Moment(day, time(3, 30), HELSINKI), Moment(date(2027, 1, 1), time(12), HELSINKI)))
    assert (refused.value.code, refused.value.field) == (code, "opens_at")


def test_call_takes_applications_from_its_opening_on() -> None:
    times = times_of(date(2026, 4, 1), time(9), date(2026, 5, 1), time(12), HELSINKI)
    opens = datetime(2026, 4, 1, 9, tzinfo=HELSINKI)
    assert times.opens == opens
    assert [(times.is_ahead(now), times.is_open(now)) for now in (opens - SECOND, opens)] == [
        (True, False),
        (False, True),
    ]


def test_opening_is_before_the_closing() -> None:
    day = date(2026, 5, 1)
    check_times(times_of(day, time(11, 59, 59), day, time(12), HELSINKI))
    with pytest.raises(Refused) as refused:
        check_times(times_of(day, time(12), day, time(12), HELSINKI))
    assert (refused.value.code, refused.value.field) == ("opens_late", "opens_on")


def test_call_without_an_opening_is_never_ahead() -> None:
    times = times_of(None, None, date(2026, 5, 1), time(12), HELSINKI)
    assert not times.is_ahead(datetime(2000, 1, 1, tzinfo=HELSINKI))
