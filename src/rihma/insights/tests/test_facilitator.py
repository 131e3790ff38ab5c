from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.base import clock, dates
from rihma.experiments.models import Experiment
from rihma.insights.queries import overview
from rihma.insights.rules import STANDS_STILL, Path, needs, stages, stands_still
from rihma.programmes.models import Programme
from rihma.teams import actions as teams
from rihma.teams.models import Team
from tests.conftest import Cast

NOTHING = Path(
    admitted=False, eligible=False, partners=False, items=False, decided=False, lesson=False, carried_on=False
)
ALL = Path(admitted=True, eligible=True, partners=True, items=True, decided=True, lesson=True, carried_on=True)


def test_thread_stands_at_the_first_stage_that_is_not_done() -> None:
    assert [node.state for node in stages(NOTHING)] == ["now", *["ahead"] * 6]
    assert [node.state for node in stages(ALL)] == ["done"] * 7


def test_stage_done_out_of_turn_is_shown_as_done() -> None:
    path = Path(admitted=True, eligible=True, partners=False, items=True, decided=False, lesson=False, carried_on=False)
    assert [node.state for node in stages(path)] == ["done", "done", "now", "done", "ahead", "ahead", "ahead"]


def test_team_stands_still_after_two_weeks() -> None:
    now = clock.now()
    assert not stands_still(now - STANDS_STILL, now)
    assert stands_still(now - STANDS_STILL - timedelta(seconds=1), now)
    assert stands_still(None, now)


def test_team_that_needs_nobody_has_no_needs() -> None:
    assert needs(eligible=True, overdue=0, still=False, undecided=0) == []


@pytest.fixture
def fitting(team: Team, cast: Cast) -> Team:
    """A team that meets every rule."""
    return teams.edit(team, phenomenon="Debt", willing_to_open=True, experiment_idea="A letter", by=cast["convener"])


def test_team_that_lost_its_state_member_comes_first(programme: Programme, fitting: Team, cast: Cast) -> None:
    other = teams.form(programme, by=cast["other_convener"])
    teams.edit(other, name="Aardvarks", by=cast["other_convener"])
    teams.settle(other, Team.State.ADMITTED, by=cast["owner"])
    member = fitting.members.get(person=cast["member"])
    assert [str(one.team) for one in overview(programme, clock.now()).in_need] == ["Aardvarks"]
    teams.leave(member, by=cast["member"])
    standing = next(one for one in overview(programme, clock.now()).in_need if one.team == fitting)
    in_three_weeks = clock.now().astimezone(programme.zone).date() + timedelta(days=21)
    assert [str(need.words) for need in standing.needs] == [
        f"Completion needed by {dates.date_only(in_three_weeks, 'en')}"
    ]


def test_overdue_experiment_is_told(programme: Programme, running: Experiment) -> None:
    long_after = clock.now() + timedelta(days=60)
    [standing] = overview(programme, long_after).standings
    assert "An experiment is past its end without a result" in [str(need.words) for need in standing.needs]


@pytest.mark.usefixtures("fitting")
def test_concluded_experiment_waits_for_its_decision(programme: Programme, concluded: Experiment) -> None:
    [standing] = overview(programme, clock.now()).standings
    assert [str(need.words) for need in standing.needs] == ["A concluded experiment waits for a decision"]


def test_page_shows_each_team_in_a_row(
    programme: Programme, running: Experiment, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    page = client_of(cast["facilitator"]).get(reverse("insights:facilitator", args=[programme.slug]))
    assert "Debt advisers" in page.text
    assert "First things first" in page.text


@pytest.mark.parametrize("role", ["convener", "mentor", "juror", "outsider"])
def test_page_is_found_by_those_who_run_the_programme_alone(
    programme: Programme, cast: Cast, client_of: Callable[[Person | None], Client], role: str
) -> None:
    assert client_of(cast[role]).get(reverse("insights:facilitator", args=[programme.slug])).status_code == 404


def test_programme_without_teams_says_what_comes_first(
    programme: Programme, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    page = client_of(cast["owner"]).get(reverse("insights:facilitator", args=[programme.slug]))
    assert "No teams yet" in page.text
