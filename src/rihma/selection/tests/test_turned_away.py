"""What came late and was not admitted is kept, and neither read by jurors nor chosen from."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.applications import actions as applications
from rihma.applications.models import Application
from rihma.base import clock
from rihma.reviews.queries import standings
from rihma.selection import actions
from rihma.selection.models import Decision
from rihma.selection.posing import pose
from rihma.selection.queries import cohort, reserve_places, rows
from rihma.selection.tests.conftest import Applied
from rihma.teams.models import Team
from tests.conftest import Cast


@pytest.fixture
def late(applied: Applied, cast: Cast) -> Application:
    in_time = applied(cast["convener"], "In time")
    draft = applications.start(in_time.call, by=cast["other_convener"])
    draft = applications.save(draft, answers={"problem": "It is hard."}, by=cast["other_convener"], name="Too late")
    with clock.at(in_time.call.closes + timedelta(minutes=2)):
        applications.submit(draft, by=cast["other_convener"])
    return Application.objects.select_related("call", "receipt").get(pk=draft.pk)


def test_late_one_is_chosen_from_until_it_is_turned_away_and_again_once_it_is_admitted(
    late: Application, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    assert late.pk in {row.application for row in rows(late.call.last_intake)}
    applications.judge(late.arrived, admitted=False, reason="The site was up all evening.", by=cast["owner"])
    assert [row.team for row in rows(late.call.last_intake)] == ["In time"]
    assert late.pk not in standings(late.call.last_intake)
    assert str(late.pk) not in pose(late.call.last_intake).problem.by_id
    page = client_of(cast["owner"]).get(reverse("selection:applications", args=[late.call.programme.slug])).text
    assert late.get_absolute_url() in page
    assert "were not admitted" in page
    applications.judge(late.arrived, admitted=True, reason="It was not: the log says so.", by=cast["owner"])
    assert late.pk in {row.application for row in rows(late.call.last_intake)}


def test_announcement_neither_waits_for_it_nor_tells_what_was_noted_of_it(late: Application, cast: Cast) -> None:
    in_time = Application.objects.exclude(pk=late.pk).get()
    actions.decide(late, Decision.Outcome.RESERVE, reason="Perhaps.", by=cast["owner"])
    actions.decide(in_time, Decision.Outcome.RESERVE, reason="Next in line.", by=cast["owner"])
    applications.judge(late.arrived, admitted=False, reason="Too late.", by=cast["owner"])
    assert cohort(late.call.last_intake, rows(late.call.last_intake)).undecided == 0
    assert reserve_places(late.call.last_intake) == {in_time.pk: 1}
    actions.announce(late.call.last_intake, by=cast["owner"])
    assert Team.objects.get(pk=late.team_id).state == Team.State.FORMING
    assert Team.objects.get(pk=in_time.team_id).state == Team.State.RESERVE
