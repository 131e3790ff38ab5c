import pytest
from django.urls import reverse

from rihma.base.refused import Refused
from rihma.experiments import actions, queries
from rihma.experiments.models import Conclusion, Experiment
from rihma.history.models import Event
from tests.conftest import Cast

from .conftest import ClientOf


def test_people_may_say_other_than_the_numbers(ended: Experiment, cast: Cast) -> None:
    actions.conclude(ended, own_verdict="cannot_say", learned="Too many phoned.", confidence="low", by=cast["member"])
    ended.refresh_from_db()
    assert (queries.result_of(ended).verdict.answer, ended.conclusion.own_verdict) == ("met", "cannot_say")
    assert Event.objects.get(verb="concluded").data == {"own": "cannot_say", "verdict": "met", "confidence": "low"}


def test_no_result_is_concluded_as_cannot_say(running: Experiment, cast: Cast) -> None:
    actions.end(running, by=cast["member"])
    actions.conclude(running, own_verdict="cannot_say", learned="Nobody came.", confidence="high", by=cast["member"])
    verdict = queries.result_of(running).verdict
    assert (verdict.answer, verdict.because) == ("cannot_say", "Nothing was observed.")


def test_conclusion_needs_a_lesson(ended: Experiment, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.conclude(ended, own_verdict="met", learned=" ", confidence="mid", by=cast["member"])
    assert refused.value.field == "learned"


def test_running_experiment_is_not_concluded(running: Experiment, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.conclude(running, own_verdict="met", learned="It works.", confidence="mid", by=cast["member"])
    assert refused.value.code == "state"


def test_double_click_concludes_once(concluded: Experiment, cast: Cast) -> None:
    again = actions.conclude(
        concluded, own_verdict="met", learned="Order matters.", confidence="mid", by=cast["member"]
    )
    assert (again, Conclusion.objects.count()) == (concluded.conclusion, 1)


def test_second_conclusion_is_refused_and_kept_on_the_page(
    concluded: Experiment, cast: Cast, client_of: ClientOf
) -> None:
    typed = {"own_verdict": "not_met", "learned": "I see it otherwise.", "confidence": "high"}
    answer = client_of(cast["convener"]).post(reverse("experiments:conclude", args=[concluded.pk]), typed)
    assert (answer.status_code, answer.context["form"]["learned"].value()) == (422, "I see it otherwise.")
    assert Conclusion.objects.get().learned == "Order matters."


def test_verdict_is_not_told_before_the_end(running: Experiment, cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast["convener"]).get(running.get_absolute_url())
    assert (page.text.count("What the numbers say"), page.text.count("The verdict is told when")) == (0, 1)


def test_early_end_is_told_beside_the_verdict(ended: Experiment, cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast["convener"]).get(ended.get_absolute_url())
    assert page.text.count("It was ended before the planned last day.") == 1
