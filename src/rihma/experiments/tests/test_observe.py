from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from rihma.base.refused import Refused
from rihma.experiments import actions, queries
from rihma.experiments.models import Experiment, Observation
from rihma.experiments.rules.verdicts import HOLDS, Measure, Seen, verdict
from rihma.history.models import Event
from tests.conftest import Cast

from .conftest import ClientOf, Observe

DAY = date(2026, 3, 2)
NUMBERS = st.decimals(min_value=-1000, max_value=1000, places=2)
SEEN = st.builds(
    Seen, value=NUMBERS, n=st.integers(1, 500), on=st.integers(0, 30).map(lambda days: DAY + timedelta(days=days))
)


def test_observation_is_kept_in_the_unit_of_the_plan(running: Experiment, observe: Observe, cast: Cast) -> None:
    observation = observe(running, "12.5")
    assert (observation.value, observation.n, observation.by) == (Decimal("12.5"), 18, cast["member"])
    assert Event.objects.get(verb="observed").data == {"observation": str(observation.pk), "n": 18}


def test_double_click_writes_one_observation(running: Experiment, today: date, cast: Cast) -> None:
    once = uuid4()
    for _click in range(2):
        actions.observe(
            running, value=Decimal(1), n=1, observed_on=today, evidence="counted", once=once, by=cast["member"]
        )
    assert [one.pk for one in Observation.objects.all()] == [once]


def test_id_that_another_experiment_took_does_not_hide_the_observation(
    running: Experiment, observe: Observe, cast: Cast, today: date
) -> None:
    other = Experiment.objects.create(team=running.team, title="Other", drafted_by=cast["convener"])
    taken = Observation.objects.create(
        experiment=other, value=1, n=1, observed_on=today, evidence="counted", by=cast["member"]
    )
    actions.observe(
        running, value=Decimal(2), n=5, observed_on=today, evidence="counted", once=taken.pk, by=cast["member"]
    )
    assert [one.value for one in running.observations.all()] == [Decimal(2)]


def test_observation_of_nobody_is_refused(running: Experiment, observe: Observe) -> None:
    with pytest.raises(Refused) as refused:
        observe(running, n=0)
    assert (refused.value.code, refused.value.field) == ("nobody", "n")


def test_day_that_has_not_come_is_refused(running: Experiment, observe: Observe, today: date) -> None:
    with pytest.raises(Refused) as refused:
        observe(running, on=today + timedelta(days=1))
    assert refused.value.code == "future"


def test_number_from_before_the_lock_is_no_result(running: Experiment, observe: Observe, today: date) -> None:
    with pytest.raises(Refused) as refused:
        observe(running, on=today - timedelta(days=1))
    assert refused.value.code == "before_lock"


def test_late_numbers_come_in_until_the_conclusion(ended: Experiment, observe: Observe) -> None:
    observe(ended, 70)
    assert ended.observations.count() == 2


def test_nothing_is_observed_after_the_conclusion(concluded: Experiment, observe: Observe) -> None:
    with pytest.raises(Refused) as refused:
        observe(concluded)
    assert refused.value.code == "state"


def test_form_reads_finnish_numbers_and_the_unit(
    running: Experiment, cast: Cast, client_of: ClientOf, today: date
) -> None:
    place = reverse("experiments:observe", args=[running.pk])
    typed = {"value": "61,5 %", "n": "17", "observed_on": today.isoformat(), "evidence": "answered"}
    answer = client_of(cast["member"]).post(place, typed)
    assert (answer.status_code, [one.value for one in running.observations.all()]) == (302, [Decimal("61.5")])


def test_form_refuses_another_unit_and_keeps_it(
    running: Experiment, cast: Cast, client_of: ClientOf, today: date
) -> None:
    place = reverse("experiments:observe", args=[running.pk])
    typed = {"value": "61 min", "n": "17", "observed_on": today.isoformat(), "evidence": "answered"}
    answer = client_of(cast["member"]).post(place, typed)
    form = answer.context["form"]
    assert (answer.status_code, form["value"].value()) == (422, "61 min")
    assert form.errors["value"] == ["Write one number in the unit of the plan (%), for example 12,5."]


