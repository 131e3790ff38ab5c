import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from rihma.actors.actions import name_organisation
from rihma.actors.models import Organisation
from rihma.base.refused import Refused
from rihma.experiments import actions, queries
from rihma.experiments.models import Experiment, PlanVersion
from rihma.experiments.rules import law, plans
from rihma.history.models import Event
from rihma.notices.models import Message
from rihma.teams import actions as teams
from tests.conftest import Cast

from .conftest import ClientOf


def test_start_locks_version_one_with_its_digest(ready: Experiment, cast: Cast) -> None:
    version = actions.start(ready, by=cast["convener"])
    ready.refresh_from_db()
    assert (ready.state, version.number, version.plan) == ("running", 1, ready.plan.record())
    assert version.digest == plans.digest(str(ready.pk), 1, ready.plan.record())


def test_digest_of_the_lock_stands_in_history(running: Experiment) -> None:
    event = Event.objects.get(verb="started")
    assert event.data == {"version": 1, "digest": running.versions.get().digest}
    assert (event.scope, event.thread) == (running.team.programme_id, running.team_id)


def test_convener_and_facilitator_get_the_receipt_in_their_own_language(running: Experiment, cast: Cast) -> None:
    receipts = Message.objects.filter(kind="experiments/notices/started").order_by("to__name")
    assert [(one.to, one.language) for one in receipts] == [(cast["facilitator"], "sv"), (cast["convener"], "fi")]
    digest = running.versions.get().digest
    assert [one.body.count(digest) for one in receipts] == [1, 1]


def test_owners_get_the_receipt_where_there_is_no_facilitator(ready: Experiment, cast: Cast) -> None:
    cast["facilitator"].roles.update(ended_at=ready.drafted_at)
    actions.start(ready, by=cast["convener"])
    receipts = Message.objects.filter(kind="experiments/notices/started")
    assert {one.to for one in receipts} == {cast["owner"], cast["convener"]}


@pytest.mark.req("R15")
def test_double_click_locks_once(ready: Experiment, cast: Cast) -> None:
    assert actions.start(ready, by=cast["convener"]) == actions.start(ready, by=cast["member"])
    assert (PlanVersion.objects.count(), Event.objects.filter(verb="started").count()) == (1, 1)


