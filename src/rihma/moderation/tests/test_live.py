"""Pages that are open hide and forget at once; whoever was away is told of no words."""

import json
import time
from typing import Any

import httpx
import pytest

from rihma.moderation.tests.conftest import STORY
from rihma.realtime.tests.conftest import Live, adding, hand, house, live, operations, serving

__all__ = ["hand", "house", "live", "serving"]
pytestmark = pytest.mark.django_db


def written(live: Live) -> tuple[str, int]:
    """Somebody's health story, and the number it has in the log."""
    said = adding(STORY)
    with live.live() as raw:
        raw.send(operations(said))
        seq: int = raw.next("ack")["seqs"][0]
    return said["item"], seq


def told_after(live: Live, seq: int) -> str:
    """What a window hears that was away since this number."""
    with live.joined(1, after=seq) as raw:
        return json.dumps(raw.next("operations", "items"))


@pytest.mark.req("P4")
def test_open_window_hides_what_is_flagged_within_two_seconds(live: Live) -> None:
    item, seq = written(live)
    with live.live(1) as reader:
        began = time.monotonic()
        address = f"http://127.0.0.1:{live.port}/api/v1/canvases/{live.id}/items/{item}/flag"
        signed = {"Authorization": f"Bearer {live.tokens[0]}"}
        flagged = httpx.post(address, json={"reason": "private"}, headers=signed, timeout=30)
        row: dict[str, Any] = reader.next("operations")["operations"][0]
        assert (row["verb"], row["item"], time.monotonic() - began < 2) == ("hide", item, True)
    assert flagged.json()["state"] == "open"
    assert STORY not in told_after(live, 0)
    assert STORY not in told_after(live, seq)


@pytest.mark.req("P4")
def test_window_that_was_away_hears_no_erased_words(live: Live) -> None:
    item, seq = written(live)
    with live.live(1) as reader:
        assert STORY in told_after(live, 0)
        live.do("erase", item=item)
        assert reader.next("operations")["operations"][0]["verb"] == "erase"
        reader.send(operations({**adding(), "verb": "set", "item": item, "payload": {"text": STORY}, "base": seq}))
        assert reader.next("refused")["code"] == "invalid"
    assert STORY not in told_after(live, 0)
    assert STORY not in json.dumps(live.do("items"))


@pytest.mark.req("P4")
def test_open_window_hears_of_a_flagged_comment(live: Live) -> None:
    item, _seq = written(live)
    signed = {"Authorization": f"Bearer {live.tokens[0]}"}
    at = f"http://127.0.0.1:{live.port}/api/v1/canvases/{live.id}"
    said = {"text": STORY, "lang": "en"}
    comment = httpx.post(f"{at}/items/{item}/comments", json=said, headers=signed, timeout=30).json()["id"]
    with live.live(1) as reader:
        httpx.post(f"{at}/comments/{comment}/flag", json={"reason": "private"}, headers=signed, timeout=30)
        assert reader.next("news")["topics"] == ["comments"]
    rows = httpx.get(f"{at}/items/{item}/comments", headers=signed, timeout=30)
    assert (len(rows.json()), STORY in rows.text) == (1, False)
