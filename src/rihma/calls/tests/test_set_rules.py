from dataclasses import replace

import pytest

from rihma.base.refused import Refused
from rihma.calls import actions
from rihma.calls.models import Amendment, Call
from rihma.calls.tests.conftest import WHY, ClientOf, address
from rihma.history.models import Event
from tests.conftest import Cast

FILLED = {
    "teams_min": "5",
    "teams_max": "7",
    "state_administration_min": "1",
    "organisations_min": "2",
    "willing_to_open": "on",
    "completion_days": "30",
}


def test_page_saves_rules_and_places_of_a_draft(ahead: Call, cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast["owner"])
    page.post(address("set_rules", ahead), {**FILLED, "seen": ahead.requirements.mark})
    saved = Call.objects.select_related("programme").get(pk=ahead.pk)
    assert (saved.teams_min, saved.teams_max) == (5, 7)
    assert saved.programme.eligibility == {
        "state_administration_min": 1,
        "organisations_min": 2,
        "theme": False,
        "willing_to_open": True,
        "bounded_experiment": False,
        "completion_days": 30,
        "unconfirmed_organisations": False,
    }
    assert not Amendment.objects.exists()


def test_rules_of_an_open_call_change_with_a_public_reason(call: Call, cast: Cast) -> None:
    before = call.requirements
    actions.set_rules(
        call, replace(before, organisations_min=3, teams_max=3), seen=before.mark, because=WHY, by=cast["owner"]
    )
    assert Amendment.objects.get().what == Amendment.What.RULES
    assert Event.objects.get(verb="rules_set").data == {"fields": ["organisations_min", "teams_max"]}


def test_saving_rules_as_they_were_needs_no_reason_and_leaves_no_trace(call: Call, cast: Cast) -> None:
    actions.set_rules(call, call.requirements, seen=call.requirements.mark, by=cast["owner"])
    assert not Event.objects.filter(verb="rules_set").exists()


def test_stricter_rule_is_refused_after_the_first_application(answered: Call, cast: Cast, client_of: ClientOf) -> None:
    filled = {**FILLED, "organisations_min": "3", "teams_min": "1", "because_fi": "Siksi"}
    answer = client_of(cast["owner"]).post(
        address("set_rules", answered), {**filled, "seen": answered.requirements.mark}
    )
    assert answer.context["form"].errors == {
        "organisations_min": ["Applications have been sent already, so the rules can only be made easier to meet."]
    }
    assert Call.objects.get(pk=answered.pk).programme.eligibility["organisations_min"] == 2


def test_two_facilitators_do_not_overwrite_each_other(call: Call, cast: Cast) -> None:
    seen = call.requirements.mark
    actions.set_rules(call, replace(call.requirements, teams_max=3), seen=seen, because=WHY, by=cast["owner"])
    with pytest.raises(Refused) as refused:
        actions.set_rules(call, replace(call.requirements, teams_max=9), seen=seen, because=WHY, by=cast["facilitator"])
    assert refused.value.code == "newer"
    assert Call.objects.get(pk=call.pk).teams_max == 3
