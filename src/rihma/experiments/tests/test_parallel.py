from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection

from rihma.experiments import actions
from rihma.experiments.models import Decision, Experiment, Observation, PlanVersion
from rihma.history.models import Event
from rihma.notices.models import Message
from tests.conftest import Cast

pytestmark = [pytest.mark.req("R15"), pytest.mark.django_db(transaction=True)]


def at_once(act: Callable[[], object], *, times: int = 12) -> list[object]:
    def once(_number: int) -> object:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        return list(pool.map(once, range(times)))


def test_many_clicks_on_start_lock_once(ready: Experiment, cast: Cast) -> None:
    versions = at_once(lambda: actions.start(ready, by=cast["convener"]))
    assert (len(set(versions)), PlanVersion.objects.count()) == (1, 1)
    assert Event.objects.filter(verb="started").count() == 1
    assert Message.objects.filter(kind="experiments/notices/started").count() == 2


def test_one_observation_sent_many_times_is_written_once(running: Experiment, cast: Cast, today: date) -> None:
    once = uuid4()
    at_once(
        lambda: actions.observe(
            running, value=Decimal(60), n=18, observed_on=today, evidence="counted", once=once, by=cast["member"]
        )
    )
    assert [one.pk for one in Observation.objects.all()] == [once]


def test_many_clicks_on_decide_decide_once(concluded: Experiment, cast: Cast, today: date) -> None:
    decisions = at_once(
        lambda: actions.decide(
            concluded,
            outcome="stop",
            reason="It helps nobody.",
            maker="The team",
            nobody=True,
            decided_on=today,
            by=cast["convener"],
        )
    )
    assert (len(set(decisions)), Decision.objects.count()) == (1, 1)
