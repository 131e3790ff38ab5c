from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from rihma.base.refused import Refused
from rihma.experiments import actions
from rihma.experiments.models import Decision, Experiment
from rihma.history.models import Event
from rihma.notices.models import Message
from tests.conftest import Cast

from .conftest import ClientOf


@pytest.fixture
def said(today: date) -> dict[str, Any]:
    return {"outcome": "stop", "reason": "It helps nobody.", "maker": "The team", "nobody": True, "decided_on": today}


def test_stopping_with_nobody_to_carry_on_is_a_decision(
    concluded: Experiment, said: dict[str, Any], cast: Cast
) -> None:
    decision = actions.decide(concluded, by=cast["convener"], **said)
    concluded.refresh_from_db()
    assert (concluded.state, decision.outcome, decision.next_owner) == ("decided", "stop", "")
    assert Event.objects.get(verb="decided").data == {"outcome": "stop", "nobody": True}


@pytest.mark.parametrize("outcome", Decision.Outcome.values)
def test_every_outcome_asks_for_the_same(outcome: str, concluded: Experiment, said: dict[str, Any], cast: Cast) -> None:
    said |= {"outcome": outcome, "nobody": False, "next_owner": "The agency"}
    assert actions.decide(concluded, by=cast["convener"], **said).outcome == outcome


@pytest.mark.parametrize(
    ("gap", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"maker": ""}, "maker"),
        ({"nobody": False}, "next_owner"),
        ({"next_owner": "The agency"}, "next_owner"),
    ],
)
def test_decision_with_a_gap_is_refused_at_its_field(
    gap: dict[str, Any], field: str, concluded: Experiment, said: dict[str, Any], cast: Cast
) -> None:
    with pytest.raises(Refused) as refused:
        actions.decide(concluded, by=cast["convener"], **{**said, **gap})
    assert refused.value.field == field


def test_decision_is_not_made_tomorrow(concluded: Experiment, said: dict[str, Any], cast: Cast) -> None:
    said["decided_on"] += timedelta(days=1)
    with pytest.raises(Refused) as refused:
        actions.decide(concluded, by=cast["convener"], **said)
    assert refused.value.code == "future"


def test_decision_waits_for_the_conclusion(ended: Experiment, said: dict[str, Any], cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.decide(ended, by=cast["convener"], **said)
    assert refused.value.code == "state"


def test_double_click_decides_once(concluded: Experiment, said: dict[str, Any], cast: Cast) -> None:
    first = actions.decide(concluded, by=cast["convener"], **said)
    assert actions.decide(concluded, by=cast["convener"], **said) == first
    assert Message.objects.filter(kind="experiments/notices/decided").count() == 2


def test_page_tells_that_nobody_carries_it_on(
    concluded: Experiment, said: dict[str, Any], cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast["convener"])
    typed = {**said, "nobody": "on", "decided_on": said["decided_on"].isoformat()}
    page = client.post(reverse("experiments:decide", args=[concluded.pk]), typed, follow=True)
    assert page.text.count("Nobody. This is where it ends.") == 1


def test_library_marks_a_decided_experiment_published(concluded: Experiment, said: dict[str, Any], cast: Cast) -> None:
    actions.decide(concluded, by=cast["convener"], **said)
    assert actions.mark_published(concluded, by=cast["convener"]).state == "published"
