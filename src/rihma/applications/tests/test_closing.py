"""The closing second, in nights that have an hour more or less, whatever the machine thinks its zone is."""

import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from datetime import time as clock_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rihma.applications import actions
from rihma.applications.models import Application
from rihma.base import clock
from rihma.calls.rules import late_by, times_of
from tests.conftest import HELSINKI, Cast

pytestmark = pytest.mark.req("R16")

UTC_OF = {
    # the night in which 3:00 is 4:00, and the one in which it is 2:59 twice
    (2026, 3, 29, 3, 30): "2026-03-29T01:30:00+00:00",
    (2026, 3, 29, 4, 0): "2026-03-29T01:00:00+00:00",
    (2026, 10, 25, 2, 59): "2026-10-24T23:59:00+00:00",
    (2026, 10, 25, 4, 0): "2026-10-25T02:00:00+00:00",
}


@pytest.fixture(params=["Pacific/Kiritimati", "America/Los_Angeles"])
def far_away(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine keeps the time of a place where it is another day."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(("wall", "instant"), UTC_OF.items())
@pytest.mark.usefixtures("far_away")
def test_closing_is_that_of_the_programmes_zone(wall: tuple[int, int, int, int, int], instant: str) -> None:
    year, month, day, hour, minute = wall
    times = times_of(None, None, date(year, month, day), clock_time(hour, minute), HELSINKI)
    assert times.closing.instant == datetime.fromisoformat(instant)


@pytest.mark.usefixtures("far_away")
@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_machine_elsewhere_makes_nobody_late(application: Application, cast: Cast, seconds: int) -> None:
    application.call.closes_on, application.call.closes_at = date(2027, 3, 28), clock_time(4)
    application.call.save()
    with clock.at(datetime.fromisoformat("2027-03-28T01:00:00+00:00") + timedelta(seconds=seconds)):
        assert actions.submit(application, by=cast["convener"]).late_seconds == max(seconds, 0)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=st.dates(date(2024, 1, 1), date(2032, 1, 1)), at=st.times(), seconds=st.integers(-90_000, 90_000))
def test_nobody_is_late_before_the_instant_and_everybody_after(day: date, at: clock_time, seconds: int) -> None:
    closing = times_of(None, None, day, at.replace(microsecond=0), HELSINKI).closing
    late = late_by(closing, closing.instant + timedelta(seconds=seconds))
    assert late == timedelta(seconds=max(seconds, 0))
