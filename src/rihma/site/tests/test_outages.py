from datetime import timedelta

import pytest

from rihma.base import clock
from rihma.site import outages
from rihma.site.models import Outage
from rihma.site.worker import LEASE, beat

pytestmark = [pytest.mark.django_db, pytest.mark.req("R16")]


def test_silence_of_the_server_is_kept_as_an_outage() -> None:
    began = clock.now()
    for after in (0, 10, 20, 20 + 1800, 30 + 1800):
        moment = began + timedelta(seconds=after)
        with clock.at(moment):
            beat("one")
            outages.watch(moment)
    silent = (began + timedelta(seconds=20), began + timedelta(seconds=20 + 1800))
    assert outages.between(began, began + timedelta(days=1)) == [silent]
    assert outages.between(silent[1], silent[1] + timedelta(days=1)) == []


def test_two_servers_that_watch_make_no_outage_of_each_other() -> None:
    began = clock.now()
    with clock.at(began):
        beat("one")
        for moment in (began, began + timedelta(seconds=12), began + timedelta(seconds=2), began + LEASE):
            outages.watch(moment)
    assert not Outage.objects.exists()


def test_server_that_is_not_ready_is_out_of_service_though_it_runs() -> None:
    began = clock.now()
    beat("one")
    outages.watch(began)
    # its worker is not heard any more, so it is not ready, whatever else still answers
    for minutes in (1, 2, 3):
        with clock.at(began + timedelta(minutes=minutes)):
            outages.watch(began + timedelta(minutes=minutes))
    assert not Outage.objects.exists()
    again = began + timedelta(minutes=4)
    with clock.at(again):
        beat("one")
        outages.watch(again)
    assert outages.between(began, again) == [(began, again)]
