"""Who is let in, what may come when, and who is sent out."""

import select
from collections.abc import Iterator
from typing import Any

import pytest

from rihma.realtime.tests.conftest import Hand, Live, adding, operations
from rihma.realtime.tests.raw import PING, Closed, Raw, frame, text
from rihma.site.tests.conftest import Serving

pytestmark = pytest.mark.django_db

FORBIDDEN = 403
MIB = 1024**2


@pytest.fixture(scope="module")
def shared(serving: Serving, hand: Hand) -> Live:
    """One canvas for tests that leave nothing on it."""
    return Live(serving, hand, 2)


ORIGINS = {
    "another site": "https://elsewhere.example",
    "null": "null",
    "none": None,
    "another port": "http://127.0.0.1:1",
    "https": "https://127.0.0.1:{port}",
    "look-alike": "http://127.0.0.1:{port}.elsewhere.example",
    "longer": "http://127.0.0.1:{port}/",
    "another name of this machine": "http://localhost:{port}",
}


@pytest.mark.req("S10")
@pytest.mark.parametrize("name", ORIGINS)
def test_socket_from_elsewhere_is_refused_before_it_opens(shared: Live, name: str) -> None:
    origin = ORIGINS[name]
    with shared.socket(Origin=origin.format(port=shared.port) if origin else None) as raw:
        assert raw.status == FORBIDDEN


@pytest.mark.req("S10")
def test_two_origins_are_one_too_many(shared: Live) -> None:
    own = f"http://127.0.0.1:{shared.port}"
    with shared.socket(Origin=f"{own}\r\nOrigin: {own}") as raw:
        assert raw.status in {400, FORBIDDEN}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec_WebSocket_Version": "12"}, 426),
        ({"Sec_WebSocket_Key": None}, 400),
        ({"Sec_WebSocket_Key": "short"}, 400),
    ],
)
@pytest.mark.req("S11")
def test_broken_handshake_is_refused(shared: Live, headers: dict[str, str | None], status: int) -> None:
    with shared.socket(**headers) as raw:
        assert raw.status in {status, 400}


@pytest.mark.req("S11")
def test_compression_is_never_agreed_on(shared: Live) -> None:
    with shared.socket(Sec_WebSocket_Extensions="permessage-deflate") as raw:
        assert (raw.status, b"deflate" in raw.head) == (101, False)


@pytest.mark.req("S11")
def test_frame_sent_along_with_the_handshake_harms_nobody(shared: Live) -> None:
    junk = b"\r\n\r\n" + bytes(range(256)) * 8
    with shared.socket(X_Last="1" + junk.decode("latin-1")) as raw:
        assert raw.status in {101, 400}
    with shared.live() as honest:
        honest.send({"type": "ping", "n": 1})
        assert honest.next("pong")["n"] == 1


def hello(ticket: str, **more: Any) -> dict[str, Any]:
    return {"type": "hello", "v": 1, "ticket": ticket, **more}


@pytest.fixture
def raw(shared: Live) -> Iterator[Raw]:
    with shared.socket() as raw:
        yield raw


@pytest.mark.req("S9", "S10")
def test_ticket_opens_one_socket(shared: Live, raw: Raw) -> None:
    ticket = shared.ticket()
    with shared.socket() as first:
        first.send(hello(ticket))
        assert first.next()["type"] == "welcome"
    raw.send(hello(ticket))
    assert raw.closed() == 4401


@pytest.mark.req("S9")
def test_ticket_used_by_many_at_once_opens_one_socket(shared: Live) -> None:
    ticket = shared.ticket()
    several = [shared.socket() for _ in range(20)]
    for raw in several:
        raw.send(hello(ticket))
    assert sorted(first_word(raw) for raw in several) == ["closed 4401"] * 19 + ["welcome"]


def first_word(raw: Raw) -> str:
    with raw:
        try:
            return str(raw.next()["type"])
        except Closed as closed:
            return f"closed {closed.code}"


@pytest.mark.req("S9", "S10")
def test_ticket_is_good_for_half_a_minute(shared: Live, hand: Hand, raw: Raw) -> None:
    ticket = shared.ticket()
    hand.do("age_tickets", seconds=30.1)
    raw.send(hello(ticket))
    assert raw.closed() == 4401


@pytest.mark.req("S9", "S10")
def test_ticket_of_another_canvas_opens_nothing_and_stays_good(shared: Live, live: Live, raw: Raw) -> None:
    ticket = live.ticket()
    raw.send(hello(ticket))
    assert raw.closed() == 4401
    with live.socket() as there:
        there.send(hello(ticket))
        assert there.next()["type"] == "welcome"


@pytest.mark.req("S9", "S10")
@pytest.mark.parametrize("cookie", ["nobody's", "another's"])
def test_ticket_of_a_browser_opens_nothing_in_another(shared: Live, hand: Hand, cookie: str) -> None:
    own, other = (hand.do("session", person=person) for person in shared.people)
    ticket = shared.ticket(0, own)
    with shared.socket(Cookie=f"session={other}" if cookie == "another's" else None) as raw:
        raw.send(hello(ticket))
        assert raw.closed() == 4401


