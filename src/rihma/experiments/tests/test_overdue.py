from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from rihma.base import clock
from rihma.experiments import actions, queries
from rihma.experiments.models import Experiment
from rihma.experiments.rules import states
from rihma.teams.models import Team
from tests.conftest import Cast

from .conftest import ClientOf

ENDS = date(2026, 3, 10)


@pytest.mark.parametrize(("day", "overdue"), [(10, "no"), (11, "yes"), (24, "yes"), (25, "long")])
def test_last_day_is_in_time_and_two_weeks_later_it_is_long_ago(day: int, overdue: str) -> None:
    assert states.overdue(ENDS, "running", date(2026, 3, day)) == overdue


@pytest.mark.parametrize("state", Experiment.State.values)
def test_only_what_has_no_result_is_overdue(state: str) -> None:
    expected = "yes" if state in {"running", "paused", "ended"} else "no"
    assert states.overdue(ENDS, state, ENDS + timedelta(days=1)) == expected


def test_day_is_that_of_the_programme_and_not_of_the_server(running: Experiment) -> None:
    assert running.ends
    # 23.30 in Helsinki on the last day, and already past midnight 300 km further east.
    evening = clock.now().astimezone(running.team.programme.zone)
    late = evening.replace(year=running.ends.year, month=running.ends.month, day=running.ends.day, hour=23, minute=30)
    assert [row.is_overdue for row in queries.rows([running], late)] == [False]
    assert [row.is_overdue for row in queries.rows([running], late + timedelta(minutes=30))] == [True]


def test_overdue_stand_first_on_the_programmes_list(
    running: Experiment, team: Team, cast: Cast, client_of: ClientOf
) -> None:
    for title in ("Idea one", "Idea two"):
        other = actions.draft_from(None, team, by=cast["convener"])
        actions.edit(other, seen=0, by=cast["convener"], title=title)
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        page = client_of(cast["facilitator"]).get(reverse("experiments:of_programme", args=[team.programme.slug]))
    rows = [(str(row.experiment), row.is_overdue) for row in page.context["rows"]]
    assert rows == [("First things first", True), ("Idea one", False), ("Idea two", False)]


@pytest.mark.parametrize("role", ["convener", "mentor", "juror", "outsider"])
def test_list_of_the_programme_is_for_those_who_run_it(role: str, team: Team, cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast[role]).get(reverse("experiments:of_programme", args=[team.programme.slug]))
    assert answer.status_code == 404


def test_overdue_waits_for_whoever_answers_and_for_the_convener(running: Experiment, cast: Cast) -> None:
    later = clock.now() + timedelta(days=31)
    waiting = {role: [row.experiment for row in queries.waiting_for(cast[role], later)] for role in cast}
    assert {role for role, found in waiting.items() if found == [running]} == {"member", "convener"}
    assert queries.waiting_for(cast["member"], clock.now()) == []


def test_conclusion_without_a_decision_waits_too(concluded: Experiment, cast: Cast) -> None:
    waiting = queries.waiting_for(cast["convener"], clock.now())
    assert [(row.experiment, row.is_overdue) for row in waiting] == [(concluded, False)]
