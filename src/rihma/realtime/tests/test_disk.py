"""Disks that are slow to keep, full or broken: what was confirmed is on them."""

import re
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from rihma.realtime.clerk import STORAGE_RETRY
from rihma.realtime.tests.conftest import ZONES, Hand, Live, adding, hand_in, operations, stretched, wait
from rihma.site.tests.conftest import House

pytestmark = [pytest.mark.django_db, pytest.mark.long]


@pytest.mark.req("R2")
@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")
@pytest.mark.skipif("os.environ['RIHMA_TEST_DATABASE'] == 'postgresql'", reason="there the disk is another process's")
def test_disk_is_asked_to_keep_what_is_confirmed_before_it_is(house: House, hand: Hand, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    with house.serving(RIHMA_WORKER="0", RIHMA_LIVE_PER_SECOND="100000", RIHMA_LIVE_BURST="100000") as serving:
        live = Live(serving, hand, 1)
        watched = "trace=fsync,fdatasync,recvfrom,read,sendto,write,writev,sendmsg"
        command = ["strace", "-f", "-qq", "-s", "64", "-e", watched, "-o", str(trace), "-p", str(serving.process.pid)]
        with live.live() as raw, subprocess.Popen(command) as strace, ExitStack() as stack:
            stack.callback(strace.terminate)
            while not trace.exists():
                wait(0.05)
            wait(0.5)
            for number in range(200):
                raw.send(operations(*(adding(zone=ZONES[number % len(ZONES)]) for _ in range(5))))
                answer = raw.next("ack", "refused")
                assert (answer["type"], len(answer.get("ids", ()))) == ("ack", 5), (number, answer)
    acks, since = 0, False
    for line in trace.read_text(errors="replace").splitlines():
        if re.search(r"f(data)?sync\(.*= 0|f(data)?sync resumed.*= 0", line):
            since = True
        elif '{\\"type\\":\\"ack\\"' in line:
            assert since, line
            acks, since = acks + 1, False
    assert acks == 200


@pytest.fixture
def small_disk(django_db_setup: None) -> Iterator[House]:
    """A house whose data lies on a disk of 32 MiB."""
    if connection.vendor != "sqlite":
        pytest.skip("there the disk is another process's")
    disk = Path(settings.DATA) / "small"
    disk.mkdir(mode=0o700)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=32m,mode=700", "tmpfs", str(disk)], check=False)
    if mounted.returncode:
        pytest.skip("nobody but root mounts a disk")
    try:
        small = House(disk, {})
        # New tables, because a copy of a house in which much was written needs more room than there is.
        made = small.rihma("manage", "migrate", "-v0")
        assert made.returncode == 0, made.stderr
        yield small
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


@pytest.mark.req("R3")
def test_full_disk_confirms_nothing_that_is_not_kept_and_goes_on_once_there_is_room(small_disk: House) -> None:
    with (
        small_disk.serving(RIHMA_WORKER="0", RIHMA_LIVE_PER_SECOND="100000", RIHMA_LIVE_BURST="100000") as serving,
        hand_in(small_disk) as hand,
    ):
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
            assert time.monotonic() - began < stretched(1)
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
            assert time.monotonic() - began < stretched(10)
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
            with subprocess.Popen(command) as strace, ExitStack() as stack:
                stack.callback(strace.terminate)
                while "TracerPid:\t0" in Path(f"/proc/{pid}/status").read_text():
                    wait(0.02)
                wait(0.5)
                broken = answers_of(raw, 5)
            assert set(broken.values()) == {"storage"}
            # As long as the server said: before that it takes nothing of whom it could not keep something for.
            wait(STORAGE_RETRY)
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
