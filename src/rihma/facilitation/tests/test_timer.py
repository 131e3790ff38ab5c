"""The server holds the end of the time; everybody sees the same."""

from datetime import timedelta

import pytest
from django.test import Client

from rihma.base import clock
from rihma.base.refused import Refused
from rihma.canvases.models import Canvas
from rihma.facilitation import actions
from rihma.facilitation.models import Timer
from rihma.facilitation.tests.conftest import ClientOf, ComeIn, page_url, text_of, url
from rihma.history.models import Event
from tests.conftest import Cast

MINUTE = timedelta(minutes=1)


def test_member_starts_a_timer_and_a_guest_reads_when_it_ends(canvas: Canvas, works: Client, come_in: ComeIn) -> None:
    assert works.get(url("start_timer", canvas)).status_code == 200
    answer = works.post(url("start_timer", canvas), {"minutes": "7", "what_for": "Write alone"})
    timer = Timer.objects.get()
    assert (answer.status_code, timer.what_for) == (303, "Write alone")
    assert MINUTE * 6 < timer.ends_at - clock.now() <= MINUTE * 7

    _guest, phone = come_in("reader")
    page = phone.get(page_url(canvas))
    assert "Write alone It ends at" in text_of(page)
    assert f'data-ends="{timer.ends_at.isoformat()}"' in page.content.decode()
    assert "/timer/" not in page.content.decode()


@pytest.mark.parametrize("minutes", [0, 121])
def test_time_is_a_minute_at_least_and_two_hours_at_most(canvas: Canvas, cast: Cast, minutes: int) -> None:
    with pytest.raises(Refused, match="Choose from 1 to 120 minutes"):
        actions.start_timer(canvas, minutes=minutes, by=cast["member"])


def test_running_timer_is_not_started_over(canvas: Canvas, cast: Cast) -> None:
    actions.start_timer(canvas, minutes=5, by=cast["member"])
    with pytest.raises(Refused, match="Stop it first"):
        actions.start_timer(canvas, minutes=5, by=cast["convener"])
    with clock.at(clock.now() + 5 * MINUTE):
        actions.start_timer(canvas, minutes=1, what_for="More", by=cast["convener"])
    assert Timer.objects.get().what_for == "More"


def test_minute_is_added_to_the_end_or_to_now(canvas: Canvas, cast: Cast) -> None:
    start = clock.now()
    with clock.at(start):
        actions.start_timer(canvas, minutes=5, by=cast["member"])
        actions.extend_timer(canvas, by=cast["convener"])
    assert Timer.objects.get().ends_at == start + 6 * MINUTE
    with clock.at(start + 10 * MINUTE):
        actions.extend_timer(canvas, by=cast["convener"])
    assert Timer.objects.get().ends_at == start + 11 * MINUTE


def test_timer_grows_to_two_hours_and_no_further(canvas: Canvas, cast: Cast) -> None:
    with pytest.raises(Refused, match="No timer is running"):
        actions.extend_timer(canvas, by=cast["member"])
    with clock.at(clock.now()):
        actions.start_timer(canvas, minutes=120, by=cast["member"])
        with pytest.raises(Refused, match="120 minutes at most"):
            actions.extend_timer(canvas, by=cast["member"])


def test_stopped_timer_is_gone_and_stopping_twice_harms_nothing(canvas: Canvas, works: Client) -> None:
    works.post(url("start_timer", canvas), {"minutes": "7"})
    for _ in range(2):
        assert works.post(url("stop_timer", canvas)).status_code == 303
    assert "timer-line" not in works.get(page_url(canvas)).content.decode()
    assert list(Event.objects.filter(area="facilitation").order_by("number").values_list("verb", flat=True)) == [
        "timer_started",
        "timer_stopped",
    ]


def test_time_that_is_up_is_told_for_ten_minutes(canvas: Canvas, cast: Cast, client_of: ClientOf) -> None:
    start = clock.now()
    with clock.at(start):
        actions.start_timer(canvas, minutes=5, by=cast["member"])
    member = client_of(cast["member"])
    with clock.at(start + 6 * MINUTE):
        assert "The time was up at" in text_of(member.get(page_url(canvas)))
    with clock.at(start + 15 * MINUTE):
        assert "timer-line" not in member.get(page_url(canvas)).content.decode()


@pytest.mark.parametrize("role", ["mentor", "outsider"])
def test_who_only_reads_starts_no_timer(canvas: Canvas, cast: Cast, role: str) -> None:
    with pytest.raises(Refused):
        actions.start_timer(canvas, minutes=5, by=cast[role])
