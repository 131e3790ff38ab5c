from collections.abc import Callable
from itertools import product

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.base.refused import Refused
from rihma.history.models import Event
from rihma.notices.models import Message
from rihma.selection import actions, rules, views
from rihma.selection.models import Decision
from rihma.selection.tests.conftest import Applied
from rihma.teams.models import Team
from tests.conftest import Cast
from tests.stale import form_of, seen_on

Outcome = Decision.Outcome


@pytest.mark.parametrize(
    ("before", "outcome", "announced"), list(product([None, *rules.OUTCOMES], rules.OUTCOMES, [False, True]))
)
def test_only_moves_of_the_table_are_allowed(before: str | None, outcome: str, announced: bool) -> None:
    allowed = (rules.MOVES_AFTER if announced else rules.MOVES_BEFORE)[before]
    if outcome in allowed:
        rules.check_may_decide("submitted", before, outcome, reason="So.", announced=announced)
    else:
        with pytest.raises(Refused):
            rules.check_may_decide("submitted", before, outcome, reason="So.", announced=announced)


def test_nobody_is_told_before_the_announcement(three: list[Application], cast: Cast) -> None:
    told = Message.objects.count()
    actions.decide(three[0], Outcome.DECLINED, reason="Too wide.", by=cast["owner"])
    assert Message.objects.count() == told
    assert Team.objects.get(pk=three[0].team_id).state == Team.State.FORMING
    assert not Event.objects.filter(thread=three[0].team_id, verb="decided").exists()


@pytest.mark.parametrize("outcome", [Outcome.RESERVE, Outcome.DECLINED])
def test_saying_no_requires_a_reason(three: list[Application], cast: Cast, outcome: Decision.Outcome) -> None:
    with pytest.raises(Refused, match="reason"):
        actions.decide(three[0], outcome, reason=" ", by=cast["owner"])
    assert not Decision.objects.exists()


def test_convener_does_not_see_the_decision_before_it_is_announced(
    three: list[Application], cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    actions.decide(three[0], Outcome.DECLINED, reason="canary-reason", by=cast["owner"])
    for page in (three[0].get_absolute_url(), three[0].team.get_absolute_url()):
        answer = client_of(cast["convener"]).get(page)
        assert answer.status_code == 200
        assert "canary-reason" not in answer.text
        assert "Not accepted" not in answer.text


def test_form_keeps_what_was_typed_when_the_reason_is_missing(
    three: list[Application], cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    address = reverse("selection:decide", args=[three[0].pk])
    client = client_of(cast["facilitator"])
    answer = client.post(address, {"outcome": "declined", "reason": " ", "seen": seen_on(client, address)})
    assert "the team will read it" in answer.text
    assert 'value="declined"' in answer.text


@pytest.mark.parametrize("role", ["outsider", "convener", "juror", "mentor"])
def test_only_those_who_run_the_programme_decide(
    three: list[Application], cast: Cast, client_of: Callable[[Person | None], Client], role: str
) -> None:
    address = reverse("selection:decide", args=[three[1].pk])
    assert client_of(cast[role]).post(address, {"outcome": "accepted"}).status_code == 404
    assert not Decision.objects.exists()


def test_list_of_applications_costs_the_same_for_one_and_three(
    applied: Callable[[Person, str], Application], cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    client = client_of(cast["owner"])
    first = applied(cast["convener"], "One")
    address = reverse("selection:applications", args=[first.call.programme.slug])
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    applied(cast["other_convener"], "Two")
    applied(cast["member"], "Three")
    with CaptureQueriesContext(connection) as three:
        client.get(address)
    assert len(three) == len(one)
    assert len(one) <= 15


def test_second_to_decide_sees_what_the_first_wrote(
    applied: Applied, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    found = applied(cast["convener"], "Debt advisers")
    page, owner = reverse("selection:decide", args=[found.pk]), client_of(cast["owner"])
    typed = {"outcome": "declined", "reason": "Rajaus puuttuu.", "seen": seen_on(owner, page)}
    actions.decide(found, Decision.Outcome.RESERVE, reason="Hyvä, mutta kesken.", by=cast["facilitator"])
    form = form_of(owner.post(page, typed))
    assert form["outcome"].help_text == "Saved by somebody else meanwhile: Reserve place"
    assert form["reason"].help_text == "Saved by somebody else meanwhile: Hyvä, mutta kesken."
    assert form["reason"].value() == "Rajaus puuttuu."
    assert Decision.objects.get(application=found).outcome == Decision.Outcome.RESERVE
    assert owner.post(page, {**typed, "seen": form["seen"].value()}).status_code == 302
    assert Decision.objects.get(application=found).outcome == Decision.Outcome.DECLINED


def test_long_list_comes_in_pages_and_counts_all(
    three: list[Application],
    cast: Cast,
    client_of: Callable[[Person | None], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(views, "A_PAGE", 2)
    address = reverse("selection:applications", args=[three[0].call.programme.slug])
    first = client_of(cast["owner"]).get(address, {"sort": "team"})
    second = client_of(cast["owner"]).get(address, {"sort": "team", "page": "2"})
    assert [row.team for row in first.context["rows"]] == ["Archipelago", "Debt advisers"]
    assert [row.team for row in second.context["rows"]] == ["Open registers"]
    assert first.context["options"][0].count == 3
    assert "?sort=team&amp;page=2" in first.text
