"""The same by HTTP, for whoever cannot open a socket."""

import http.client
import json
import threading
import time
from contextlib import closing, suppress
from typing import Any

import pytest

from rihma.realtime.tests.conftest import Live, adding, operations
from rihma.site.tests.conftest import Serving

pytestmark = [pytest.mark.django_db, pytest.mark.req("R6")]


class Asker(threading.Thread):
    """Somebody who asks and waits."""

    def __init__(self, live: Live, query: str, who: int = 0) -> None:
        super().__init__(daemon=True)
        self.line = live.serving.line()
        path = f"/api/v1/canvases/{live.id}/operations?{query}"
        self.line.request("GET", path, headers={"Authorization": f"Bearer {live.tokens[who]}"})
        self.start()

    def run(self) -> None:
        with closing(self.line), suppress(ConnectionError):
            response = self.line.getresponse()
            self.headers = response.headers
            self.status, self.body = response.status, response.read()
            self.came_at = time.monotonic()

    def answer(self) -> tuple[int, Any]:
        self.join(10)
        assert not self.is_alive()
        return self.status, json.loads(self.body)


def post(live: Live, *sent: dict[str, Any], who: int = 0) -> list[dict[str, Any]]:
    flat = [{**one, **one["payload"]} for one in sent]
    for one in flat:
        del one["payload"]
    with closing(live.serving.line()) as line:
        headers = {"Authorization": f"Bearer {live.tokens[who]}", "Content-Type": "application/json"}
        path = f"/api/v1/canvases/{live.id}/operations"
        line.request("POST", path, json.dumps({"operations": flat}), headers)
        found: list[dict[str, Any]] = json.load(line.getresponse())
        return found


def test_whoever_asks_waits_until_somebody_writes_over_a_socket(live: Live) -> None:
    asker = Asker(live, "after=0&wait=25")
    with live.live(1) as writer:
        writer.send(operations(adding("at last")))
        writer.next("ack")
        said = time.monotonic()
    status, body = asker.answer()
    assert (status, body["head"], body["operations"][0]["payload"]["text"]) == (200, 1, "at last")
    assert (asker.came_at - said < 0.9, asker.headers["Rihma-Wait"]) == (True, None)


def test_what_is_sent_by_http_reaches_sockets_and_those_who_wait(live: Live) -> None:
    asker = Asker(live, "after=0&wait=25", who=1)
    with live.live(1) as reader:
        [answer] = post(live, sent := adding("by http"))
        assert (answer["seq"], reader.next("operations")["operations"][0]["id"]) == (1, sent["id"])
    assert asker.answer()[1]["operations"][0]["id"] == sent["id"]
    assert post(live, sent) == [answer]


def test_nothing_new_is_said_when_the_time_is_over(live: Live) -> None:
    began = time.monotonic()
    assert Asker(live, "after=0&wait=1").answer() == (200, {"head": 0, "operations": []})
    assert 1 <= time.monotonic() - began < 2


@pytest.mark.parametrize("wait", ["26", "-1", "x"])
def test_nobody_waits_longer_than_25_seconds(live: Live, wait: str) -> None:
    assert Asker(live, f"after=0&wait={wait}").answer()[0] == 422


def test_stranger_does_not_wait(live: Live, serving: Serving) -> None:
    assert serving.get(f"/api/v1/canvases/{live.id}/operations?wait=25").status == 401


@pytest.mark.req("S12")
def test_whoever_is_put_out_while_waiting_reads_nothing(live: Live) -> None:
    asker = Asker(live, "after=0&wait=25")
    with live.live(1) as writer:
        live.do("leave", person=live.people[0])
        writer.send(operations(adding("not for you")))
        assert asker.answer()[0] == 404


@pytest.mark.req("R8")
def test_two_hundred_who_wait_hold_up_no_page(live: Live, serving: Serving) -> None:
    askers = [Asker(live, "after=0&wait=25") for _ in range(200)]
    assert serving.get("/en/").status == 200
    with live.live(1) as writer:
        writer.send(operations(adding()))
    assert {asker.answer()[1]["head"] for asker in askers} == {1}


def test_whoever_goes_away_while_waiting_is_forgotten(live: Live, serving: Serving) -> None:
    gone = Asker(live, "after=0&wait=25")
    gone.line.sock.shutdown(2)
    with live.live(1) as writer:
        writer.send(operations(adding()))
        writer.next("ack")
    assert serving.get("/en/").status == 200


@pytest.mark.req("R22")
def test_those_who_wait_are_answered_when_the_server_stops(live: Live) -> None:
    with live.serving.house.serving(RIHMA_WORKER="0") as other:
        there = Live.__new__(Live)
        there.__dict__ = {**live.__dict__, "serving": other}
        asker = Asker(there, "after=0&wait=25")
        assert other.get("/en/").status == 200
        other.process.terminate()
        assert asker.answer() == (200, {"head": 0, "operations": []})
        assert other.process.wait(timeout=10) == 0


def test_http_line_stays_open_after_waiting(live: Live) -> None:
    path = f"/api/v1/canvases/{live.id}/operations?wait=1"
    line: http.client.HTTPConnection
    with closing(live.serving.line()) as line:
        for _ in range(2):
            line.request("GET", path, headers={"Authorization": f"Bearer {live.tokens[0]}"})
            assert json.load(line.getresponse())["head"] == 0
