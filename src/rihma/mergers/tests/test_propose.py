from collections.abc import Callable
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.applications import actions as applications
from rihma.applications.models import Application
from rihma.base.refused import Refused
from rihma.mergers import actions, rules
from rihma.mergers.models import Merger
from rihma.notices.models import Message
from tests.conftest import Cast

type ClientOf = Callable[[Person | None], Client]
STATES = ("draft", "submitted", "withdrawn", "merged")


@pytest.mark.parametrize(("one", "other", "announced"), list(product(STATES, STATES, [False, True])))
def test_only_two_that_were_sent_become_one_and_only_before_the_announcement(
    one: str, other: str, announced: bool
) -> None:
    if (one, other, announced) == ("submitted", "submitted", False):
        rules.check_may_propose((one, other), same=False, one_call=True, busy=False, announced=announced)
    else:
        with pytest.raises(Refused):
            rules.check_may_propose((one, other), same=False, one_call=True, busy=False, announced=announced)


@pytest.mark.parametrize(("state", "to"), list(product(rules.MOVES, rules.MOVES)))
def test_only_moves_of_the_table_are_allowed(state: str, to: str) -> None:
    if to in rules.MOVES[state]:
        rules.check_may_move(state, to)
    else:
        with pytest.raises(Refused, match="answered or taken back"):
            rules.check_may_move(state, to)


def test_proposal_is_told_to_both_conveners_and_changes_nothing(merger: Merger, cast: Cast) -> None:
    told = Message.objects.filter(kind="mergers/notices/proposed")
    assert {message.to for message in told} == {cast["convener"], cast["other_convener"]}
    assert {one.state for one in Application.objects.all()} == {"submitted"}


def test_page_proposes_and_says_what_was_proposed(two: list[Application], cast: Cast, client_of: ClientOf) -> None:
    page, owner = reverse("mergers:mergers", args=[two[0].call.programme.slug]), client_of(cast["owner"])
    same = {"stays": two[0].pk, "goes": two[0].pk, "because": "kept-words"}
    refused = owner.post(page, same)
    assert "Choose two different applications" in refused.text
    assert "kept-words" in refused.text
    answer = owner.post(page, {**same, "goes": two[1].pk}, follow=True)
    assert "Both conveners get a mail" in answer.text
    assert "Waits for the conveners" in answer.text
    again = owner.post(page, {"stays": two[1].pk, "goes": two[0].pk, "because": "Twice."})
    assert "already waits for an answer" in again.text
    assert Merger.objects.count() == 1


@pytest.mark.parametrize("role", ["outsider", "convener", "juror", "mentor"])
def test_only_those_who_run_the_programme_propose(
    two: list[Application], cast: Cast, client_of: ClientOf, role: str
) -> None:
    page = reverse("mergers:mergers", args=[two[0].call.programme.slug])
    assert client_of(cast[role]).get(page).status_code == 404
    typed = {"stays": two[0].pk, "goes": two[1].pk, "because": "So."}
    assert client_of(cast[role]).post(page, typed).status_code == 404
    assert not Merger.objects.exists()


def test_draft_and_withdrawn_are_not_offered(two: list[Application], cast: Cast, client_of: ClientOf) -> None:
    applications.withdraw(two[1], by=cast["other_convener"])
    applications.start(two[0].call, by=cast["member"])
    page = client_of(cast["owner"]).get(reverse("mergers:mergers", args=[two[0].call.programme.slug]))
    assert [str(one) for one in page.context["form"].fields["goes"].queryset] == ["Debt advisers"]


def test_proposal_that_was_taken_back_can_be_answered_no_more(merger: Merger, cast: Cast) -> None:
    actions.take_back(merger, by=cast["owner"])
    with pytest.raises(Refused, match="taken back"):
        actions.agree(merger, by=cast["convener"])
    assert Message.objects.filter(kind="mergers/notices/taken_back").count() == 2
