"""Where a team sees what it works on and what it could begin."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from rihma.canvases.models import Canvas
from rihma.canvases.tests.conftest import ClientOf, Put, text_of
from rihma.programmes.models import Programme
from rihma.teams.models import Team
from tests.conftest import Cast


@pytest.fixture(autouse=True)
def two_kinds(programme: Programme) -> None:
    programme.canvas_kinds = ["assumption_map", "phenomenon_map"]
    programme.save()


def address(team: Team, kind: str) -> str:
    with translation.override("en"):
        return reverse("canvases:open", args=[team.pk, kind])


def test_team_page_shows_what_is_begun_and_what_waits(canvas: Canvas, put: Put, works: Client) -> None:
    text = text_of(works.get(f"/en/teams/{canvas.team_id}/"))
    assert "Begin with one of these Phenomenon map" in text

    put()
    text = text_of(works.get(f"/en/teams/{canvas.team_id}/"))
    assert text.index("1 item") < text.index("Not begun yet") < text.index("Phenomenon map")


def test_member_opens_a_canvas_that_the_programme_uses(team: Team, works: Client) -> None:
    response = works.post(address(team, "phenomenon_map"))
    canvas = Canvas.objects.get(kind="phenomenon_map")
    assert response["Location"] == canvas.get_absolute_url()
    assert works.post(address(team, "phenomenon_map"))["Location"] == canvas.get_absolute_url()


def test_canvas_that_the_programme_does_not_use_is_refused(team: Team, works: Client) -> None:
    response = works.post(address(team, "value_pie"), headers={"HX-Request": "true"})
    assert response.status_code == 409
    assert not Canvas.objects.exists()


def test_strangers_and_mentors_open_nothing(team: Team, cast: Cast, client_of: ClientOf) -> None:
    for role in ("outsider", "mentor", "other_convener"):
        assert client_of(cast[role]).post(address(team, "phenomenon_map")).status_code == 404
    assert "Open : Phenomenon map" not in text_of(client_of(cast["mentor"]).get(f"/en/teams/{team.pk}/"))
