"""What a page can do, a program can."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client

from rihma.canvases.models import Canvas
from rihma.facilitation.tests.conftest import ClientOf, ComeIn, Put, Start
from tests.conftest import Cast


@pytest.fixture
def base(canvas: Canvas) -> str:
    return f"/api/v1/canvases/{canvas.pk}"


def send(client: Client, address: str, said: Mapping[str, object] | None = None, method: str = "post") -> Any:
    return getattr(client, method)(address, json.dumps(said or {}), content_type="application/json")


def test_vote_goes_its_way_from_start_to_outcome(base: str, put: Put, works: Client, come_in: ComeIn) -> None:
    item = put()
    _guest, phone = come_in()
    vote = send(works, f"{base}/votes", {"budget": 2, "most": 2}).json()
    address = f"{base}/votes/{vote['id']}"
    for _ in range(2):
        placed = send(phone, f"{address}/place", {"item": str(item.pk)})
    assert (placed.json()["left"], placed.json()["outcome"]) == (0, None)
    refused = send(phone, f"{address}/place", {"item": str(item.pk)})
    assert (refused.status_code, refused.json()["code"]) == (409, "full")
    send(phone, f"{address}/take", {"item": str(item.pk)})
    closed = send(works, f"{address}/close").json()
    assert (closed["state"], closed["voters"]) == ("closed", 1)
    assert phone.get(address).json()["outcome"] == [{"rank": 1, "item": str(item.pk), "dots": 1}]
    assert send(works, f"{address}/reopen").json()["state"] == "open"


def test_timer_is_started_extended_and_stopped(base: str, works: Client) -> None:
    assert works.get(f"{base}/timer").json() is None
    first = send(works, f"{base}/timer", {"minutes": 5, "what_for": "Read"}).json()
    later = send(works, f"{base}/timer/extend").json()
    assert (first["what_for"], first["ends_at"] < later["ends_at"]) == ("Read", True)
    assert works.delete(f"{base}/timer").status_code == 204
    assert works.get(f"{base}/timer").json() is None


def test_focus_is_set_and_ended(base: str, works: Client) -> None:
    assert send(works, f"{base}/focus", {"zone": "able"}, "put").json()["zone"] == "able"
    assert works.get(f"{base}/focus").json()["zone"] == "able"
    assert works.delete(f"{base}/focus").status_code == 204
    assert works.get(f"{base}/focus").json() is None


def test_guest_leads_nothing_and_a_stranger_finds_nothing(
    base: str, start: Start, cast: Cast, client_of: ClientOf, come_in: ComeIn
) -> None:
    vote = start()
    _guest, phone = come_in()
    stranger = client_of(cast["outsider"])
    deeds: list[tuple[str, Mapping[str, object]]] = [
        (f"{base}/votes", {"budget": 2, "most": 2}),
        (f"{base}/votes/{vote.pk}/close", {}),
        (f"{base}/timer", {"minutes": 5}),
        (f"{base}/timer/extend", {}),
    ]
    for address, said in deeds:
        assert [send(client, address, said).status_code for client in (phone, stranger)] == [404, 404]
    for address in ("votes", f"votes/{vote.pk}", "timer", "focus"):
        assert [client.get(f"{base}/{address}").status_code for client in (phone, stranger)] == [200, 404]
