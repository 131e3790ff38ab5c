"""Many at once, sleepers among them, and canvases with a long past."""

import random
import statistics
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rihma.canvases.ledger import CanvasLedger, key_of
from rihma.canvases.models import Canvas as CanvasModel
from rihma.client import Canvas
from rihma.realtime.tests import hand as stage
from rihma.realtime.tests.conftest import Hand, Live, adding, operations, stretched
from rihma.realtime.tests.raw import Closed, Raw
from rihma.site.tests.conftest import House, Serving

pytestmark = pytest.mark.django_db

MIB = 1024**2
SAME = 1.10
MORE_TRIES = 20
ITEMS_DRAGGED, DRAGS, AT_ONCE = 100, 50_000, 32
ASLEEP_SECONDS, WARM_SECONDS = 120.0, 20.0


@pytest.mark.req("R12")
def test_opening_reads_no_more_after_a_long_history_than_after_a_short_one() -> None:
    read = []
    for length in (500, 5000):
        scene = stage.canvas(0)
        stage.live_through(scene["id"], length)
        canvas = CanvasModel.objects.get(pk=scene["id"])
        with CaptureQueriesContext(connection) as queries:
            snapshot = CanvasLedger().snapshot(key_of(canvas.pk))
        assert snapshot.head == length
        assert not [query for query in queries if "canvases_operation" in query["sql"]]
        read.append((len(queries), snapshot.items.count(b'"zone"')))
    assert read[0] == read[1]


@pytest.fixture(scope="module")
def serving(house: House) -> Iterator[Serving]:
    paces = {"RIHMA_LIVE_PER_SECOND": "100000", "RIHMA_LIVE_BURST": "100000", "RIHMA_LIVE_WINDOWS": "1000"}
    with house.serving(RIHMA_WORKER="0", RIHMA_LIVE_PATIENCE="10", **paces) as serving:
        yield serving


@pytest.mark.long
@pytest.mark.req("R12")
def test_opening_after_50_000_operations_takes_as_long_as_after_500(serving: Serving, hand: Hand) -> None:
    short, long = Live(serving, hand, 1), Live(serving, hand, 1)
    for live, length in ((short, 500), (long, 50_000)):
        live.do("live_through", operations=length)
    times: dict[Live, list[float]] = {short: [], long: []}
    sizes = {}
    for _ in range(30):
        for live in (short, long):
            with live.socket() as raw:
                ticket = live.ticket()
                began = time.perf_counter()
                raw.send({"type": "hello", "v": 1, "ticket": ticket})
                sizes[live] = len(raw.next("items")["items"])
                times[live].append(time.perf_counter() - began)
    assert sizes == {short: 100, long: 100}
    print(f"\nopened in {statistics.median(times[short]):.4f} s and {statistics.median(times[long]):.4f} s")
    assert min(times[long]) <= min(times[short]) * SAME + 0.002


@pytest.mark.long
@pytest.mark.req("R7")
def test_five_hundred_who_come_back_at_once_are_in_within_thirty_seconds(serving: Serving, hand: Hand) -> None:
    live = Live(serving, hand, 10)
    clients = [live.client_of(number % 10) for number in range(500)]
    with ThreadPoolExecutor(50) as pool:
        list(pool.map(Canvas.open, clients))
        before = serving.resources.memory_info().rss
        for client in clients:
            client._socket.socket.shutdown(2)
        began = time.monotonic()
        coming = [pool.submit(Canvas.open, client) for client in clients]
        pages = [serving.get("/en/").status for _ in range(20)]
        for one in coming:
            one.result()
        took = time.monotonic() - began
        clients[0].add("assumption", "wanted", "all are back")
        clients[0].flush()
        list(pool.map(lambda client: client.wait(lambda: client.head == 1), clients))
        list(pool.map(Canvas.close, clients))
    print(f"\n500 back after {took:.1f} s")
    assert (set(pages), took < stretched(30)) == ({200}, True)
    assert serving.resources.memory_info().rss - before < 150 * MIB


class Scribe(threading.Thread):
    """Somebody who writes ten times a second and notes how long each confirmation took."""

    def __init__(self, live: Live, over: threading.Event) -> None:
        super().__init__(daemon=True)
        self.live = live
        self.over = over
        self.waits: list[float] = []

    def run(self) -> None:
        with self.live.live() as raw:
            item, base = str(uuid4()), 0
            said: dict[str, Any] = adding("x" * 200, item=item)
            while not self.over.is_set():
                began = time.monotonic()
                raw.send(operations(said))
                answer = raw.next("ack", "refused")
                assert answer["type"] == "ack", answer
                base = answer["seqs"][0]
                self.waits.append(time.monotonic() - began)
                text = {"text": f"{base} ".ljust(200, "y")}
                said = {"id": str(uuid4()), "verb": "set", "item": item, "payload": text, "base": base}
                self.over.wait(began + 0.1 - time.monotonic())


