"""Whoever has the canvas open hears that somebody talks about it, whatever way it was said."""

import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoDbBlocker

from rihma.realtime.tests.conftest import Live, adding, hand_in, operations
from rihma.realtime.tests.raw import Raw
from rihma.site.tests.conftest import built

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def live(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Live]:
    with (
        built(django_db_blocker) as house,
        house.serving(RIHMA_WORKER="0") as serving,
        hand_in(house) as hand,
    ):
        yield Live(serving, hand, 2)


def say(live: Live, who: int, item: str, what: str, method: str, body: object = None) -> Any:
    headers = {"Authorization": f"Bearer {live.tokens[who]}", "Content-Type": "application/json"}
    with closing(live.serving.line()) as line:
        path = f"/api/v1/canvases/{live.id}/items/{item}/{what}"
        line.request(method, path, body=json.dumps(body or {}), headers=headers)
        return json.load(line.getresponse())


def topics(raw: Raw, *wanted: str) -> set[str]:
    """What is told until all of these were; several may come together."""
    heard: set[str] = set()
    while not heard.issuperset(wanted):
        heard.update(raw.next("news")["topics"])
    return heard


def test_comment_by_api_reaches_the_open_socket_of_somebody_else(live: Live) -> None:
    item = str(uuid4())
    with live.live(0) as writer, live.live(1) as listener:
        writer.send(operations(adding(item=item)))
        writer.next("ack")
        said = say(live, 0, item, "comments", "POST", {"text": "Who says so?", "lang": "en"})
        assert topics(listener, "comments") == {"comments"}
        assert [row["id"] for row in say(live, 1, item, "comments", "GET")] == [said["id"]]
        say(live, 1, item, "reactions/agree", "PUT")
        assert topics(writer, "comments", "reactions") == {"comments", "reactions"}
