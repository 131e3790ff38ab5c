from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from rihma.base.refused import Refused
from rihma.experiments import actions, queries
from rihma.experiments.models import Experiment
from rihma.experiments.rules import plans
from rihma.history.models import Event
from rihma.notices.models import Message
from tests.conftest import Cast

from .conftest import ClientOf, Observe


def test_amendment_is_a_new_version_beside_the_old(running: Experiment, cast: Cast) -> None:
    version = actions.amend(running, "Too few came.", seen=1, by=cast["convener"], people=12)
    assert [(one.number, one.plan["people"]) for one in running.versions.all()] == [(1, 20), (2, 12)]
    assert (version.reason, version.by) == ("Too few came.", cast["convener"])


def test_amendment_tells_how_much_was_known_then(running: Experiment, observe: Observe, cast: Cast) -> None:
    observe(running)
    assert actions.amend(running, "Late.", seen=1, by=cast["convener"], people=12).observations_then == 1


def test_amendment_without_a_reason_is_refused(running: Experiment, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.amend(running, "  ", seen=1, by=cast["convener"], people=12)
    assert (refused.value.field, running.versions.count()) == ("reason", 1)


def test_amendment_that_changes_nothing_is_refused(running: Experiment, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.amend(running, "Just so.", seen=1, by=cast["convener"])
    assert refused.value.code == "nothing"


def test_double_click_amends_once(running: Experiment, cast: Cast) -> None:
    first = actions.amend(running, "Too few came.", seen=1, by=cast["convener"], people=12)
    assert actions.amend(running, "Too few came.", seen=1, by=cast["convener"], people=12) == first


def test_amendment_may_not_leave_the_plan_with_gaps(running: Experiment, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.amend(running, "Away.", seen=1, by=cast["convener"], threshold=None)
    assert refused.value.code == "plan_incomplete"


def test_plan_of_an_ended_experiment_stays(ended: Experiment, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.amend(ended, "It looks bad.", seen=1, by=cast["convener"], threshold=Decimal(10))
    assert refused.value.code == "ended"


def test_late_experiment_may_be_given_a_later_end(running: Experiment, cast: Cast) -> None:
    ends = running.ends
    assert ends
    longer = ends + timedelta(days=14)
    assert actions.amend(running, "Snow.", seen=1, by=cast["convener"], ends=longer).plan["ends"] == longer.isoformat()


def test_new_end_may_not_lie_in_the_past(running: Experiment, cast: Cast) -> None:
    starts = running.starts
    assert starts
    with pytest.raises(Refused, match="The last day is before the first"):
        actions.amend(running, "Oops.", seen=1, by=cast["convener"], ends=starts - timedelta(days=1))


def test_keepers_get_a_new_receipt_with_the_reason(running: Experiment, cast: Cast) -> None:
    version = actions.amend(running, "Too few came.", seen=1, by=cast["convener"], people=12)
    receipts = Message.objects.filter(kind="experiments/notices/amended")
    assert {one.to for one in receipts} == {cast["convener"], cast["facilitator"]}
    assert [(one.body.count(version.digest), one.body.count("Too few came.")) for one in receipts] == [(1, 1), (1, 1)]


def test_history_names_the_changed_fields_only(running: Experiment, cast: Cast) -> None:
    version = actions.amend(running, "Too few came.", seen=1, by=cast["convener"], people=12)
    assert Event.objects.get(verb="amended").data == {"version": 2, "digest": version.digest, "fields": ["people"]}


def test_moved_goal_is_judged_against_the_first_lock_too(running: Experiment, observe: Observe, cast: Cast) -> None:
    actions.amend(running, "A lower goal is enough.", seen=1, by=cast["convener"], threshold=Decimal(50))
    observe(running, 55)
    result = queries.result_of(running)
    assert (result.verdict.answer, result.first_verdict.answer, result.goal_moved) == ("met", "not_met", True)


def lower_the_threshold(one: Experiment) -> None:
    Experiment.objects.filter(pk=one.pk).update(threshold=Decimal(59))


def change_one_letter(one: Experiment) -> None:
    Experiment.objects.filter(pk=one.pk).update(place="saarnila")


def write_another_digest(one: Experiment) -> None:
    one.versions.update(digest="0" * 64)


def change_the_version(one: Experiment) -> None:
    one.versions.update(plan={**one.versions.get().plan, "people": 4})


def change_plan_version_and_digest(one: Experiment) -> None:
    """What somebody with the database and the source would do."""
    Experiment.objects.filter(pk=one.pk).update(people=4)
    version = one.versions.get()
    version.plan = Experiment.objects.get(pk=one.pk).plan.record()
    version.digest = plans.digest(str(one.pk), 1, version.plan)
    version.save()


@pytest.mark.req("G7")
@pytest.mark.parametrize(
    "tamper",
    [
        lower_the_threshold,
        change_one_letter,
        write_another_digest,
        change_the_version,
        change_plan_version_and_digest,
    ],
)
def test_change_past_the_rules_shows_on_the_page(
    tamper: Callable[[Experiment], None], running: Experiment, cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast["convener"])
    assert client.get(running.get_absolute_url()).context["lock"].holds is True
    tamper(running)
    page = client.get(running.get_absolute_url())
    assert page.context["lock"].holds is False
    assert page.text.count("This plan is not the one that was locked") == 1


def test_amendment_is_shown_on_the_page_with_its_reason(running: Experiment, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["convener"])
    place = reverse("experiments:amend", args=[running.pk])
    form = client.get(place).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    answer = client.post(place, {**typed, "people": "12", "reason": "Too few came."}, follow=True)
    changes = answer.context["lock"].changes
    assert [(change.reason, change.plan["people"]) for change in changes] == [("Too few came.", 12)]


def test_amendment_without_a_reason_keeps_what_was_typed(running: Experiment, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["convener"])
    place = reverse("experiments:amend", args=[running.pk])
    form = client.get(place).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    answer = client.post(place, {**typed, "people": "12"})
    form = answer.context["form"]
    assert (answer.status_code, form["people"].value(), list(form.errors)) == (422, "12", ["reason"])
