"""How the servers of one site tell each other that a log went on: {key: number}, and nothing else.

A hint may be lost, late or doubled, because every server also asks the database once a second how far the logs are
that somebody reads there. So nothing is kept for a bus that is away, and nobody waits for one (docs/decisions/hints.md).
"""

import threading
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

import msgspec
from django.db import connection
from django.utils.module_loading import import_string

type Take = Callable[[str, int], None]

BUSES = {
    "local": "rihma.realtime.bus.Bus",
    "postgresql": "rihma.realtime.bus_postgresql.PostgresBus",
    "nats": "rihma.realtime.bus_nats.NatsBus",
    "tls": "rihma.realtime.bus_nats.NatsBus",
}
CHANNEL = "rihma_hints"
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0


class Bus:
    """One server alone: there is nobody to tell."""

    def __init__(self, url: str = "") -> None:
        self.url = url

    def start(self, take: Take) -> None:
        """From now on `take` is called, in any thread, with what others say."""

    def send(self, key: str, head: int) -> None:
        """Never waits, never raises."""

    def stop(self) -> None: ...


class Hints(msgspec.Struct):
    """`by`: the server that says it, so that it does not listen to itself."""

    by: str
    heads: dict[str, int]


encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder(Hints).decode


class Outbox:
    """What is still to be told: of each log only how far it has come. Its owner is woken once, not for each."""

    def __init__(self, wake: Callable[[], object]) -> None:
        self.wake = wake
        self.lock = threading.Lock()
        self.heads: dict[str, int] = {}

    def put(self, key: str, head: int) -> None:
        with self.lock:
            quiet = not self.heads
            self.heads[key] = max(head, self.heads.get(key, 0))
        if quiet:
            self.wake()

    def take(self) -> Mapping[str, int]:
        with self.lock:
            heads, self.heads = self.heads, {}
        return heads


def make(url: str) -> Bus:
    """By the scheme of the address; without one, whatever this site's database brings along."""
    name = urlsplit(url).scheme or url or ("postgresql" if connection.vendor == "postgresql" else "local")
    made: Bus = import_string(BUSES[name])(url)
    return made