def test_too_few_people_cannot_say(running: Experiment, observe: Observe) -> None:
    observe(running, 100, n=9)
    told = queries.result_of(running).verdict
    assert (told.answer, told.because) == (
        "cannot_say",
        "Only 9 people or cases; at least 10 are needed to say anything.",
    )


@pytest.mark.parametrize(
    ("people", "n", "answer"),
    [
        (20, 10, "met"),
        (20, 9, "cannot_say"),
        (21, 10, "cannot_say"),
        (21, 11, "met"),
        (4, 4, "cannot_say"),
        (4, 5, "met"),
    ],
)
def test_half_of_the_planned_and_at_least_five_are_enough(people: int, n: int, answer: str) -> None:
    assert verdict(Measure("ge", Decimal(1), people), [Seen(Decimal(1), n, DAY)]).answer == answer


@pytest.mark.parametrize(
    ("operator", "answers"),
    [
        ("ge", ["not_met", "met", "met"]),
        ("gt", ["not_met", "not_met", "met"]),
        ("le", ["met", "met", "not_met"]),
        ("lt", ["met", "not_met", "not_met"]),
    ],
)
def test_threshold_itself_counts_as_its_words_say(operator: str, answers: list[str]) -> None:
    values = [Decimal("39.9999"), Decimal(40), Decimal("40.0001")]
    measure = Measure(operator, Decimal(40))
    assert [verdict(measure, [Seen(value, 50, DAY)]).answer for value in values] == answers


@pytest.mark.parametrize(("reading", "value", "n"), [("last", "10", 10), ("mean", "17.5", 40), ("sum", "30", 40)])
def test_several_observations_are_read_as_the_plan_says(reading: str, value: str, n: int) -> None:
    seen = [Seen(Decimal(20), 30, DAY), Seen(Decimal(10), 10, DAY + timedelta(days=1))]
    told = verdict(Measure("ge", Decimal(1), reading=reading), seen)
    assert (told.value, told.n) == (Decimal(value), n)


def test_of_one_day_the_later_written_counts() -> None:
    told = verdict(Measure("ge", Decimal(1)), [Seen(Decimal(1), 9, DAY), Seen(Decimal(2), 9, DAY)])
    assert told.value == Decimal(2)


@given(st.sampled_from(sorted(HOLDS)), NUMBERS, st.none() | st.integers(1, 1000), st.lists(SEEN, max_size=6))
def test_verdict_is_said_only_with_enough_and_then_never_ducked(
    operator: str, threshold: Decimal, people: int | None, seen: list[Seen]
) -> None:
    for reading in ("last", "mean", "sum"):
        measure = Measure(operator, threshold, people, reading)
        told = verdict(measure, seen)
        assert (told.answer == "cannot_say") == (told.n < measure.enough)
        assert bool(told.because) == (told.answer == "cannot_say")


@given(NUMBERS, NUMBERS, st.integers(5, 500))
def test_opposite_thresholds_never_both_hold(value: Decimal, threshold: Decimal, n: int) -> None:
    seen = [Seen(value, n, DAY)]
    for one, other in (("ge", "lt"), ("gt", "le")):
        answers = {verdict(Measure(operator, threshold), seen).answer for operator in (one, other)}
        assert answers == {"met", "not_met"}


@given(st.lists(SEEN, min_size=1, max_size=6))
def test_average_lies_between_the_observations(seen: list[Seen]) -> None:
    told = verdict(Measure("ge", Decimal(0), reading="mean"), seen)
    assert told.value is not None
    assert min(one.value for one in seen) <= told.value <= max(one.value for one in seen)
