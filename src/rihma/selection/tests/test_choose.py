from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.actors.actions import name_organisation
from rihma.applications.models import Application
from rihma.base.refused import Refused
from rihma.calls.models import Call
from rihma.history.models import Event
from rihma.notices.models import Message
from rihma.selection import actions, choosing, taking
from rihma.selection.models import Decision, Plan, Search, Weighing
from rihma.selection.posing import default_plan, plan_of
from rihma.selection.tests.conftest import Applied
from tests.conftest import Cast
from tests.stale import form_of, seen_on

type ClientOf = Callable[[Person | None], Client]
Outcome = Decision.Outcome


@pytest.fixture
def weighed(three: list[Application], cast: Cast) -> list[Application]:
    """Of three the second has the most points and the third the fewest; the call takes two."""
    open_to_all(three[0].call, cast)
    for application, points in zip(three, (60, 90, 50), strict=True):
        choosing.weigh(application, points=Decimal(points), by=cast["owner"])
    return three


def open_to_all(call: Call, cast: Cast, **limits: int) -> None:
    facts = default_plan(call.last_intake) | limits
    del facts["eligible-only"]
    choosing.set_limits(call.last_intake, facts, seen=seen_of(call), by=cast["owner"])


def seen_of(call: Call) -> str:
    return choosing.mark_of(plan_of(call.last_intake))


def test_search_finds_the_best_set_and_says_why_the_third_is_out(weighed: list[Application], cast: Cast) -> None:
    found = choosing.search(weighed[0].call.last_intake, by=cast["owner"])
    assert found.answer["state"] == "best"
    assert found.found == [{weighed[0].pk, weighed[1].pk}]
    out = next(why for why in found.answer["whys"] if not why["chosen"])
    assert (out["id"], out["rank"]) == (str(weighed[2].pk), 3)
    assert [one["kind"] for one in out["changes"]] == ["limit", "score"]


def test_same_question_is_answered_once_and_the_digest_tells_of_any_change(
    weighed: list[Application], cast: Cast
) -> None:
    call = weighed[0].call
    first = choosing.search(call.last_intake, by=cast["owner"])
    assert choosing.search(call.last_intake, by=cast["facilitator"]) == first
    assert Event.objects.filter(verb="searched").count() == 1
    assert first.digest == choosing.digest_of({"problem": first.problem, "answer": first.answer})
    choosing.weigh(weighed[2], points=Decimal(95), by=cast["owner"])
    assert choosing.search(call.last_intake, by=cast["owner"]).found == [{weighed[1].pk, weighed[2].pk}]
    assert Search.objects.count() == 2


def test_cohort_that_cannot_exist_names_the_smallest_clash_and_chooses_nothing(
    weighed: list[Application], cast: Cast, client_of: ClientOf
) -> None:
    call = weighed[0].call
    for application in weighed:
        choosing.weigh(application, points=None, forced="in", reason="A pilot.", by=cast["owner"])
    owner = client_of(cast["owner"])
    page = owner.post(reverse("selection:find_best", args=[call.programme.slug]), follow=True)
    assert "No set keeps all limits" in page.text
    forced = {f"“{application}” must be in (A pilot.)" for application in weighed}
    assert set(page.context["conflict"]) == {*forced, "At most 2 teams"}
    assert not Decision.objects.exists()


def test_nobody_but_those_who_run_the_programme_reads_points_or_searches(
    weighed: list[Application], cast: Cast, client_of: ClientOf
) -> None:
    call = weighed[0].call
    found = choosing.search(call.last_intake, by=cast["owner"])
    pages = [
        reverse("selection:choose", args=[call.programme.slug]),
        reverse("selection:limits", args=[call.programme.slug]),
        reverse("selection:take", args=[call.programme.slug]),
        reverse("selection:search", args=[call.programme.slug, found.pk]),
        reverse("selection:weigh", args=[weighed[0].pk]),
    ]
    for role in ("convener", "juror", "mentor", "outsider"):
        assert [client_of(cast[role]).get(page).status_code for page in pages] == [404] * len(pages)
    assert [client_of(cast["facilitator"]).get(page).status_code for page in pages] == [200] * len(pages)


