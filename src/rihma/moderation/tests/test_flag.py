"""Anybody who sees a canvas may have an item looked at; nobody reads it until that is done."""

import json

import pytest
from django.test import Client

from rihma.base.refused import Refused
from rihma.canvases import actions as canvases
from rihma.canvases import wire
from rihma.canvases.models import Canvas, Item, Operation
from rihma.history.models import Event
from rihma.moderation import rules
from rihma.moderation.models import Flag
from rihma.moderation.tests.conftest import STORY, ClientOf, Put, flag_by, guest_of, page_of, text_of, url
from rihma.notices.models import Message
from tests.conftest import Cast


@pytest.mark.req("P4")
def test_reader_flags_and_the_words_are_hidden_at_once_from_all(
    canvas: Canvas, story: Item, cast: Cast, works: Client
) -> None:
    _guest, reader = guest_of(canvas, cast["convener"], role="reader")
    assert STORY in page_of(works, canvas)
    assert STORY in text_of(reader.get(url("flag", canvas.pk, story.pk)))
    answer = reader.post(url("flag", canvas.pk, story.pk), {"reason": "private", "words": "Her name is there"})
    assert (answer.status_code, Flag.objects.get().flagger) == (302, _guest)
    assert [STORY in page_of(client, canvas) for client in (works, reader)] == [False, False]
    assert STORY not in works.get(f"/api/v1/canvases/{canvas.pk}").content.decode()
    assert STORY not in works.get(f"/api/v1/canvases/{canvas.pk}/operations").content.decode()
    assert STORY not in wire.items(canvas).decode()


def test_those_who_run_the_programme_are_told_without_the_words(canvas: Canvas, story: Item, cast: Cast) -> None:
    cast["facilitator"].language = "sv"
    cast["facilitator"].save()
    flag_by(canvas, story, cast["member"], words="Maija is my neighbour")
    told = Message.objects.filter(kind="moderation/notices/flagged")
    assert {message.to for message in told} == {cast["owner"], cast["facilitator"]}
    assert not any(word in message.body for message in told for word in ("diabetes", "neighbour"))
    assert [message.subject for message in told if message.to == cast["facilitator"]] == [
        "Något har flaggats på ett arbetsblad: Vårens program"
    ]


def test_history_keeps_the_act_without_the_words(canvas: Canvas, story: Item, cast: Cast) -> None:
    flag_by(canvas, story, cast["member"], words="Her name is there")
    event = Event.objects.get(area="moderation")
    assert (event.verb, event.by, event.data) == ("flagged", cast["member"], {"reason": "private"})


def test_hidden_item_is_not_flagged_again(canvas: Canvas, story: Item, cast: Cast) -> None:
    flag_by(canvas, story, cast["member"])
    with pytest.raises(Refused, match="flagged this already"):
        flag_by(canvas, story, cast["mentor"])


def test_nobody_empties_a_canvas_by_flagging(canvas: Canvas, put: Put, cast: Cast) -> None:
    for n in range(rules.MOST_WAITING):
        flag_by(canvas, put(f"Thing {n}"), cast["member"])
    with pytest.raises(Refused, match="wait to be looked at"):
        flag_by(canvas, put("One more"), cast["member"])
    assert canvas.items.filter(hidden=True).count() == rules.MOST_WAITING


def test_frozen_canvas_can_be_flagged_too(canvas: Canvas, story: Item, cast: Cast) -> None:
    canvases.freeze(canvas, by=cast["owner"])
    flag_by(canvas, story, cast["member"])
    assert canvas.items.get().hidden is True


@pytest.mark.req("S2")
def test_stranger_flags_nothing(canvas: Canvas, story: Item, cast: Cast, client_of: ClientOf) -> None:
    for name in ("outsider", "other_convener", "juror"):
        assert client_of(cast[name]).post(url("flag", canvas.pk, story.pk), {"reason": "private"}).status_code == 404
    assert Flag.objects.count() == 0


def test_program_flags_as_a_page_does(canvas: Canvas, story: Item, works: Client) -> None:
    address = f"/api/v1/canvases/{canvas.pk}/items/{story.pk}/flag"
    answer = works.post(address, json.dumps({"reason": "hurtful"}), content_type="application/json")
    assert (answer.status_code, answer.json()["state"], canvas.items.get().hidden) == (200, "open", True)
    assert works.post(address, json.dumps({"reason": "rude"}), content_type="application/json").status_code == 422


def test_list_and_panel_lead_to_the_flag(canvas: Canvas, story: Item, works: Client) -> None:
    assert url("flag", canvas.pk, story.pk) in page_of(works, canvas)
    panel = works.get(f"{canvas.get_absolute_url()}items/{story.pk}/?view=drawn").content.decode()
    assert (url("flag", canvas.pk, story.pk) in panel, url("erase_item", canvas.pk, story.pk) in panel) == (True, False)


def test_log_says_who_hid_it_and_when(canvas: Canvas, story: Item, cast: Cast) -> None:
    flag_by(canvas, story, cast["member"])
    row = canvas.operations.order_by("-seq")[0]
    assert (row.verb, row.by, row.payload) == (Operation.Verb.HIDE, cast["member"], {})
