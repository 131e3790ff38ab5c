"""make bench B=serve: how soon the server answers, what it holds in memory, and how many threads serve pages best.

The table is for people, the last line is one JSON object. Medians; the load comes from this process over loopback.
"""

import asyncio
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil

PAGE = "/en/"
ASKERS = 16
SECONDS = 4.0
STARTS = 5
THREADS = (2, 4, 6, 8)
MIB = 1024 * 1024


@dataclass(frozen=True)
class Served:
    port: int
    ready: float
    process: psutil.Process

    @property
    def memory(self) -> float:
        return float(self.process.memory_info().rss) / MIB


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="rihma-bench-") as data:
        variables = {**os.environ, "RIHMA_DATA": data, "RIHMA_LOG_LEVEL": "WARNING"}
        variables.pop("DATABASE_URL", None)
        rihma("manage", "migrate", "--verbosity=0", variables=variables)
        with serving(variables):
            pass  # collects the static files
        starts = [ready_after(variables) for _ in range(STARTS)]
        rows = [row(variables, threads) for threads in THREADS]
    print(f"ready after {statistics.median(starts):.2f} s (goal 3.00)")
    print("threads   pages/s   p50 ms   p99 ms   MiB (goal 150)")
    for each in rows:
        print(
            f"{each['threads']:7.0f} {each['pages_a_second']:9.0f} {each['p50_ms']:8.1f}"
            f" {each['p99_ms']:8.1f} {each['mib']:8.0f}"
        )
    print(json.dumps({"bench": "serve", "ready_seconds": round(statistics.median(starts), 3), "threads": rows}))


def row(variables: dict[str, str], threads: int) -> dict[str, float]:
    with serving({**variables, "RIHMA_THREADS": str(threads)}) as served:
        asyncio.run(load(served.port, 1.0))
        times = asyncio.run(load(served.port, SECONDS))
        return {
            "threads": threads,
            "pages_a_second": round(len(times) / SECONDS, 1),
            "p50_ms": round(statistics.median(times) * 1000, 1),
            "p99_ms": round(statistics.quantiles(times, n=100)[98] * 1000, 1),
            "mib": round(served.memory, 1),
        }


def ready_after(variables: dict[str, str]) -> float:
    with serving(variables) as served:
        return served.ready


@contextmanager
def serving(variables: dict[str, str]) -> Iterator[Served]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = int(listener.getsockname()[1])
    at = {"RIHMA_PORT": str(port), "RIHMA_BASE_URL": f"http://127.0.0.1:{port}"}
    began = time.perf_counter()
    command = [sys.executable, "-m", "rihma", "serve"]
    with subprocess.Popen(command, env={**variables, **at}, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            line = process.stdout.readline()
            if not line.startswith("Rihma is ready"):
                sys.exit("the server did not start")
            yield Served(port, time.perf_counter() - began, psutil.Process(process.pid))
        finally:
            process.terminate()


def rihma(*args: str, variables: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-m", "rihma", *args], env=variables, check=True)


async def load(port: int, seconds: float) -> list[float]:
    """How long each page took, asked for over so many connections at a time."""
    until = time.perf_counter() + seconds
    answers = await asyncio.gather(*(ask(port, until) for _ in range(ASKERS)))
    return [each for answer in answers for each in answer]


async def ask(port: int, until: float) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    times = []
    while time.perf_counter() < until:
        began = time.perf_counter()
        writer.write(f"GET {PAGE} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if not head.startswith(b"HTTP/1.1 200") or not length:
            sys.exit(f"no page: {head[:60]!r}")
        await reader.readexactly(int(length[1]))
        times.append(time.perf_counter() - began)
    writer.close()
    return times


if __name__ == "__main__":
    main()