def test_plan_that_is_not_ready_does_not_start(draft: Experiment, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.start(draft, by=cast["convener"])
    assert refused.value.code == "not_ready"


def test_plan_with_gaps_tells_what_is_missing(ready: Experiment, cast: Cast) -> None:
    actions.edit(ready, seen=1, by=cast["convener"], metric_unit="", threshold=None)
    with pytest.raises(Refused) as refused:
        actions.start(ready, by=cast["convener"])
    assert str(refused.value) == (
        "The experiment cannot start yet. Name the metric, its unit and how it is collected. "
        "Say how much is enough for the belief to hold."
    )


def test_end_in_the_past_does_not_start(ready: Experiment, cast: Cast) -> None:
    Experiment.objects.filter(pk=ready.pk).update(
        starts=ready.drafted_at - timedelta(9), ends=ready.drafted_at - timedelta(2)
    )
    with pytest.raises(Refused, match="The last day has passed already"):
        actions.start(ready, by=cast["convener"])


def test_touching_rights_stops_until_the_basis_is_noted(ready: Experiment, cast: Cast) -> None:
    answers = {key: {"answer": "no", "note": ""} for key in law.KEYS} | {"rights": {"answer": "yes", "note": " "}}
    actions.edit(ready, seen=1, by=cast["convener"], law=answers, stop_rule="Anybody loses a benefit.")
    with pytest.raises(Refused, match="Stop and ask first"):
        actions.start(ready, by=cast["convener"])
    answers["rights"]["note"] = "The agency's lawyer: section 9 allows it."
    actions.edit(ready, seen=2, by=cast["convener"], law=answers)
    assert actions.start(ready, by=cast["convener"]).plan["law"]["rights"]["answer"] == "yes"


@pytest.mark.parametrize("key", law.KEYS)
def test_every_yes_needs_its_note_and_a_stop_rule(key: str, ready: Experiment, cast: Cast) -> None:
    answers = {other: {"answer": "no", "note": ""} for other in law.KEYS} | {key: {"answer": "yes", "note": "Asked."}}
    actions.edit(ready, seen=1, by=cast["convener"], law=answers)
    with pytest.raises(Refused, match="Say at what sign you stop at once"):
        actions.start(ready, by=cast["convener"])


def test_unanswered_question_on_law_stops_the_start(ready: Experiment, cast: Cast) -> None:
    answers = {key: {"answer": "no", "note": ""} for key in law.KEYS[1:]}
    actions.edit(ready, seen=1, by=cast["convener"], law=answers)
    with pytest.raises(Refused, match="Answer yes or no to each question"):
        actions.start(ready, by=cast["convener"])


def test_partner_of_the_teams_own_organisations_only_warns(ready: Experiment, cast: Cast) -> None:
    agency = name_organisation("Rekisterihallitus", kind=Organisation.Kind.STATE_AGENCY)
    actions.edit(ready, seen=1, by=cast["convener"], partners=[agency])
    outside = {check.rule: check.state for check in queries.checks_of(ready, ready.drafted_at)}["partners"]
    assert (outside, actions.start(ready, by=cast["convener"]).number) == ("unclear", 1)


def test_ready_plan_is_told_to_the_mentors(ready: Experiment, cast: Cast) -> None:
    told = Message.objects.filter(kind="experiments/notices/ready")
    assert [message.to for message in told] == [cast["mentor"]]


def test_thin_plan_is_not_ready_for_sparring(idea: Experiment, cast: Cast) -> None:
    actions.edit(idea, seen=0, by=cast["convener"], title="Something")
    with pytest.raises(Refused) as refused:
        actions.make_ready(idea, by=cast["convener"])
    assert refused.value.code == "plan_thin"


def test_mentor_reads_and_does_not_start(ready: Experiment, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["mentor"])
    page = client.get(ready.get_absolute_url())
    start = client.post(reverse("experiments:start", args=[ready.pk]))
    assert (page.status_code, page.context["works"], start.status_code) == (200, False, 404)


def test_start_by_the_button_says_that_the_plan_is_locked(ready: Experiment, cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast["convener"]).post(reverse("experiments:start", args=[ready.pk]), follow=True)
    said = [str(message) for message in answer.context["messages"]]
    assert said == ["The experiment runs. Its plan is locked, and the receipt is on its way."]


def test_refused_start_leads_back_with_the_reason(ready: Experiment, cast: Cast, client_of: ClientOf) -> None:
    actions.edit(ready, seen=1, by=cast["convener"], place="")
    client, page = client_of(cast["convener"]), ready.get_absolute_url()
    answer = client.post(
        reverse("experiments:start", args=[ready.pk]), headers={"referer": f"http://testserver{page}"}, follow=True
    )
    said = [str(message) for message in answer.context["messages"]]
    assert said == ["The experiment cannot start yet. Name the place: a town, an office, a service."]


def test_member_who_left_cannot_start(ready: Experiment, cast: Cast, client_of: ClientOf) -> None:
    teams.leave(ready.team.members.get(person=cast["member"]), by=cast["member"])
    answer = client_of(cast["member"]).post(reverse("experiments:start", args=[ready.pk]))
    assert answer.status_code == 404


TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)


@given(st.builds(plans.Plan, title=TEXTS, belief=TEXTS, place=TEXTS, what_we_do=TEXTS, people=st.integers(1, 99)))
def test_one_plan_has_one_digest_in_any_order(plan: plans.Plan) -> None:
    record = plan.record()
    turned = dict(reversed(record.items()))
    stored = json.loads(json.dumps(record))
    assert plans.digest("x", 1, record) == plans.digest("x", 1, turned) == plans.digest("x", 1, stored)


@given(TEXTS, TEXTS)
def test_another_text_has_another_digest(one: str, other: str) -> None:
    digests = {plans.digest("x", 1, plans.Plan(place=text).record()) for text in (one, other)}
    assert len(digests) == len({one, other})


@given(st.decimals(min_value=-1000, max_value=1000, places=4))
def test_zeros_at_the_end_do_not_change_the_digest(number: Decimal) -> None:
    padded = number.quantize(Decimal("0.0000000001"))
    assert plans.Plan(threshold=number).record() == plans.Plan(threshold=padded).record()
