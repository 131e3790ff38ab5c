"""Who finds a canvas, and what it shows when a row or a text is not as it should be."""

import re

import pytest
from django.test import Client

from rihma.accounts.models import Person
from rihma.canvases import actions
from rihma.canvases.models import Canvas, Item
from rihma.canvases.tests.conftest import ClientOf, Put, text_of, url
from rihma.teams.models import Team
from tests.conftest import Cast

XSS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "javascript:alert(1)",
    "{{ 7|add:7 }}{% now 'Y' %}",
    "</textarea><svg onload=alert(1)>",
    "--><iframe srcdoc='<script>alert(1)</script>'>",
]
TAG = re.compile(r"<(?:script>|img src=x|svg onload|iframe)", re.IGNORECASE)


def test_mentor_reads_but_finds_nothing_to_change_it_by(
    canvas: Canvas, put: Put, cast: Cast, client_of: ClientOf
) -> None:
    item = put()
    mentor = client_of(cast["mentor"])
    page = mentor.get(url("canvas", canvas))

    assert "For reading" in text_of(page)
    assert [deed for deed in ("add", "set", "move", "remove") if f"/{deed}/" in page.content.decode()] == []
    assert mentor.get(url("item", canvas, item.pk)).status_code == 200
    assert mentor.post(url("remove", canvas, item.pk)).status_code == 404


@pytest.mark.parametrize("role", ["outsider", "other_convener", "juror"])
def test_strangers_find_nothing(canvas: Canvas, put: Put, cast: Cast, client_of: ClientOf, role: str) -> None:
    item = put()
    stranger = client_of(cast[role])
    for name in ("canvas", "history", "add"):
        assert stranger.get(url(name, canvas)).status_code == 404
    for name in ("item", "set", "move"):
        assert stranger.get(url(name, canvas, item.pk)).status_code == 404
    for name in ("remove", "restore", "settle"):
        assert stranger.post(url(name, canvas, item.pk)).status_code == 404
    for name in ("undo", "freeze", "reopen"):
        assert stranger.post(url(name, canvas)).status_code == 404


def test_facilitator_freezes_and_the_team_is_told_why_nothing_is_saved(
    canvas: Canvas, put: Put, cast: Cast, client_of: ClientOf, works: Client
) -> None:
    assert works.post(url("freeze", canvas)).status_code == 404
    client_of(cast["facilitator"]).post(url("freeze", canvas))

    page = works.get(url("canvas", canvas))
    assert "Frozen" in text_of(page)
    form = {"client_id": "x", "zone": "able", "text": "Too late", "lang": "en", "importance": "50", "evidence": "50"}
    response = works.post(url("add", canvas), form)
    assert "The canvas is frozen." in text_of(response)
    assert "Too late" in response.content.decode()


@pytest.mark.req("R24")
@pytest.mark.parametrize(
    "poison",
    [
        {"kind": "hologram"},
        {"zone": "nowhere"},
        {"order": "???"},
        {"fields": {"importance": "much"}},
        {"fields": []},
        {"alternatives": ["what"]},
    ],
)
def test_row_that_cannot_be_drawn_does_not_break_the_page(
    canvas: Canvas, put: Put, works: Client, poison: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    put("The good one")
    bad = put("The poisoned one")
    Item.objects.filter(pk=bad.pk).update(**poison)

    for view in ("list", "drawn"):
        text = text_of(works.get(url("canvas", canvas, view=view)))
        assert "The good one" in text
        assert "Items that cannot be shown" in text
    assert f"item {bad.pk} cannot be drawn" in caplog.text
    assert "The poisoned one" in works.get(url("export", canvas, "md")).content.decode()
    assert works.post(url("set", canvas, bad.pk), {"text": "x"}).status_code == 409
    works.post(url("remove", canvas, bad.pk))
    assert "Items that cannot be shown" not in text_of(works.get(url("canvas", canvas)))


def test_canvas_of_a_kind_that_is_gone_can_still_be_read(canvas: Canvas, put: Put, works: Client) -> None:
    put("Still here")
    Canvas.objects.update(kind="forgotten")
    page = text_of(works.get(url("canvas", canvas)))

    assert "Still here" in page
    assert "For reading" in page
    assert "Still here" in works.get(url("export", canvas, "csv")).content.decode()


@pytest.mark.req("S14")
@pytest.mark.parametrize("text", XSS)
def test_text_of_people_stays_text(canvas: Canvas, cast: Cast, put: Put, works: Client, text: str) -> None:
    Person.objects.filter(pk=cast["convener"].pk).update(name=text)
    Team.objects.filter(pk=canvas.team_id).update(name=text)
    item = put(text)
    actions.change(canvas, "set", item.pk, {"text": f"{text} 1"}, base=1, by=cast["member"])
    actions.change(canvas, "set", item.pk, {"text": f"{text} 2"}, base=1, by=cast["convener"])

    pages = [url("canvas", canvas), url("canvas", canvas, view="drawn"), url("history", canvas)]
    pages += [url(name, canvas, item.pk) for name in ("item", "set", "move")]
    for page in pages:
        response = works.get(page)
        assert response.status_code == 200
        assert TAG.findall(response.content.decode()) == []
