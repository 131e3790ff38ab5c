import pytest
from django.test import Client
from django.urls import reverse

from rihma.canvases.actions import hide
from rihma.canvases.models import Item
from rihma.experiments import actions
from rihma.experiments.models import Experiment
from rihma.experiments.rules import texts
from rihma.history.models import Event
from rihma.teams.models import Team
from tests.conftest import Cast

from .conftest import BELIEF, ClientOf


def test_idea_takes_its_belief_from_the_assumption(assumption: Item, team: Team, cast: Cast) -> None:
    experiment = actions.draft_from(assumption, team, by=cast["member"])
    assert (experiment.state, experiment.belief, experiment.assumption) == ("idea", BELIEF, assumption)
    assert experiment.title == "People read a decision to its end when it begins with what they must do"
    assert (experiment.language, experiment.owner) == ("en", cast["member"])


def test_second_click_takes_up_the_same_idea(assumption: Item, team: Team, cast: Cast) -> None:
    first = actions.draft_from(assumption, team, by=cast["member"])
    assert actions.draft_from(assumption, team, by=cast["convener"]) == first
    assert Event.objects.filter(verb="drafted").count() == 1


def test_planned_assumption_may_get_another_experiment(draft: Experiment, team: Team, cast: Cast) -> None:
    assert actions.draft_from(None, team, by=cast["convener"]) != draft


def test_whoever_runs_the_programme_does_not_answer_for_the_experiment(team: Team, cast: Cast) -> None:
    assert actions.draft_from(None, team, by=cast["facilitator"]).owner is None


def test_removed_assumption_leaves_the_experiment_standing(assumption: Item, team: Team, cast: Cast) -> None:
    experiment = actions.draft_from(assumption, team, by=cast["member"])
    assumption.delete()
    experiment.refresh_from_db()
    assert (experiment.assumption, experiment.belief) == (None, BELIEF)


@pytest.mark.parametrize(
    "sentence",
    [
        "We believe that it helps.",
        "Uskomme, että it helps",
        "uskomme että it helps",
        "Vi tror att it helps. ",
        "it helps",
    ],
)
def test_belief_is_read_without_its_opening(sentence: str) -> None:
    assert texts.without_opening(sentence) == "it helps"


def test_long_title_is_cut_between_words() -> None:
    title = texts.title_of("a decision that is read to its end " * 5)
    assert title == "A decision that is read to its end a decision that is read to its end a…"


def test_member_drafts_from_the_page_of_an_assumption(assumption: Item, cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast["member"]).post(reverse("experiments:draft_from_item", args=[assumption.pk]))
    experiment = Experiment.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("experiments:edit", args=[experiment.pk]))


@pytest.mark.parametrize("role", ["mentor", "outsider", "juror", "expert", "other_convener"])
def test_only_those_who_work_in_the_team_draft(
    role: str, assumption: Item, team: Team, cast: Cast, client_of: ClientOf
) -> None:
    client: Client = client_of(cast[role])
    places = [
        reverse("experiments:draft_from_item", args=[assumption.pk]),
        reverse("experiments:draft", args=[team.pk]),
    ]
    assert [client.post(place).status_code for place in places] == [404, 404]
    assert Experiment.objects.count() == 0


def test_words_that_are_hidden_are_read_on_no_experiment(
    assumption: Item, team: Team, cast: Cast, client_of: ClientOf
) -> None:
    experiment = actions.draft_from(assumption, team, by=cast["member"])
    client = client_of(cast["member"])
    link = assumption.canvas.get_absolute_url()
    shown = link in client.get(experiment.get_absolute_url()).content.decode()
    hide(assumption.canvas, assumption.pk, by=cast["mentor"])
    still = link in client.get(experiment.get_absolute_url()).content.decode()
    again = client.post(reverse("experiments:draft_from_item", args=[assumption.pk]))
    assert (shown, still, again.status_code) == (True, False, 404)
