import pytest
from django.urls import reverse

from rihma.base.refused import Refused
from rihma.experiments import actions
from rihma.experiments.models import Experiment
from rihma.notices.models import Message
from tests.conftest import Cast

from .conftest import ClientOf


def test_cancelled_experiment_keeps_its_page_and_reason(running: Experiment, cast: Cast, client_of: ClientOf) -> None:
    actions.cancel(running, "The office closed.", by=cast["convener"])
    page = client_of(cast["mentor"]).get(running.get_absolute_url())
    assert (page.status_code, page.text.count("The office closed.")) == (200, 1)


def test_cancelling_needs_a_reason(running: Experiment, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.cancel(running, "", by=cast["convener"])
    assert refused.value.field == "reason"


def test_result_nobody_likes_cannot_be_cancelled(ended: Experiment, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.cancel(ended, "It looks bad.", by=cast["convener"])
    assert refused.value.code == "state"


def test_second_click_cancels_nothing_more(draft: Experiment, cast: Cast) -> None:
    actions.cancel(draft, "No time.", by=cast["convener"])
    actions.cancel(draft, "No time at all.", by=cast["member"])
    draft.refresh_from_db()
    assert (draft.cancelled_because, Message.objects.filter(kind="experiments/notices/cancelled").count()) == (
        "No time.",
        2,
    )


def test_page_asks_for_the_reason(running: Experiment, cast: Cast, client_of: ClientOf) -> None:
    client, place = client_of(cast["convener"]), reverse("experiments:cancel", args=[running.pk])
    assert client.post(place, {"reason": ""}).status_code == 422
    client.post(place, {"reason": "The office closed."})
    running.refresh_from_db()
    assert running.state == "cancelled"
