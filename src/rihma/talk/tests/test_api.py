"""What a page can do, a program can."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client

from rihma.canvases import actions as canvases
from rihma.canvases.models import Canvas, Item
from rihma.talk.models import Comment, Reaction
from rihma.talk.tests.conftest import ClientOf, ComeIn, Say
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def send(client: Client, method: str, address: str, body: Mapping[str, object] | None = None) -> tuple[int, Any]:
    answer = client.generic(method, address, json.dumps(body or {}), content_type="application/json")
    return answer.status_code, answer.json()


def place(item: Item, what: str) -> str:
    return f"/api/v1/canvases/{item.canvas_id}/items/{item.pk}/{what}"


def test_program_says_reads_changes_and_removes(item: Item, works: Client, cast: Cast) -> None:
    said = {"text": "Who says so?", "lang": "en", "told": [str(cast["mentor"].pk)], "id": "one"}
    status, first = send(works, "POST", place(item, "comments"), said)
    assert (status, first["by"], first["told"]) == (201, str(cast["member"].pk), said["told"])
    assert send(works, "POST", place(item, "comments"), said)[1]["id"] == first["id"]
    send(works, "POST", place(item, "comments"), {"text": "I do", "thread": first["id"]})
    one = place(item, f"comments/{first['id']}")
    assert send(works, "PUT", one, {"text": "Who told us?", "lang": "en"})[1]["text"] == "Who told us?"
    assert send(works, "POST", f"{one}/resolve")[1]["state"] == "resolved"
    assert send(works, "POST", f"{one}/reopen")[1]["state"] == "open"
    assert send(works, "DELETE", one)[1]["text"] == ""
    found = send(works, "GET", place(item, "comments"))[1]
    assert [(row["text"], row["thread"], row["name"]) for row in found] == [
        ("", None, str(cast["member"])),
        ("I do", first["id"], str(cast["member"])),
    ]


def test_program_reacts_once_and_takes_it_back(item: Item, works: Client) -> None:
    for _ in range(2):
        status, rows = send(works, "PUT", place(item, "reactions/agree"))
    assert (status, [row["count"] for row in rows]) == (200, [1, 0, 0, 0, 0])
    assert send(works, "DELETE", place(item, "reactions/agree"))[1][0]["is_mine"] is False
    assert send(works, "PUT", place(item, "reactions/hate"))[0] == 404
    assert Reaction.objects.count() == 0


def test_refusal_says_its_code_and_field(item: Item, works: Client, cast: Cast) -> None:
    told = {"text": "Look", "told": [str(cast["outsider"].pk)]}
    status, problem = send(works, "POST", place(item, "comments"), told)
    assert (status, problem["code"], problem["field"]) == (409, "invalid", "told")
    assert Comment.objects.count() == 0


def test_stranger_and_reader_guest_find_nothing_to_say(
    item: Item, say: Say, cast: Cast, client_of: ClientOf, come_in: ComeIn
) -> None:
    say()
    outsider, reads = client_of(cast["outsider"]), come_in("reader")[1]
    assert [send(outsider, "GET", place(item, what))[0] for what in ("comments", "reactions")] == [404, 404]
    assert len(send(reads, "GET", place(item, "comments"))[1]) == 1
    for client in (outsider, reads):
        assert send(client, "POST", place(item, "comments"), {"text": "x"})[0] == 404
        assert send(client, "PUT", place(item, "reactions/agree"))[0] == 404


def test_hidden_item_gives_no_comments_away(canvas: Canvas, item: Item, say: Say, works: Client, cast: Cast) -> None:
    say()
    canvases.hide(canvas, item.pk, by=cast["mentor"])
    assert send(works, "GET", place(item, "comments")) == (200, [])
