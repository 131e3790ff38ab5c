"""Many at once, sleepers among them, and canvases with a long past."""

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rihma.canvases.ledger import CanvasLedger, key_of
from rihma.canvases.models import Canvas as CanvasModel
from rihma.client import Canvas
from rihma.realtime.tests import hand as stage
from rihma.realtime.tests.conftest import Hand, Live, adding, operations
from rihma.realtime.tests.raw import Raw
from rihma.site.tests.conftest import House, Serving

pytestmark = pytest.mark.django_db

MIB = 1024**2
SAME = 1.10


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
    paces = {"RIHMA_LIVE_PER_SECOND": "1000", "RIHMA_LIVE_BURST": "1000", "RIHMA_LIVE_WINDOWS": "1000"}
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
    assert (set(pages), took < 30) == ({200}, True)
    assert serving.resources.memory_info().rss - before < 150 * MIB


@contextmanager
def busy(live: Live, writers: int, work: Callable[[Raw], None]) -> Iterator[None]:
    over = threading.Event()

    def write() -> None:
        with live.live() as raw:
            while not over.is_set():
                work(raw)

    threads = [threading.Thread(target=write) for _ in range(writers)]
    for thread in threads:
        thread.start()
    yield
    over.set()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()


@pytest.mark.long
@pytest.mark.req("R8")
def test_reader_who_sleeps_costs_the_others_nothing_and_misses_nothing(serving: Serving, hand: Hand) -> None:
    live, waits = Live(serving, hand, 2), list[float]()

    def work(raw: Raw) -> None:
        item, base = str(uuid4()), 0
        said: dict[str, Any] = adding("x" * 3900, item=item)
        for _ in range(20):
            began = time.monotonic()
            raw.send(operations(said))
            answer = raw.next("ack", "refused")
            assert answer["type"] == "ack", answer
            base = answer["seqs"][0]
            waits.append(time.monotonic() - began)
            text = {"text": f"{base} ".ljust(3900, "y")}
            said = {"id": str(uuid4()), "verb": "set", "item": item, "payload": text, "base": base}
            threading.Event().wait(0.02)

    asleep = Raw(live.port, live.path, receive=4096)
    asleep.send({"type": "hello", "v": 1, "ticket": live.ticket(1)})
    asleep.next("items")
    with busy(live, 5, work):
        threading.Event().wait(5)
        before = serving.resources.memory_info().rss
        threading.Event().wait(25)
        grown = serving.resources.memory_info().rss - before
    asleep.line.close()
    print(
        f"\np99 of {len(waits)} acknowledgements {sorted(waits)[int(len(waits) * 0.99)]:.3f} s, {grown / MIB:.1f} MiB more"
    )
    assert sorted(waits)[int(len(waits) * 0.99)] < 0.5
    # What is on the canvas is remembered by the writer and, the last of it, by the room; a reader adds nothing to that.
    assert grown < 60 * MIB
    with live.client(1) as awake:
        head = live.do("head")
        awake.wait(lambda: awake.head == head)
        assert head == len(waits)
        assert awake.items.keys() == live.do("items").keys()