@pytest.mark.long
@pytest.mark.req("R8")
def test_reader_who_sleeps_costs_the_others_nothing_and_misses_nothing(serving: Serving, hand: Hand) -> None:
    live, over = Live(serving, hand, 2), threading.Event()
    scribes = [Scribe(live, over) for _ in range(20)]
    with Sleeper(live, 1) as asleep:
        for scribe in scribes:
            scribe.start()
        # Once the writer and the room remember as much as they ever will.
        over.wait(WARM_SECONDS)
        before = serving.resources.memory_info().rss
        over.wait(ASLEEP_SECONDS - WARM_SECONDS)
        grown = serving.resources.memory_info().rss - before
        over.set()
        for scribe in scribes:
            scribe.join(30)
            assert not scribe.is_alive()
        waits = sorted(wait for scribe in scribes for wait in scribe.waits)
        p99 = waits[int(len(waits) * 0.99)]
        print(f"\np99 of {len(waits)} acknowledgements {p99:.3f} s, {grown / MIB:.1f} MiB more")
        assert (p99 <= stretched(0.5), grown <= 20 * MIB) == (True, True)
        head = live.do("head")
        assert (head, asleep.wake(head)) == (len(waits), list(range(1, head + 1)))


class Sleeper:
    """Reads nothing of what they are sent; once awake, they read on, and come back where they were put out meanwhile."""

    def __init__(self, live: Live, who: int) -> None:
        self.live = live
        self.who = who
        self.raw = self._come(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        self.raw.line.close()

    def _come(self, after: int | None) -> Raw:
        raw = Raw(self.live.port, self.live.path, receive=4096)
        raw.send({"type": "hello", "v": 1, "ticket": self.live.ticket(self.who), "after": after})
        raw.next("items", "operations") if after is None else raw.next("welcome")
        return raw

    def wake(self, head: int) -> list[int]:
        """The numbers of all rows that they get, up to this one; items that come instead stand for those before."""
        seen: list[int] = []
        while not seen or seen[-1] < head:
            try:
                message = self.raw.next("items", "operations")
            except (Closed, OSError):
                self.raw.line.close()
                self.raw = self._come(seen[-1] if seen else 0)
                continue
            if message["type"] == "items":
                seen = list(range(1, message["head"] + 1))
            else:
                seen += [row["seq"] for row in message["operations"]]
        return seen


@pytest.mark.long
@pytest.mark.req("R12")
def test_each_of_50_000_drags_is_one_operation_and_opening_stays_as_quick(serving: Serving, hand: Hand) -> None:
    live = Live(serving, hand, 5)
    with live.live() as raw:
        items = [str(uuid4()) for _ in range(ITEMS_DRAGGED)]
        for at in range(0, ITEMS_DRAGGED, 25):
            raw.send(operations(*(adding(item=item) for item in items[at : at + 25])))
            raw.next("ack")
    before = opening(live)
    with ThreadPoolExecutor(5) as pool:
        list(pool.map(lambda who: drag(live, who, items, DRAGS // 5), range(5)))
    assert live.do("head") == ITEMS_DRAGGED + DRAGS
    wanted, after = before * SAME + 0.002, opening(live)
    for _ in range(MORE_TRIES):
        if after > wanted:
            # What else the machine does can only make it slower, and may last for longer than thirty attempts.
            after = min(after, opening(live))
    print(f"\nopened in {before:.4f} s before and {after:.4f} s after {DRAGS} drags")
    assert after <= wanted


def drag(live: Live, who: int, items: list[str], count: int) -> None:
    """To and fro, as many as may be under way at a time."""
    chance = random.Random(who)
    with live.live(who) as raw:
        for at in range(0, count, AT_ONCE):
            moves = [
                {
                    "id": f"{uuid4().hex}:1",
                    "verb": "move",
                    "item": chance.choice(items),
                    "payload": {"zone": chance.choice(("wanted", "able")), "order": f"i{number % 1000:03}"},
                }
                for number in range(at, min(at + AT_ONCE, count))
            ]
            raw.send(operations(*moves))
            left = len(moves)
            while left:
                answer = raw.next("ack", "refused")
                assert answer["type"] == "ack", answer
                left -= len(answer["ids"])


@pytest.mark.long
@pytest.mark.req("R12")
def test_canvas_of_two_thousand_items_opens_within_300_milliseconds(serving: Serving, hand: Hand) -> None:
    live = Live(serving, hand, 1)
    live.do("live_through", operations=2000, items=2000)
    took = opening(live)
    print(f"\n2,000 items in {took:.3f} s")
    assert took <= stretched(0.3)


def opening(live: Live) -> float:
    """How long it takes from the hello to all items, at best of thirty: the rest is what else the machine did."""
    times = []
    for _ in range(30):
        with live.socket() as raw:
            ticket = live.ticket()
            began = time.perf_counter()
            raw.send({"type": "hello", "v": 1, "ticket": ticket})
            raw.next("items")
            times.append(time.perf_counter() - began)
    return min(times)
