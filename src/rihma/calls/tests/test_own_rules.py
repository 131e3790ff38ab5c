"""Rules that an owner writes in pages: tried before they are saved, and changed as the call allows."""

from dataclasses import replace

import pytest

from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.calls import actions
from rihma.calls.models import Amendment, Call
from rihma.calls.tests.conftest import WHY, ClientOf, address
from rihma.programmes.requirements import EXAMPLES, Example, Requirement
from tests.conftest import Cast

FILLED = {
    "title_fi": "Väkeä kahdelta sektorilta",
    "title_en": "Two sectors",
    "holds": "count(sectors) >= 2",
    "remedy_fi": "Kutsu väkeä.",
    "binding": "on",
}
RULE = Requirement("two-sectors", Words(en="Two sectors"), "count(sectors) >= 2", Words())


def saved(call: Call) -> list[dict[str, object]]:
    rules: list[dict[str, object]] = Call.objects.select_related("programme").get(pk=call.pk).programme.own_rules
    return rules


def give(call: Call, *rules: Requirement, cast: Cast) -> Call:
    before = call.requirements
    actions.set_rules(call, replace(before, own=rules), seen=before.mark, because=WHY, by=cast["owner"])
    return Call.objects.select_related("programme").get(pk=call.pk)


def test_owner_adds_a_rule_of_her_own(ahead: Call, cast: Cast, client_of: ClientOf) -> None:
    client_of(cast["owner"]).post(address("add_rule", ahead), {**FILLED, "seen": ahead.requirements.mark})
    assert saved(ahead) == [
        {
            "key": "two-sectors",
            "title": {"fi": "Väkeä kahdelta sektorilta", "en": "Two sectors"},
            "remedy": {"fi": "Kutsu väkeä."},
            "holds": "count(sectors) >= 2",
            "binding": True,
        }
    ]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.key)
def test_shipped_example_fills_the_form_and_is_tried_at_once(
    ahead: Call, cast: Cast, client_of: ClientOf, example: Example
) -> None:
    page = client_of(cast["owner"]).get(f"{address('add_rule', ahead)}?example={example.key}")
    assert page.context["form"]["holds"].value() == example.holds
    assert '<ul class="checklist">' in page.text


def test_trying_a_rule_says_why_and_saves_nothing(ahead: Call, cast: Cast, client_of: ClientOf) -> None:
    tried = {**FILLED, "try": "1", "trial-kind_1": "company", "trial-body_1": "1", "trial-state_1": "in"}
    page = client_of(cast["owner"]).post(address("add_rule", ahead), tried, headers={"accept-language": "en"})
    assert "Sectors: now 1. Asked: at least 2." in page.text
    assert page.context["form"]["holds"].value() == FILLED["holds"]
    assert saved(ahead) == []


def test_rule_is_tried_against_a_team_there_is(ahead: Call, cast: Cast, client_of: ClientOf) -> None:
    from_other = {**FILLED, "try": "1", "trial-team_id": "00000000-0000-0000-0000-000000000000"}
    page = client_of(cast["owner"]).post(address("add_rule", ahead), from_other)
    assert page.status_code == 200


def test_rule_with_a_mistake_stays_in_the_form_with_its_place(ahead: Call, cast: Cast, client_of: ClientOf) -> None:
    wrong = {**FILLED, "holds": "count(sector) >= 2", "seen": ahead.requirements.mark}
    page = client_of(cast["owner"]).post(address("add_rule", ahead), wrong)
    told = "Line 1, character 7: “sector” cannot be counted. Did you mean “sectors”?"
    assert page.context["form"].errors == {"holds": [told]}
    assert page.context["form"]["title"].value() == ["Väkeä kahdelta sektorilta", None, "Two sectors"]
    assert saved(ahead) == []


def test_rule_may_speak_of_the_questions_of_its_call_only(call: Call, cast: Cast) -> None:
    give(call, replace(RULE, holds='answers.problem != "x"'), cast=cast)
    with pytest.raises(Refused, match=r"no name “answers\.problme” here\. Did you mean “answers\.problem”"):
        give(Call.objects.get(pk=call.pk), replace(RULE, holds='answers.problme != "x"'), cast=cast)


def test_rule_is_edited_moved_and_removed(ahead: Call, cast: Cast, client_of: ClientOf) -> None:
    call = give(ahead, RULE, replace(RULE, key="other"), cast=cast)
    client = client_of(cast["owner"])
    client.post(address("move_rule", call, "other"), {"up": "1"})
    assert [rule["key"] for rule in saved(call)] == ["other", "two-sectors"]
    mark = Call.objects.select_related("programme").get(pk=call.pk).requirements.mark
    client.post(address("edit_rule", call, "other"), {**FILLED, "holds": "theme", "binding": "", "seen": mark})
    assert (saved(call)[0]["holds"], saved(call)[0]["binding"]) == ("theme", False)
    mark = Call.objects.select_related("programme").get(pk=call.pk).requirements.mark
    client.post(address("remove_rule", call, "two-sectors"), {"seen": mark})
    assert [rule["key"] for rule in saved(call)] == ["other"]


def test_rule_of_an_open_call_changes_with_a_public_reason(call: Call, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["owner"])
    client.post(address("add_rule", call), {**FILLED, "seen": call.requirements.mark})
    assert saved(call) == []
    client.post(address("add_rule", call), {**FILLED, "because_fi": "Siksi", "seen": call.requirements.mark})
    assert [rule["key"] for rule in saved(call)] == ["two-sectors"]
    assert Amendment.objects.get().what == Amendment.What.RULES


def test_order_of_rules_needs_no_reason(call: Call, cast: Cast, client_of: ClientOf) -> None:
    given = give(call, RULE, replace(RULE, key="other"), cast=cast)
    client_of(cast["owner"]).post(address("move_rule", given, "two-sectors"), {"down": "1"})
    assert [rule["key"] for rule in saved(call)] == ["other", "two-sectors"]
    assert Amendment.objects.count() == 1


def test_new_rule_after_the_first_application_can_only_be_a_wish(answered: Call, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        give(answered, RULE, cast=cast)
    assert (refused.value.code, refused.value.field) == ("stricter", "holds")
    give(answered, replace(RULE, binding=False), cast=cast)
    assert len(saved(answered)) == 1


def test_rule_that_somebody_changed_meanwhile_is_not_overwritten(ahead: Call, cast: Cast, client_of: ClientOf) -> None:
    seen = ahead.requirements.mark
    give(ahead, RULE, cast=cast)
    answer = client_of(cast["owner"]).post(
        address("edit_rule", ahead, RULE.key), {**FILLED, "holds": "theme", "seen": seen}
    )
    assert "Saved by somebody else meanwhile: count(sectors) &gt;= 2" in answer.text
    assert saved(ahead)[0]["holds"] == "count(sectors) >= 2"


def test_stranger_finds_no_page_of_rules(ahead: Call, cast: Cast, client_of: ClientOf) -> None:
    given = give(ahead, RULE, cast=cast)
    client = client_of(cast["outsider"])
    found = [client.get(address(*route)).status_code for route in (("add_rule", given), ("edit_rule", given, RULE.key))]
    assert found == [404, 404]
