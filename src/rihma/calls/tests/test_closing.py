from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rihma.base.refused import Refused
from rihma.calls.rules import Closing, check_closing, is_open, late_by

HELSINKI = ZoneInfo("Europe/Helsinki")
SECOND = timedelta(seconds=1)
closings = st.builds(
    Closing,
    st.dates(date(2022, 1, 1), date(2030, 12, 31)),
    st.times().map(lambda clock: clock.replace(microsecond=0)),
    st.sampled_from([HELSINKI, ZoneInfo("UTC"), ZoneInfo("Pacific/Kiritimati")]),
)


@pytest.mark.req("R16")
@given(closings)
def test_closing_second_is_in_time_and_the_next_is_late(closing: Closing) -> None:
    assert [is_open(closing, None, closing.instant + step) for step in (-SECOND, timedelta(), SECOND)] == [
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
    closing = Closing(day, time(23, 59, 59), HELSINKI)
    expected = datetime.combine(day, time(23, 59, 59), UTC) - timedelta(hours=offset)
    assert closing.instant == expected


@pytest.mark.req("R16")
@pytest.mark.parametrize(("day", "code"), [(date(2026, 3, 29), "time_skipped"), (date(2026, 10, 25), "time_twice")])
def test_time_that_the_clock_skips_or_shows_twice_is_refused(day: date, code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_closing(Closing(day, time(3, 30), HELSINKI))
    assert refused.value.code == code


def test_call_is_closed_before_it_opens() -> None:
    closing = Closing(date(2026, 5, 1), time(12), HELSINKI)
    opens = datetime(2026, 4, 1, tzinfo=HELSINKI)
    assert not is_open(closing, opens, opens - SECOND)
    assert is_open(closing, opens, opens)
