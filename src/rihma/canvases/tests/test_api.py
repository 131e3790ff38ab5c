from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from rihma.canvases import actions
from rihma.canvases.models import Canvas, Item
from rihma.canvases.tests.conftest import Put
from tests.conftest import Cast

type Call = Callable[..., Any]


def adding(**more: object) -> dict[str, object]:
    said = {"id": "d:1", "verb": "add", "item": str(uuid4()), "kind": "assumption", "zone": "able", "text": "From afar"}
    return said | more


def test_operations_are_saved_once_and_each_is_answered(canvas: Canvas, cast: Cast, call: Call) -> None:
    good, bad = adding(), adding(id="d:2", zone="nowhere")
    first = call(cast["member"], "/operations", {"operations": [good, bad]})
    again = call(cast["member"], "/operations", {"operations": [good]})

    assert first.status_code == 200
    assert first.json() == [
        {"id": "d:1", "seq": 1, "refused": None},
        {
            "id": "d:2",
            "seq": None,
            "refused": {"code": "invalid", "message": "This canvas has no such zone.", "field": "zone"},
        },
    ]
    assert again.json() == [{"id": "d:1", "seq": 1, "refused": None}]
    assert Item.objects.get().by == cast["member"]


def test_log_is_read_from_any_number_on(canvas: Canvas, cast: Cast, put: Put, call: Call) -> None:
    for text in "abc":
        put(text)
    told = call(cast["mentor"], "/operations?after=1").json()

    assert told["head"] == 3
    assert [(row["seq"], row["verb"], row["payload"]["text"]) for row in told["operations"]] == [
        (2, "add", "b"),
        (3, "add", "c"),
    ]
    assert call(cast["mentor"], f"/operations?after={10**30}").json()["operations"] == []


def test_canvas_is_read_with_its_live_items_in_order(canvas: Canvas, cast: Cast, put: Put, call: Call) -> None:
    gone, stays = put("gone"), put("stays")
    actions.change(canvas, "remove", gone.pk, by=cast["member"])
    told = call(cast["mentor"]).json()

    assert (told["kind"], told["state"], told["head"]) == ("assumption_map", "open", 3)
    assert [item["id"] for item in told["items"]] == [str(stays.pk)]


@pytest.mark.parametrize(
    "sent",
    [
        {"operations": []},
        {"operations": [adding(verb="explode")]},
        {"operations": [adding(id="x" * 65)]},
        {"operations": [adding(item="no uuid")]},
        {"operations": [adding(text="x" * 50_000)]},
        {"operations": [adding(fields={"importance": ["much"]})]},
        {"operations": [adding()] * 65},
        [],
    ],
)
def test_operation_out_of_shape_is_refused_as_a_whole(canvas: Canvas, cast: Cast, call: Call, sent: object) -> None:
    assert call(cast["member"], "/operations", sent).status_code in (400, 422)
    assert canvas.operations.count() == 0


def test_who_may_only_read_cannot_write_and_strangers_find_nothing(canvas: Canvas, cast: Cast, call: Call) -> None:
    sent = {"operations": [adding()]}
    assert call(cast["mentor"], "/operations", sent).status_code == 404
    assert call(cast["outsider"], "/operations", sent).status_code == 404
    assert call(cast["outsider"]).status_code == 404
    assert Client().get(f"/api/v1/canvases/{canvas.pk}").status_code == 401
