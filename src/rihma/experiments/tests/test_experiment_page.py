import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from rihma.accounts.models import Person
from rihma.canvases.models import Item
from rihma.experiments import actions, slots
from rihma.experiments.models import Experiment
from rihma.teams.models import Team
from tests.conftest import Cast

from .conftest import BELIEF, ClientOf


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("convener", 200),
        ("member", 200),
        ("mentor", 200),
        ("facilitator", 200),
        ("owner", 200),
        ("other_convener", 404),
        ("juror", 404),
        ("expert", 404),
        ("outsider", 404),
    ],
)
def test_page_opens_to_the_team_and_those_around_it(
    role: str, status: int, running: Experiment, cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast[role])
    pages = [running.get_absolute_url(), reverse("experiments:of_team", args=[running.team_id])]
    assert [client.get(page).status_code for page in pages] == [status, status]


def test_stranger_is_led_to_sign_in(running: Experiment, client_of: ClientOf) -> None:
    assert client_of(None).get(running.get_absolute_url()).status_code == 302


DEEDS = [
    "edit", "save", "checks", "make_ready", "allow_dates", "start", "amend", "pause", "resume", "observe", "end",
    "conclude", "decide", "cancel",
]  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS)
def test_nobody_outside_the_team_does_anything(deed: str, running: Experiment, cast: Cast, client_of: ClientOf) -> None:
    place = reverse(f"experiments:{deed}", args=[running.pk])
    codes = {client_of(cast[role]).post(place).status_code for role in ("mentor", "outsider", "juror", "expert")}
    assert codes <= {404, 405}


def test_sentence_is_read_first(running: Experiment, cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast["convener"]).get(running.get_absolute_url()).text
    assert (
        page.index(f'We believe that <b lang="en">{BELIEF}</b>') < page.index("Locked ") < page.index("The plan</h2>")
    )


def test_three_parts_are_read_as_one_sentence(draft: Experiment, cast: Cast, client_of: ClientOf) -> None:
    actions.edit(
        draft,
        seen=1,
        by=cast["convener"],
        believe_that="a plain letter",
        believe_does="saves calls",
        believe_because="people dare act",
    )
    page = " ".join(client_of(cast["convener"]).get(draft.get_absolute_url()).text.split())
    assert (
        page.count(
            'We believe that <b lang="en">a plain letter saves calls</b> because <b lang="en">people dare act</b>.'
        )
        == 1
    )


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("stage", ["idea", "draft", "ready", "running", "ended", "concluded"])
def test_page_is_whole_in_every_language_and_stage(
    stage: str, language: str, cast: Cast, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    experiment: Experiment = request.getfixturevalue(stage)
    with translation.override(language):
        answer = client_of(cast["convener"]).get(experiment.get_absolute_url())
    assert (answer.status_code, answer.text.count(f'<html lang="{language}"')) == (200, 1)


def test_page_costs_at_most_fifteen_queries(concluded: Experiment, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["convener"])
    with CaptureQueriesContext(connection) as asked:
        client.get(concluded.get_absolute_url())
    assert len(asked) <= 15


def test_lists_cost_the_same_with_one_and_three(draft: Experiment, team: Team, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["facilitator"])
    pages = [
        reverse("experiments:of_team", args=[team.pk]),
        reverse("experiments:of_programme", args=[team.programme.slug]),
    ]
    costs = []
    for _count in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert [client.get(page).status_code for page in pages] == [200, 200]
        costs.append(len(asked))
        for title in ("Second", "Third"):
            other = actions.draft_from(None, team, by=cast["convener"])
            actions.edit(other, seen=0, by=cast["convener"], title=title)
    assert costs[0] == costs[1]


def asked_by(person: Person) -> HttpRequest:
    request = RequestFactory().get("/en/")
    request.user = person
    return request


def test_assumption_offers_a_button_to_those_who_work_in_the_team(assumption: Item, cast: Cast) -> None:
    place = reverse("experiments:draft_from_item", args=[assumption.pk])
    shown = {role: slots.make_experiment(asked_by(cast[role]), assumption).count(place) for role in cast}
    assert {role for role, times in shown.items() if times} == {"convener", "member", "facilitator", "owner"}


def test_assumption_shows_the_experiments_made_of_it(assumption: Item, team: Team, cast: Cast) -> None:
    experiment = actions.draft_from(assumption, team, by=cast["member"])
    shown = slots.make_experiment(asked_by(cast["mentor"]), assumption)
    assert shown.count(experiment.get_absolute_url()) == 1


def test_canvas_full_of_assumptions_asks_once(assumption: Item, cast: Cast) -> None:
    request = asked_by(cast["member"])
    # as a page has it: the canvas is at hand
    item = assumption.canvas.items.get(pk=assumption.pk)
    with CaptureQueriesContext(connection) as asked:
        for _item in range(3):
            slots.make_experiment(request, item)
    assert len(asked) <= 2


def test_team_page_leaves_cancelled_ones_to_the_list(running: Experiment, team: Team, cast: Cast) -> None:
    request = asked_by(cast["member"])
    assert slots.team_experiments(request, team).count("First things first") == 1
    actions.cancel(running, "No time.", by=cast["member"])
    assert slots.team_experiments(request, team).count("First things first") == 0


def test_programme_offers_the_list_to_those_who_run_it(team: Team, cast: Cast) -> None:
    place = reverse("experiments:of_programme", args=[team.programme.slug])
    shown = {role: slots.programme_tools(asked_by(cast[role]), team.programme).count(place) for role in cast}
    assert {role for role, times in shown.items() if times} == {"owner", "facilitator"}