def test_meter_holds_any_ticked_set_against_the_limits(
    weighed: list[Application], cast: Cast, client_of: ClientOf
) -> None:
    page = reverse("selection:choose", args=[weighed[0].call.programme.slug])
    ticked: dict[str, str | list[str]] = {"shown": "1", "chosen": [str(application.pk) for application in weighed]}
    checks = client_of(cast["owner"]).get(page, ticked).context["checks"]
    assert [(check.title, check.state, check.missing) for check in checks if check.state != "met"] == [
        ("At most 2 teams", "too_many", "Now 3: 1 too many.")
    ]


def test_page_costs_the_same_for_one_and_three(applied: Applied, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["owner"])
    first = applied(cast["convener"], "One")
    page = reverse("selection:choose", args=[first.call.programme.slug])
    client.get(page)
    with CaptureQueriesContext(connection) as one:
        client.get(page)
    applied(cast["other_convener"], "Two")
    applied(cast["member"], "Three")
    with CaptureQueriesContext(connection) as three:
        client.get(page)
    assert len(three) == len(one)
    assert len(one) <= 15


def test_second_to_save_limits_sees_what_the_first_wrote(
    three: list[Application], cast: Cast, client_of: ClientOf
) -> None:
    call = three[0].call
    page, owner = reverse("selection:limits", args=[call.programme.slug]), client_of(cast["owner"])
    typed = {"teams--most": "2", "seats--most": "12", "seen": seen_on(owner, page)}
    open_to_all(call, cast, **{"seats--most": 24})
    form = form_of(owner.post(page, typed))
    assert form["seats--most"].help_text == "Saved by somebody else meanwhile: 24"
    assert Plan.objects.get().facts["seats--most"] == 24
    assert owner.post(page, {**typed, "seen": form["seen"].value()}).status_code == 302
    assert Plan.objects.get().facts == {"teams--most": 2, "seats--most": 12}


def test_set_is_spread_over_regions_as_a_limit_and_as_a_wish(
    weighed: list[Application], cast: Cast, client_of: ClientOf
) -> None:
    call = weighed[0].call
    for application, region in zip(weighed, ("lappi", "lappi", "kainuu"), strict=True):
        organisation = name_organisation(f"Toimija {application.pk}", kind="company", region=region)
        application.team.members.update(organisation=organisation)
    page, owner = reverse("selection:limits", args=[call.programme.slug]), client_of(cast["owner"])
    typed = {"region-lappi-most": "1", "region-kainuu-wish": "1", "region-kainuu-points": "5"}
    assert owner.post(page, {**typed, "seen": seen_on(owner, page)}).status_code == 302
    ticked: dict[str, str | list[str]] = {"shown": "1", "chosen": [str(one.pk) for one in weighed[:2]]}
    checks = owner.get(reverse("selection:choose", args=[call.programme.slug]), ticked).context["checks"]
    assert [(check.title, check.state, check.missing) for check in checks] == [
        ("At most 1 team: Lapland", "too_many", "Now 2: 1 too many."),
        ("Wish: At least 1 team: Kainuu", "unclear", "Costs 5 points."),
    ]


def test_limits_that_contradict_themselves_and_half_wishes_stay_on_the_form(
    three: list[Application], cast: Cast, client_of: ClientOf
) -> None:
    page, owner = reverse("selection:limits", args=[three[0].call.programme.slug]), client_of(cast["owner"])
    typed = {"teams--least": "5", "teams--most": "2", "sector-civic-wish": "1", "seen": seen_on(owner, page)}
    errors = form_of(owner.post(page, typed)).errors
    assert list(errors) == ["teams--most", "sector-civic-wish"]
    assert not Plan.objects.exists()


def test_forcing_a_team_in_or_out_needs_a_reason(three: list[Application], cast: Cast) -> None:
    with pytest.raises(Refused, match="Write why"):
        choosing.weigh(three[0], points=None, forced="out", reason=" ", by=cast["owner"])
    assert not Weighing.objects.exists()


