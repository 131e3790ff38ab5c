"""What a page can do, a program can."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client

from rihma.brainwriting.tests.conftest import SECRET, ClientOf, ComeIn, texts
from rihma.canvases.models import Canvas
from tests.conftest import Cast

NOTE = {"id": "one", "zone": "wanted", "kind": "assumption", "text": SECRET, "lang": "en"}


@pytest.fixture
def base(canvas: Canvas) -> str:
    return f"/api/v1/canvases/{canvas.pk}/brainwriting"


def send(client: Client, address: str, said: Mapping[str, object] | None = None, method: str = "post") -> Any:
    return getattr(client, method)(address, json.dumps(said or {}), content_type="application/json")


def test_round_goes_its_way_from_start_to_reveal(base: str, canvas: Canvas, works: Client, come_in: ComeIn) -> None:
    _guest, phone = come_in()
    begun = send(works, base, {"question": "What now?"}).json()
    notes = f"{base}/{begun['id']}/notes"
    first, again = (send(phone, notes, NOTE).json() for _ in range(2))
    assert (first, first["text"]) == (again, SECRET)
    changed = {name: value for name, value in NOTE.items() if name != "id"} | {"text": "Softer"}
    assert send(phone, f"{notes}/{first['id']}", changed, "put").json()["text"] == "Softer"
    seen = works.get(base).json()
    assert (seen["notes"], seen["round"]["written"], seen["round"]["writers"]) == ([], 1, 1)
    assert [note["text"] for note in phone.get(base).json()["notes"]] == ["Softer"]
    other = send(phone, notes, NOTE | {"id": "two"}).json()
    assert phone.delete(f"{notes}/{other['id']}").status_code == 204
    assert send(works, f"{base}/{begun['id']}/reveal").json()["state"] == "revealed"
    assert texts(canvas) == ["Softer"]
    closed = send(phone, notes, NOTE | {"id": "three"})
    assert (closed.status_code, closed.json()["code"]) == (409, "closed")


def test_stranger_finds_nothing_and_a_guest_leads_nothing(
    base: str, works: Client, cast: Cast, client_of: ClientOf, come_in: ComeIn
) -> None:
    _guest, phone = come_in()
    begun = send(works, base).json()
    stranger = client_of(cast["outsider"])
    for address in (base, f"{base}/{begun['id']}/reveal", f"{base}/{begun['id']}/cancel"):
        assert [send(client, address).status_code for client in (phone, stranger)] == [404, 404]
    assert [client.get(base).status_code for client in (phone, stranger)] == [200, 404]
    assert send(works, f"{base}/{begun['id']}/cancel").json()["state"] == "cancelled"
