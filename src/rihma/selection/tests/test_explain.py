"""What the time of a search did not suffice for is reckoned by a job, and no letter goes without it."""

from typing import Any

import pytest

from rihma.applications.models import Application
from rihma.base.refused import Refused
from rihma.selection import actions, choosing, explaining, taking
from rihma.selection.models import Decision, Search
from rihma.selection.tests.test_choose import open_to_all
from tests.conftest import Cast


@pytest.fixture
def cut_short(three: list[Application], cast: Cast) -> tuple[Search, list[dict[str, Any]]]:
    """A search whose time was over before any reason was found; and what it would have found."""
    open_to_all(three[0].call, cast)
    found = choosing.search(three[0].call.last_intake, by=cast["owner"])
    whys = found.answer["whys"]
    found.answer = {**found.answer, "whys": []}
    found.save()
    return found, whys


def test_letters_wait_for_their_reasons_and_get_them_as_if_the_search_had_had_the_time(
    cut_short: tuple[Search, list[dict[str, Any]]], cast: Cast
) -> None:
    found, whys = cut_short
    taking.take(found, found.found[0], by=cast["owner"])
    waiting = Decision.objects.get(waits_for=found)
    with pytest.raises(Refused) as refused:
        actions.announce(found.intake, by=cast["owner"])
    assert refused.value.code == "reckoning"
    explaining.explain.call(str(found.pk))
    found.refresh_from_db()
    assert found.unexplained == []
    assert sorted(found.later, key=lambda why: why["id"]) == sorted(whys, key=lambda why: why["id"])
    waiting.refresh_from_db()
    assert waiting.waits_for is None
    assert waiting.reason.startswith("Esteenä oli raja ”Enintään 2 tiimiä”. Jos tilaa olisi ollut 1 tiimille enemmän,")
    actions.announce(found.intake, by=cast["owner"])


def test_reason_that_a_person_wrote_meanwhile_stays(cut_short: tuple[Search, list[dict[str, Any]]], cast: Cast) -> None:
    found, _whys = cut_short
    taking.take(found, found.found[0], by=cast["owner"])
    decision = Decision.objects.get(waits_for=found)
    actions.decide(decision.application, Decision.Outcome.DECLINED, reason="In my own words.", by=cast["owner"])
    explaining.explain.call(str(found.pk))
    decision.refresh_from_db()
    assert (decision.waits_for, decision.reason) == (None, "In my own words.")


def test_what_is_too_hard_to_try_is_told_without_claiming_that_nothing_would_have_helped(
    cut_short: tuple[Search, list[dict[str, Any]]], cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, _whys = cut_short
    taking.take(found, found.found[0], by=cast["owner"])
    # No time at all, so that none of them is reckoned.
    monkeypatch.setattr("rihma.selection.asking.SECONDS", 0)
    for _turn in found.unexplained:
        explaining.explain.call(str(found.pk))
    decision = Decision.objects.exclude(outcome="accepted").get()
    assert decision.waits_for is None
    assert decision.reason == "Esteenä oli raja ”Enintään 2 tiimiä”."
