"""docs/asyncapi.yaml holds for the running server: what it says is sent to it, and what comes back is held to it."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from rihma.realtime import clerk, connection, frames, socket
from rihma.realtime.tests.conftest import Live, adding, operations
from rihma.realtime.tests.raw import CLOSE, Closed, Raw
from rihma.site.api import api

DOCUMENT: dict[str, Any] = yaml.safe_load((Path(__file__).parents[4] / "docs/asyncapi.yaml").read_text())
MESSAGES: dict[str, dict[str, Any]] = DOCUMENT["components"]["messages"]


def named(operation: str) -> list[str]:
    """The messages of one direction."""
    return [one["$ref"].rpartition("/")[2] for one in DOCUMENT["operations"][operation]["messages"]]


def type_of(name: str) -> str:
    schema = DOCUMENT["components"]["schemas"][MESSAGES[name]["payload"]["$ref"].rpartition("/")[2]]
    return str(schema["properties"]["type"]["const"])


def check(name: str, payload: object) -> None:
    schema = {**DOCUMENT["components"]["schemas"][MESSAGES[name]["payload"]["$ref"].rpartition("/")[2]]}
    Draft202012Validator({**schema, "components": DOCUMENT["components"]}).validate(payload)


TAKEN = {type_of(name): name for name in named("take")}
TOLD = {type_of(name): name for name in named("tell")}


class Listening(Raw):
    """Holds everything that comes to the document, and keeps what kinds there were."""

    heard: set[str]

    def next(self, *kinds: str) -> dict[str, Any]:
        message = super().next()
        while True:
            check(TOLD[message["type"]], message)
            self.heard.add(message["type"])
            if not kinds or message["type"] in kinds:
                return message
            message = super().next()


def structs() -> Iterator[type]:
    return (one for one in vars(frames).values() if isinstance(one, type) and getattr(one, "__struct_config__", None))


def test_every_frame_of_the_code_is_in_the_document_and_the_other_way_round() -> None:
    tags = {one: one.__struct_config__.tag for one in structs()}
    taken = {tags[one] for one in frames.FromClient.__value__.__args__}
    told = {tag for one, tag in tags.items() if tag and one not in frames.FromClient.__value__.__args__}
    assert (taken, told | {"operations"}) == (set(TAKEN), set(TOLD))


def test_every_example_is_what_its_schema_says() -> None:
    for name in named("take"):
        assert MESSAGES[name]["examples"]
        for example in MESSAGES[name]["examples"]:
            check(name, example["payload"])


def test_codes_and_limits_are_those_of_the_code() -> None:
    ours = {getattr(frames, name) for name in dir(frames) if isinstance(getattr(frames, name), int) and name.isupper()}
    codes = {code for code in ours if 1000 < code < 5000} | {socket.PROTOCOL_ERROR, socket.TEXT_ONLY}
    assert codes == set(DOCUMENT["x-close-codes"])
    refused = DOCUMENT["components"]["schemas"]["refused"]["properties"]["code"]["enum"]
    assert set(DOCUMENT["x-refusals"]) == set(refused)
    assert set(clerk.WORDS) <= set(refused)
    limits = DOCUMENT["x-limits"]
    assert limits["frame"] == frames.LONGEST
    assert limits["presence"] == frames.LONGEST_PRESENCE
    assert limits["at_once"] == connection.MOST_AT_ONCE
    assert limits["hello_seconds"] == connection.HELLO_SECONDS
    assert limits["ticket_seconds"] == clerk.TICKET_LIFE.total_seconds()
    assert {state.value for state in connection.State} >= {
        state for name in named("take") for state in MESSAGES[name]["x-states"]
    }


def test_twin_by_http_is_where_the_document_says() -> None:
    paths = api.get_openapi_schema()["paths"]
    assert [one for one in DOCUMENT["x-http"] if one["method"] not in paths.get(one["path"], {})] == []


ANSWERS = {"send": ("ack", "refused"), "show": ("presence",), "ping": ("pong",)}


def start_timer(live: Live) -> None:
    """Something beside the log, by the server that is listened to."""
    headers = {"Authorization": f"Bearer {live.tokens[0]}", "Content-Type": "application/json"}
    with closing(live.serving.line()) as line:
        line.request("POST", f"/api/v1/canvases/{live.id}/timer", body='{"minutes": 1}', headers=headers)
        assert line.getresponse().status == 200


def listening(live: Live, ticket: str, example: int) -> Listening:
    raw = Listening(live.port, live.path, {})
    raw.heard = set()
    raw.send({**MESSAGES["hello"]["examples"][example]["payload"], "ticket": ticket})
    return raw


@pytest.mark.django_db
@pytest.mark.req("S11")
def test_server_says_what_the_document_says_it_does(live: Live) -> None:
    with listening(live, live.ticket(), 0) as raw:
        limits = raw.next("welcome")["limits"]
        assert limits == {name: DOCUMENT["x-limits"][name] for name in limits}
        assert raw.next("items", "operations") == {"type": "items", "head": 0, "items": []}
        answers: list[dict[str, Any]] = []
        for name in ("send", "show", "ping"):
            for example in MESSAGES[name]["examples"]:
                raw.send(example["payload"])
                answers.append(raw.next(*ANSWERS[name]))
        assert [one.get("seqs", one["type"]) for one in answers] == [[1], [2], [3, 4, 5], "refused", "presence", "pong"]
        start_timer(live)
        raw.next("news")
        live.do("freeze")
        raw.next("changed")
        heard = set(raw.heard)
    with listening(live, live.ticket(), 1) as raw:
        raw.next("operations")
        heard |= raw.heard
    with listening(live, live.ticket(), 0) as raw:
        assert raw.next("items")["head"] == 5
    assert heard == set(TOLD) - {"draining"}


@pytest.mark.django_db
@pytest.mark.req("S11")
@pytest.mark.parametrize("name", sorted(set(TAKEN.values())))
@pytest.mark.parametrize("state", ["opened", "live"])
def test_frame_is_taken_in_the_states_that_the_document_names(live: Live, name: str, state: str) -> None:
    example = MESSAGES[name]["examples"][0]["payload"]
    if name == "hello":
        example = {**example, "ticket": live.ticket()}
    with live.live() if state == "live" else live.socket() as raw:
        raw.send(example)
        raw.frame(9, b"are you there?")
        taken = state in MESSAGES[name]["x-states"]
        assert (code_before_pong(raw) is None) == taken


def code_before_pong(raw: Raw) -> int | None:
    while True:
        kind, body = raw.next_frame()
        if kind == CLOSE:
            return int.from_bytes(body[:2])
        if kind == 10:
            return None


@pytest.mark.django_db
@pytest.mark.req("R22")
def test_what_is_on_its_way_when_the_server_is_told_to_stop_is_acknowledged(live: Live) -> None:
    with live.serving.house.serving(RIHMA_WORKER="0") as serving:
        with Listening(serving.port, live.path, {}) as raw, Raw(serving.port, live.path) as idle:
            raw.heard = set()
            for one, who in ((raw, 0), (idle, 1)):
                one.send({"type": "hello", "v": 1, "ticket": live.ticket(who)})
                one.next("items")
            live.do("hold")
            sent = [adding() for _ in range(20)]
            raw.send(operations(*sent))
            raw.send({"type": "ping"})
            raw.next("pong")
            serving.process.terminate()
            assert raw.next("draining")["retry_after"] > 0
            assert idle.closed() == frames.RESTARTING
            raw.send(operations(adding("too late, so it is kept by whoever sent it")))
            live.do("release")
            acked = raw.next("ack")
            assert acked["ids"] == [one["id"] for one in sent]
            with pytest.raises(Closed, match="1012"):
                raw.next("refused")
        assert serving.process.wait(timeout=10) == 0
        assert live.acked_as() == set(zip(acked["ids"], acked["seqs"], strict=True))
