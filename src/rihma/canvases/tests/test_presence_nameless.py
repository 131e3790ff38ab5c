"""While names are hidden, who is here is told, and what is done is told, but not who of them does what."""

import json
from typing import Any

import httpx
import pytest

from rihma.realtime.tests.conftest import Live, hand, house, live, serving
from rihma.realtime.tests.raw import Raw

__all__ = ["hand", "house", "live", "serving"]
pytestmark = pytest.mark.django_db

TOKEN = "a" * 32
WRITES = {"item": "6f9d4f8e-94a1-4f4e-8a51-7d0a8d1c3b10"}


def hide_names(live: Live, hidden: str) -> None:
    """Somebody presses the button on the page."""
    session = live.hand.do("session", person=live.people[0])
    answer = httpx.post(
        f"http://127.0.0.1:{live.port}/en/canvases/{live.id}/names/",
        data={"hidden": hidden, "csrfmiddlewaretoken": TOKEN},
        cookies={"session": session, "csrf": TOKEN},
        timeout=30,
    )
    assert answer.status_code == 302


def heard(raw: Raw, wanted: Any) -> list[dict[str, Any]]:
    """Everybody who was told of, until somebody is as wanted."""
    told: list[dict[str, Any]] = []
    while not any(wanted(one) for one in told):
        told += raw.next("presence")["people"]
    return told


def does(one: dict[str, Any]) -> bool:
    return bool(one.get("state") == WRITES)


@pytest.mark.req("S3")
def test_no_name_goes_with_what_somebody_does(live: Live) -> None:
    hide_names(live, "yes")
    with live.live() as writer, live.live(1) as reader:
        here = heard(reader, lambda one: one["id"] == f"person:{live.people[0]}")
        assert [one for one in here if "state" in one] == []
        writer.send({"type": "presence", "state": WRITES})
        [doing] = [one for one in heard(reader, does) if does(one)]
        assert (doing["id"], doing["name"], doing["at"] < 0) == ("", "", True)
        with live.live(1) as later:
            told = heard(later, does)
    assert [one["id"] for one in told if "state" in one] == [""]
    assert f"person:{live.people[0]}" in {one["id"] for one in told}


def test_one_knows_one_s_own_doing_by_its_number(live: Live) -> None:
    hide_names(live, "yes")
    with live.socket() as writer:
        writer.send({"type": "hello", "v": 1, "ticket": live.ticket()})
        veil = writer.next("welcome")["you"]["veil"]
        writer.send({"type": "presence", "state": WRITES})
        assert [one["at"] for one in heard(writer, does) if does(one)] == [veil]


def test_hiding_takes_the_doing_off_names_that_were_told_before(live: Live) -> None:
    with live.live() as writer, live.live(1) as reader:
        writer.send({"type": "presence", "state": WRITES})
        [named] = [one for one in heard(reader, does) if does(one)]
        assert named["id"] == f"person:{live.people[0]}"
        hide_names(live, "yes")
        told = heard(reader, lambda one: one["at"] < 0)
        assert [one.get("state") for one in told if one["at"] == named["at"]] == [None]
        hide_names(live, "no")
        again = [one for one in heard(reader, does) if does(one)]
    assert {one["id"] for one in again} == {f"person:{live.people[0]}"}, json.dumps(again)
