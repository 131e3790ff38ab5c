"""Several servers on one database, and what carries hints between them."""

import os
import signal
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from django.db import connection

from rihma.client import Canvas
from rihma.realtime.tests.conftest import Hand, Live, stretched
from rihma.site.tests.conftest import House, Serving, free_port

pytestmark = [pytest.mark.django_db, pytest.mark.long]

# Without hints each round waits for a sweep, which comes once a second.
WITH_HINTS = 4.0
# The longest way to the other screen without any hint, and how long the bus stands still.
SWEPT = 2.0
STANDSTILL = 20.0


@contextmanager
def two_servers(house: House, bus: str) -> Iterator[tuple[Serving, Serving]]:
    with ExitStack() as stack:
        one, other = (stack.enter_context(house.serving(RIHMA_BUS=bus, RIHMA_WORKER="0")) for _ in range(2))
        yield one, other


def ping_pong(one: Canvas, other: Canvas, rounds: int) -> float:
    """Each waits until it sees what the other wrote; how long all of it takes."""
    began = time.monotonic()
    for number in range(rounds):
        writer, reader = (one, other) if number % 2 else (other, one)
        item = writer.add("assumption", "wanted", f"round {number}")
        writer.flush()
        wait_for(reader, item)
    return time.monotonic() - began


def wait_for(reader: Canvas, item: str) -> None:
    reader.wait(lambda: item in reader.items)


def read_out(canvas: Canvas, live: Live) -> dict[str, str]:
    """What a client shows once it has read everything."""
    head = live.do("head")
    canvas.wait(lambda: canvas.head == head)
    return {pk: item.text for pk, item in canvas.items.items() if not item.removed}


def written(live: Live) -> dict[str, str]:
    return {pk: item["text"] for pk, item in live.do("items").items()}


@pytest.mark.req("R25")
def test_people_of_a_server_that_is_killed_go_on_on_the_other(house: House, hand: Hand) -> None:
    rounds = 3 if connection.vendor == "sqlite" else 12
    with two_servers(house, "") as (first, second):
        live = Live(first, hand, 2)
        moved, stayed = live.client(0), live.client(1, second.port)
        took = ping_pong(moved, stayed, rounds)
        assert took < stretched(WITH_HINTS)
        moved.add("assumption", "wanted", "sent, perhaps written")
        first.process.kill()
        moved.add("assumption", "wanted", "sent to nobody")
        moved.base_url = stayed.base_url
        began = time.monotonic()
        moved.flush()
        assert time.monotonic() - began < stretched(10)
        assert read_out(moved, live) == read_out(stayed, live) == written(live)
        assert [row["seq"] for row in live.do("log")] == list(range(1, rounds + 3))


@pytest.mark.req("R25")
def test_whoever_comes_from_another_server_keeps_what_they_have_seen(house: House, hand: Hand) -> None:
    with two_servers(house, "local") as (first, second):
        live = Live(first, hand, 2)
        with live.client(0) as writer, live.client(1, second.port):
            writer.add("assumption", "wanted", "the other server has not heard of it")
            writer.flush()
            writer.wait(lambda: writer.head == 1)
            writer.base_url = f"http://127.0.0.1:{second.port}"
            writer.open()
            assert (writer.head, len(writer.items)) == (1, 1)


class Nats:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.start()

    def start(self) -> None:
        program = Path(sysconfig.get_path("scripts")) / "nats-server"
        command = [str(program), "--addr", "127.0.0.1", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command, cwd=self.folder, stderr=subprocess.DEVNULL
        )  # the one that tests bring along

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def nats(tmp_path: Path) -> Iterator[Nats]:
    nats = Nats(tmp_path)
    yield nats
    nats.kill()


@pytest.mark.req("R5")
def test_bus_that_stands_still_stops_or_starts_again_loses_nothing(house: House, hand: Hand, nats: Nats) -> None:
    with two_servers(house, f"nats://127.0.0.1:{nats.port}") as (first, second):
        live = Live(first, hand, 2)
        one, other = live.client(0), live.client(1, second.port)
        with_hints(one, other)
        os.kill(nats.process.pid, signal.SIGSTOP)
        slowest, until = 0.0, time.monotonic() + STANDSTILL
        while time.monotonic() < until:
            slowest = max(slowest, ping_pong(one, other, 1))
            assert first.get("/en/").status == 200
        assert slowest <= stretched(SWEPT)
        os.kill(nats.process.pid, signal.SIGCONT)
        assert ping_pong(one, other, 2) < stretched(2 * SWEPT)
        nats.kill()
        assert ping_pong(one, other, 2) < stretched(2 * SWEPT)
        assert second.get("/en/").status == 200
        nats.start()
        with_hints(one, other)
        assert read_out(one, live) == read_out(other, live) == written(live)
        seqs = [row["seq"] for row in live.do("log")]
        assert seqs == list(range(1, len(seqs) + 1))


def with_hints(one: Canvas, other: Canvas) -> None:
    """Soon, because a bus is looked for again after five seconds at the latest."""
    until = time.monotonic() + stretched(20)
    while ping_pong(one, other, 4) > stretched(0.8):
        assert time.monotonic() < until


@pytest.mark.skipif("os.environ.get('RIHMA_TEST_DATABASE') != 'postgresql'", reason="LISTEN and NOTIFY")
@pytest.mark.req("R5")
def test_line_for_hints_that_is_cut_comes_back(house: House, hand: Hand) -> None:
    with two_servers(house, "") as (first, second):
        live = Live(first, hand, 2)
        one, other = live.client(0), live.client(1, second.port)
        with_hints(one, other)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE ANY (%s)",
                [["LISTEN%", "SELECT pg_notify%", "SELECT 1"]],
            )
        with_hints(one, other)
        assert read_out(one, live) == read_out(other, live) == written(live)
