"""Whose right has ended writes nothing more, and hears of it within two seconds."""

import time
from typing import Any

import pytest

from rihma.realtime.tests.conftest import Hand, Live, adding, operations

pytestmark = pytest.mark.django_db


@pytest.mark.req("S12")
@pytest.mark.parametrize("how", ["leave", "suspend", "sign out", "sign out of all", "revoke"])
def test_whoever_is_out_writes_nothing_more_and_is_sent_out(live: Live, hand: Hand, how: str) -> None:
    person = live.people[0]
    session = hand.do("session", person=person)
    raw = live.by_token() if how == "revoke" else live.live(session=session)
    with raw, live.live(1) as other:
        acts: dict[str, dict[str, Any]] = {
            "leave": {"what": "leave", "canvas": live.id, "person": person},
            "suspend": {"what": "suspend", "person": person},
            "sign out": {"what": "sign_out", "session": session},
            "sign out of all": {"what": "sign_out_of_all", "person": person},
            "revoke": {"what": "revoke", "person": person},
        }
        hand.do(**acts[how])
        began = time.monotonic()
        raw.send(operations(adding("too late")))
        refused = raw.next("refused", "ack")
        assert (refused["type"], refused["code"]) == ("refused", "forbidden")
        assert (raw.closed(), time.monotonic() - began < 2) == (4403, True)
        assert live.do("log") == []
        other.send(operations(adding()))
        assert other.next("ack")["seqs"] == [1]


@pytest.mark.req("S12")
def test_demoted_writer_is_told_and_reads_along(live: Live) -> None:
    with live.live() as raw, live.live(1) as other:
        began = time.monotonic()
        live.do("demote", person=live.people[0])
        assert raw.next("changed") == {"type": "changed", "role": "reader", "status": "open"}
        assert time.monotonic() - began < 2
        raw.send(operations(adding()))
        assert raw.next("refused")["code"] == "forbidden"
        other.send(operations(adding(zone="nowhere")))
        assert other.next("refused")["message"] == "This canvas has no such zone."
        other.send(operations(adding("for all to read")))
        assert raw.next("operations")["operations"][0]["payload"]["text"] == "for all to read"


@pytest.mark.req("S12")
def test_frozen_canvas_takes_nothing_and_says_so(live: Live) -> None:
    with live.live() as raw:
        live.do("freeze")
        raw.send(operations(adding()))
        said = [raw.next("refused", "changed") for _ in range(2)]
        assert sorted((one["type"], one.get("code", one.get("status"))) for one in said) == [
            ("changed", "frozen"),
            ("refused", "closed"),
        ]
        assert live.do("log") == []
