"""How many pages a second a server gives over so many connections, and how long each took: wrk, else our own client."""

import asyncio
import re
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass

from bench.server import Page

UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


TRIES = 3


class NotAPageError(Exception):
    """Among the answers was another than 200, so that the run says nothing about pages."""


@dataclass(frozen=True)
class Load:
    pages_a_second: float
    p50: float
    p99: float


def tool() -> str:
    return "wrk" if shutil.which("wrk") else "asyncio"


def load(port: int, page: Page, connections: int, seconds: float, **headers: str) -> Load:
    """Bounded in time, over loopback only. A run with an answer that is no page is taken again, and ends the bench in the end."""
    for tried in range(1, TRIES + 1):
        try:
            return once(port, page, connections, seconds, **headers)
        except NotAPageError as error:
            print(f"Not every answer was a page ({tried} of {TRIES} tries): {page.path}\n{error}", file=sys.stderr)
    sys.exit(f"{page.path} is not answered with a page each time")


def once(port: int, page: Page, connections: int, seconds: float, **headers: str) -> Load:
    headers = {"Accept-Language": "en", **({"Cookie": page.cookie} if page.cookie else {}), **headers}
    if tool() == "wrk":
        return by_wrk(f"http://127.0.0.1:{port}{page.path}", connections, seconds, headers)
    return asyncio.run(by_hand(port, page.path, connections, seconds, headers))


def by_wrk(address: str, connections: int, seconds: float, headers: dict[str, str]) -> Load:
    named = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "60s", "--latency"]
    told = subprocess.run([*command, *named, address], capture_output=True, text=True, check=True).stdout
    return read_wrk(told)


def read_wrk(told: str) -> Load:
    if re.search(r"Non-2xx|Socket errors", told):
        raise NotAPageError(told)
    times = {name: float(n) * UNITS[unit] for name, n, unit in re.findall(r"(\d\d)%\s+([\d.]+)(us|ms|s|m)\b", told)}
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    assert rate, told
    return Load(float(rate[1]), times["50"], times["99"])


async def by_hand(port: int, path: str, connections: int, seconds: float, headers: dict[str, str]) -> Load:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    question = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{lines}\r\n".encode()
    began = time.perf_counter()
    asked = await asyncio.gather(*(ask(port, question, began + seconds) for _ in range(connections)))
    took = time.perf_counter() - began
    times = sorted(each * 1000 for one in asked for each in one)
    p99 = times[min(len(times) - 1, len(times) * 99 // 100)]
    return Load(len(times) / took, statistics.median(times), p99)


async def ask(port: int, question: bytes, until: float) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    times = []
    while time.perf_counter() < until:
        began = time.perf_counter()
        writer.write(question)
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if not head.startswith(b"HTTP/1.1 200") or not length:
            raise NotAPageError(repr(head[:80]))
        await reader.readexactly(int(length[1]))
        times.append(time.perf_counter() - began)
    writer.close()
    return times