def test_best_set_is_taken_with_reasons_in_the_language_of_each_application(
    weighed: list[Application], cast: Cast
) -> None:
    told = Message.objects.count()
    found = choosing.search(weighed[0].call.last_intake, by=cast["owner"])
    taking.take(found, found.found[0], reserves=1, by=cast["owner"])
    decisions = {one.application_id: one for one in Decision.objects.all()}
    assert [decisions[one.pk].outcome for one in weighed] == ["accepted", "accepted", "reserve"]
    assert [decisions[one.pk].turn for one in weighed] == [None, None, 1]
    assert decisions[weighed[2].pk].reason == (
        "Hakemukselle annettiin 50 pistettä sadasta. Näin hakemus oli sijalla 3 (valittavana 3). "
        "Esteenä oli raja ”Enintään 2 tiimiä”. Jos tilaa olisi ollut 1 tiimille enemmän, se olisi valittu. "
        "Jos pisteitä olisi ollut yli 60, hakemus olisi valittu."
    )
    assert decisions[weighed[1].pk].reason.endswith("Med mindre än 50 poäng skulle ansökan inte ha valts.")
    assert not any(one.is_by_hand for one in decisions.values())
    assert Message.objects.count() == told


def test_set_made_by_hand_needs_a_reason_and_is_named_as_such(weighed: list[Application], cast: Cast) -> None:
    found = choosing.search(weighed[0].call.last_intake, by=cast["owner"])
    mine = frozenset({weighed[1].pk, weighed[2].pk})
    with pytest.raises(Refused, match="not the best set"):
        taking.take(found, mine, by=cast["owner"])
    assert not Decision.objects.exists()
    taking.take(found, mine, because="Kolmas tiimi tuo saariston mukaan.", by=cast["owner"])
    decisions = {one.application_id: one for one in Decision.objects.all()}
    assert [decisions[one.pk].is_by_hand for one in weighed] == [True, False, True]
    assert "Kolmas tiimi tuo saariston mukaan." in decisions[weighed[0].pk].reason


def test_set_is_not_taken_over_a_decision_that_another_wrote_meanwhile(
    weighed: list[Application], cast: Cast, client_of: ClientOf
) -> None:
    call = weighed[0].call
    page, owner = reverse("selection:take", args=[call.programme.slug]), client_of(cast["owner"])
    typed = {
        "shown": 1,
        "chosen": [str(one.pk) for one in weighed[:2]],
        "reserves": 0,
        "seen": seen_on(owner, page),
    }
    actions.decide(weighed[2], Outcome.ACCEPTED, by=cast["facilitator"])
    answer = owner.post(page, typed)
    assert answer.status_code == 422
    assert list(Decision.objects.values_list("outcome", flat=True)) == ["accepted"]
    again = {**typed, "seen": form_of(owner.get(page))["seen"].value()}
    assert owner.post(page, again).status_code == 302
    assert Decision.objects.count() == 3


def test_nothing_is_chosen_any_more_once_the_decisions_are_announced(weighed: list[Application], cast: Cast) -> None:
    call = weighed[0].call
    found = choosing.search(call.last_intake, by=cast["owner"])
    taking.take(found, found.found[0], by=cast["owner"])
    actions.announce(call.last_intake, by=cast["owner"])
    with pytest.raises(Refused):
        taking.take(found, found.found[0], by=cast["owner"])
    with pytest.raises(Refused):
        choosing.weigh(weighed[2], points=Decimal(1), by=cast["owner"])
    with pytest.raises(Refused):
        open_to_all(call, cast)


def test_reserves_of_a_set_stand_in_the_order_of_their_points(
    three: list[Application], applied: Applied, cast: Cast
) -> None:
    fourth = applied(cast["mentor"], "Fourth")
    open_to_all(three[0].call, cast, **{"teams--most": 1})
    for application, points in zip([*three, fourth], (90, 50, 40, 60), strict=True):
        choosing.weigh(application, points=Decimal(points), by=cast["owner"])
    found = choosing.search(three[0].call.last_intake, by=cast["owner"])
    taking.take(found, found.found[0], reserves=2, by=cast["owner"])
    turns = dict(Decision.objects.filter(outcome="reserve").values_list("application", "turn"))
    assert turns == {fourth.pk: 1, three[1].pk: 2}
