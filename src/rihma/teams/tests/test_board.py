"""The board of teams that look for partners: whose card hangs there, and until when."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.refused import Refused
from rihma.programmes.models import Programme
from rihma.teams import actions
from rihma.teams.board import looking_in, narrowed
from rihma.teams.models import Team
from rihma.teams.types import Card
from tests.conftest import Cast

type ClientOf = Callable[[Person | None], Client]

CARD: Card = {"search_words": "Rekisterin tuntija", "search_kinds": ["state_agency"], "search_until": None}


def until(day: date) -> Card:
    return {**CARD, "search_until": day}


def page(programme: Programme) -> str:
    return reverse("teams:partners", args=[programme.slug])


def test_card_is_hung_and_taken_down_and_its_words_stay(team: Team, cast: Cast, client_of: ClientOf) -> None:
    client, card = client_of(cast["convener"]), reverse("teams:edit_card", args=[team.pk])
    seen = client.get(card).context["form"].initial["seen"]
    client.post(card, {**CARD, "search_until": "", "seen": seen})
    board = client_of(None).get(page(team.programme)).text
    assert "Rekisterin tuntija" in board
    assert "State agency" in board
    client.post(reverse("teams:take_down_card", args=[team.pk]))
    assert "Rekisterin tuntija" not in client_of(None).get(page(team.programme)).text
    assert "Rekisterin tuntija" in client.get(card).text


def test_card_follows_the_application_until_it_says_something_else(team: Team, cast: Cast) -> None:
    actions.edit(team, looking_for="A data steward", search_is_public=True, by=cast["convener"])
    same: Card = {**CARD, "search_words": "A data steward"}
    team = actions.edit_card(team, **same, by=cast["convener"])
    actions.edit(team, looking_for="A nurse", by=cast["convener"])
    assert [one.search for one in looking_in(team.programme)] == ["A nurse"]
    actions.edit_card(team, **CARD, by=cast["convener"])
    assert [(one.search, one.looking_for) for one in looking_in(team.programme)] == [("Rekisterin tuntija", "A nurse")]


def test_card_comes_down_after_its_last_day(team: Team, cast: Cast) -> None:
    zone = team.programme.zone
    today = clock.now().astimezone(zone).date()
    actions.edit_card(team, **until(today), by=cast["convener"])
    with clock.at(clock.now() + timedelta(hours=1)):
        assert len(looking_in(team.programme)) == (1 if clock.now().astimezone(zone).date() == today else 0)
    with clock.at(clock.now() + timedelta(days=1)):
        assert looking_in(team.programme) == []


def test_card_for_a_day_that_has_passed_is_refused_and_changes_nothing(team: Team, cast: Cast) -> None:
    yesterday = clock.now().date() - timedelta(days=2)
    with pytest.raises(Refused, match="has passed"):
        actions.edit_card(team, **until(yesterday), by=cast["convener"])
    team.refresh_from_db()
    assert (team.search_words, team.search_is_public) == ("", False)


def test_stale_form_of_a_card_overwrites_nothing(team: Team, cast: Cast, client_of: ClientOf) -> None:
    client, card = client_of(cast["convener"]), reverse("teams:edit_card", args=[team.pk])
    seen = client.get(card).context["form"].initial["seen"]
    actions.edit_card(team, **CARD, by=cast["convener"])
    answer = client.post(card, {"search_words": "Mine", "search_until": "", "seen": seen})
    assert "Somebody else changed this meanwhile" in answer.text
    assert "Mine" in answer.text
    team.refresh_from_db()
    assert team.search_words == "Rekisterin tuntija"


@pytest.mark.parametrize(
    ("words", "theme", "found"),
    [("", "", 1), ("REKISTERI", "", 1), ("tuntija agency", "", 1), ("nurse", "", 0), ("", "other", 0), ("", "own", 1)],
)
def test_board_is_narrowed_by_words_and_theme(team: Team, cast: Cast, words: str, theme: str, found: int) -> None:
    own = team.programme.themes.get()
    actions.edit(team, theme=own, by=cast["convener"])
    actions.edit_card(team, **CARD, by=cast["convener"])
    chosen = str(own.pk) if theme == "own" else theme
    assert len(narrowed(looking_in(team.programme), words, chosen)) == found


def test_board_of_a_programme_that_is_not_public_is_not_found(team: Team, cast: Cast, client_of: ClientOf) -> None:
    Programme.objects.filter(pk=team.programme_id).update(state="draft")
    assert client_of(cast["outsider"]).get(page(team.programme)).status_code == 404
    assert client_of(cast["owner"]).get(page(team.programme)).status_code == 200


def test_outsider_cannot_hang_a_card_for_a_team(team: Team, cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast["outsider"]).post(reverse("teams:edit_card", args=[team.pk]), {"search_words": "X"})
    team.refresh_from_db()
    assert (answer.status_code, team.search_words) == (404, "")