@pytest.mark.req("S12")
def test_ticket_of_somebody_who_left_since_opens_nothing(live: Live) -> None:
    ticket = live.ticket()
    live.do("leave", person=live.people[0])
    with live.socket() as raw:
        raw.send(hello(ticket))
        assert raw.closed() == 4401


@pytest.mark.parametrize("ticket", ["", "x", "'; DROP TABLE", "x" * 60_000, "\x00", "\ud800"])
@pytest.mark.req("S9", "S11")
def test_invented_ticket_opens_nothing(raw: Raw, ticket: str) -> None:
    raw.send(hello(ticket))
    assert raw.closed() in {4400, 4401}


@pytest.mark.req("S11")
@pytest.mark.parametrize("first", [operations(adding()), {"type": "presence", "state": {}}, {"type": "ping"}])
def test_nothing_comes_before_the_hello(raw: Raw, first: dict[str, Any]) -> None:
    raw.send(first)
    assert raw.closed() == 4400


@pytest.mark.req("S11")
def test_second_hello_closes(shared: Live) -> None:
    with shared.joined() as raw:
        raw.send(hello(shared.ticket()))
        assert raw.closed() == 4400


@pytest.mark.req("S11")
def test_operations_right_behind_the_hello_close(shared: Live, raw: Raw) -> None:
    raw.put(text(hello(shared.ticket())) + text(operations(adding())))
    assert raw.closed() == 4400


@pytest.mark.req("S11")
@pytest.mark.parametrize(
    "wrong",
    [{"v": 2}, {"v": "1"}, {"after": "1"}, {"after": 1.5}, {"ticket": None}, {"queued": []}],
    ids=str,
)
def test_hello_of_another_shape_or_version_closes(shared: Live, raw: Raw, wrong: dict[str, Any]) -> None:
    raw.send(hello(shared.ticket()) | wrong)
    assert raw.closed() == 4400


@pytest.mark.parametrize("after", [-1, 10**9, 10**30, None])
def test_hello_from_nowhere_gets_everything(shared: Live, after: int | None) -> None:
    with shared.joined(after=after) as raw:
        assert raw.next("items", "operations")["type"] == "items"


@pytest.mark.req("S11")
def test_fourth_window_of_one_person_is_one_too_many(live: Live) -> None:
    windows = [live.live() for _ in range(3)]
    with live.socket() as fourth:
        fourth.send(hello(live.ticket()))
        assert fourth.closed() == 4429
    with live.live(1):
        pass
    for window in windows:
        window.line.close()


@pytest.mark.req("S11")
def test_presence_of_more_than_512_bytes_closes(shared: Live) -> None:
    with shared.live() as raw:
        raw.send({"type": "presence", "state": {"at": "x" * 600}})
        assert raw.closed() == 4413


def test_presence_says_who_it_is_whatever_its_sender_says(live: Live) -> None:
    with live.live() as one, live.live(1) as other:
        one.send({"type": "presence", "state": {"id": "somebody else", "name": "X"}, "id": "x", "name": "y"})
        while not (said := [person for person in other.next("presence")["people"] if "state" in person]):
            pass
        assert (said[0]["id"], said[0]["state"]["name"]) == (f"person:{live.people[0]}", "X")


@pytest.mark.req("S11")
def test_too_many_operations_at_once_are_refused_until_there_is_room(live: Live) -> None:
    with live.live() as raw:
        raw.send(operations(*(adding() for _ in range(100))))
        raw.send(operations(*(adding(pk=f"late:{number}") for number in range(60))))
        refused = [raw.next("refused") for _ in range(60)]
        assert {(one["code"], 0 < one["retry_after"] < 2) for one in refused} == {("slow", True)}
        raw.send(operations(adding(pk="hasty")))
        assert raw.next("refused")["id"] == "hasty"


@pytest.mark.req("S11")
def test_more_operations_than_anybody_may_have_under_way_close(live: Live) -> None:
    with live.live() as raw:
        raw.send(operations(*([0] * 257)))
        assert raw.closed() == 4400


@pytest.mark.req("R8", "S11")
def test_sender_who_does_not_read_is_held_then_closed_and_costs_nobody_anything(live: Live, serving: Serving) -> None:
    with live.live(1) as other:
        before = serving.resources.memory_info().rss
        asleep = Raw(live.port, live.path, receive=4096)
        asleep.send(hello(live.ticket()))
        at = came(other, live.people[0])
        assert flood(asleep) < 50 * MIB
        other.send(operations(adding()))
        assert other.next("ack")["seqs"] == [1]
        while at not in other.next("presence")["gone"]:
            pass
        assert serving.resources.memory_info().rss - before < 20 * MIB
    asleep.line.close()


def came(reader: Raw, person: str) -> int:
    """The number of the connection of somebody who comes."""
    while True:
        for one in reader.next("presence")["people"]:
            if one["id"] == f"person:{person}":
                return int(one["at"])


def flood(asleep: Raw) -> int:
    """Pings whose answers nobody reads, until the server reads no more of them; how many bytes it took."""
    pings, taken = frame(PING, b"x" * 125) * 100, 0
    asleep.line.setblocking(False)
    while select.select([], [asleep.line], [], 0.5)[1]:
        taken += asleep.line.send(pings)
    return taken
