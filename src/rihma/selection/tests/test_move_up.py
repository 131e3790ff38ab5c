"""Who gets a place that became free: the next in turn with whom the limits hold, and what those read who did not."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.base.refused import Refused
from rihma.notices.models import Message
from rihma.selection import actions, rules
from rihma.selection.cohort.problem import Candidate, Limit, Measure, Problem, must_be_out
from rihma.selection.models import Decision, Passing
from rihma.selection.moving import leave_programme
from rihma.selection.tests.test_choose import open_to_all
from rihma.teams.models import Member, Team
from tests.conftest import Cast

type ClientOf = Callable[[Person | None], Client]
Outcome = Decision.Outcome


def problem(*limits: Measure) -> Problem:
    """In: a state team of six seats. Next in turn: one of eight seats, one of the same person, one of a company."""
    candidates = (
        Candidate("in", "1", seats=4, groups=frozenset({("sector", "state"), ("person", "aino")})),
        Candidate("left", "2", seats=6, groups=frozenset({("sector", "company")})),
        Candidate("large", "3", seats=8, groups=frozenset({("sector", "company")})),
        Candidate("shared", "4", seats=3, groups=frozenset({("sector", "company"), ("person", "aino")})),
        Candidate("state", "5", seats=3, groups=frozenset({("sector", "state")})),
        Candidate("fits", "6", seats=3, groups=frozenset({("sector", "company")})),
    )
    return Problem(candidates, tuple(map(Limit, limits)))


@pytest.mark.parametrize(
    ("measure", "stopped"),
    [
        (Measure("seats", "", "most", 10), {"large"}),
        (Measure("person", "aino", "most", 1), {"shared"}),
        (Measure("sector", "company", "least", 1), {"state"}),
        (Measure("teams", "", "most", 2), set()),
    ],
)
def test_seats_people_and_composition_are_asked_again(measure: Measure, stopped: set[str]) -> None:
    asked = problem(measure)
    before = frozenset({"in", "left"})
    found = {
        one for one in ("large", "shared", "state", "fits") if rules.worsened(asked, before, frozenset({"in", one}))
    }
    assert found == stopped


def test_limit_that_did_not_hold_before_stops_nobody_who_makes_it_no_worse() -> None:
    asked = problem(Measure("teams", "", "least", 5), Measure("seats", "", "most", 5))
    assert rules.worsened(asked, frozenset({"in", "left"}), frozenset({"in", "fits"})) == []
    out = asked.having(must_be_out("fits"))
    assert rules.worsened(out, frozenset({"in", "left"}), frozenset({"in", "fits"})) == [must_be_out("fits")]


@pytest.fixture
def waiting(three: list[Application], cast: Cast) -> list[Application]:
    """The first is in, the others wait in this order; the room has one seat, and the second asks for three."""
    for application, outcome in zip(three, (Outcome.ACCEPTED, Outcome.RESERVE, Outcome.RESERVE), strict=True):
        actions.decide(application, outcome, reason="Seuraavaksi.", by=cast["owner"])
    open_to_all(three[0].call, cast, **{"seats--most": 1})
    place = Member.objects.get(team=three[1].team)
    for number in range(2):
        extra = Member.objects.get(pk=place.pk)
        extra.pk, extra.person, extra.role = None, cast[("mentor", "juror")[number]], Member.Role.MEMBER
        extra.save()
    actions.announce(three[0].call.last_intake, by=cast["owner"])
    return three


def test_next_with_whom_the_limits_hold_moves_up_and_who_was_passed_over_reads_why(
    waiting: list[Application], cast: Cast, client_of: ClientOf
) -> None:
    page = reverse("selection:leave_programme", args=[waiting[0].team_id])
    told = client_of(cast["owner"]).post(page, follow=True).text
    assert "Archipelago was passed over, because with it a limit would not hold: At most 1 seat in the room." in told
    assert "Open registers got the place and its letter." in told
    states = dict(Team.objects.values_list("pk", "state"))
    assert [states[one.team_id] for one in waiting] == ["left", "reserve", "admitted"]
    assert Passing.objects.get().decision.application == waiting[1]
    letter = client_of(cast["other_convener"]).get(reverse("selection:letter", args=[waiting[1].pk])).text
    assert "The next team got it, because with this team a limit would not have held: At most 1 seat" in letter
    assert "Open registers" not in letter
    moved = Message.objects.get(kind="selection/notices/accepted", to=cast["member"])
    assert "seuraava, jonka kanssa kaikki rajat toteutuvat" in moved.body


def test_where_nobody_fits_the_place_stays_free_and_those_who_run_it_are_told(
    waiting: list[Application], cast: Cast
) -> None:
    actions.decide(waiting[2], Outcome.DECLINED, reason="Vetäytyi.", by=cast["owner"])
    moved = leave_programme(waiting[0].team, by=cast["convener"])
    assert (moved.decision, [one.decision.application for one in moved.passed]) == (None, [waiting[1]])
    assert Team.objects.admitted().count() == 0
    told = Message.objects.get(kind="selection/notices/nobody_fits", to=cast["owner"])
    assert "Archipelago" in told.body


def test_owner_gives_the_place_all_the_same_but_not_without_a_reason_of_its_own(
    waiting: list[Application], cast: Cast
) -> None:
    leave_programme(waiting[0].team, by=cast["convener"])
    with pytest.raises(Refused) as refused:
        actions.decide(waiting[1], Outcome.ACCEPTED, reason="Seuraavaksi.", by=cast["owner"])
    assert (refused.value.code, refused.value.field) == ("limits", "reason")
    actions.decide(waiting[1], Outcome.ACCEPTED, reason="Två av dem deltar på distans.", by=cast["owner"])
    assert Team.objects.get(pk=waiting[1].team_id).state == Team.State.ADMITTED


def test_limits_as_they_are_now_count_and_not_those_of_the_announcement(waiting: list[Application], cast: Cast) -> None:
    Member.objects.filter(team=waiting[1].team, role=Member.Role.MEMBER).update(state=Member.State.LEFT)
    moved = leave_programme(waiting[0].team, by=cast["convener"])
    assert moved.decision is not None
    assert moved.decision.application == waiting[1]
