from datetime import timedelta

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.programmes.models import Programme
from rihma.teams.models import Team
from rihma.workshops import actions, slots
from rihma.workshops.models import Workshop
from rihma.workshops.queries import unanswered_by
from tests.conftest import Cast


def asked_by(person: Person) -> HttpRequest:
    request = RequestFactory().get("/en/")
    request.user = person
    return request


def test_programme_s_page_shows_a_node_a_workshop(workshop: Workshop, programme: Programme, cast: Cast) -> None:
    shown = slots.programme_workshops(asked_by(cast["outsider"]), programme)
    assert shown.count("<li") == 1
    assert f'<a href="/en/workshops/{workshop.pk}/">Kick-off</a>' in shown


def test_programme_without_workshops_shows_no_thread(programme: Programme, cast: Cast) -> None:
    assert slots.programme_workshops(asked_by(cast["outsider"]), programme) == ""


def test_team_s_page_shows_the_next_workshop_what_to_bring_and_the_question(
    workshop: Workshop, team: Team, cast: Cast
) -> None:
    shown = slots.next_workshop(asked_by(cast["member"]), team)
    assert [word in shown for word in ("Kick-off", "Your map", 'value="in_room"')] == [True, True, True]
    assert 'value="in_room"' not in slots.next_workshop(asked_by(cast["juror"]), team)


@pytest.mark.parametrize(("ahead", "asked"), [(timedelta(), True), (timedelta(days=8), False)])
def test_first_page_asks_within_three_weeks_only(
    workshop: Workshop, team: Team, cast: Cast, ahead: timedelta, *, asked: bool
) -> None:
    found = unanswered_by(cast["member"], clock.now() - ahead, timedelta(weeks=3))
    assert (found == [workshop]) == asked


def test_answered_workshop_is_asked_about_no_more(workshop: Workshop, team: Team, cast: Cast) -> None:
    actions.answer(workshop, "not_coming", by=cast["member"])
    assert unanswered_by(cast["member"], clock.now(), timedelta(weeks=3)) == []


def test_first_page_shows_the_next_workshop_of_those_who_take_part(workshop: Workshop, team: Team, cast: Cast) -> None:
    assert "Kick-off" in slots.home_workshop(asked_by(cast["mentor"]), cast["mentor"])
    assert slots.home_workshop(asked_by(cast["outsider"]), cast["outsider"]) == ""


def test_workshop_that_is_over_is_not_the_next_one(workshop: Workshop, team: Team, cast: Cast) -> None:
    with clock.at(workshop.finishes - timedelta(seconds=1)):
        assert "Kick-off" in slots.next_workshop(asked_by(cast["member"]), team)
    with clock.at(workshop.finishes):
        assert slots.next_workshop(asked_by(cast["member"]), team) == ""
