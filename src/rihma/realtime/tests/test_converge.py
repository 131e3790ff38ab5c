"""Operations that come late, twice, out of order or from a broken line end in the same canvas for everybody."""

import json
import random
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from rihma.client import Canvas, Refused
from rihma.client.canvas import BROKEN
from rihma.realtime.tests.conftest import Hand, Live
from rihma.site.tests.conftest import House, Serving

pytestmark = [pytest.mark.django_db, pytest.mark.req("R10")]

ZONES = ("wanted", "able", "worth", "lawful")
type Shown = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def serving(house: House) -> Iterator[Serving]:
    with house.serving(RIHMA_LIVE_PER_SECOND="1000", RIHMA_LIVE_BURST="2000", RIHMA_WORKER="0") as serving:
        yield serving


class Unruly(Canvas):
    """Sends late, twice and out of order, and breaks off."""

    chance: random.Random
    is_late = False

    def _send_queue(self) -> None:
        if not self.is_late:
            super()._send_queue()

    def misbehave(self) -> None:
        waiting = list(self.queue.values())
        match self.chance.choice(["late", "late", "in order", "reversed", "twice", "broken"]):
            case "in order":
                self._say({"type": "operations", "operations": waiting[:32]})
            case "reversed":
                self._say({"type": "operations", "operations": waiting[::-1][:32]})
            case "twice":
                for _ in range(2):
                    self._say({"type": "operations", "operations": waiting[:32]})
            case "broken":
                self._say({"type": "operations", "operations": waiting[:32]})
                self.open()
        with suppress(TimeoutError, Refused):
            self.wait(lambda: False, self.chance.uniform(0, 0.01))

    def propose(self) -> None:
        chance, items = self.chance, list(self.items.values())
        verb = chance.choice(["add", "set", "set", "move", "remove", "restore"]) if items else "add"
        text = f"python {self.count} {chance.getrandbits(20)}"
        if verb == "add":
            self.add("assumption", chance.choice(ZONES), text)
            return
        item = chance.choice(items)
        said = {"set": {"text": f"{item.text} {text}"[-3000:]}, "move": {"zone": chance.choice(ZONES)}}.get(verb, {})
        self.send(verb, item.id, said, self.head)

    def work(self, steps: int) -> None:
        self.is_late = True
        for _ in range(steps):
            self.propose()
            with suppress(*BROKEN):
                self.misbehave()
        self.is_late = False
        while self.queue:
            with suppress(Refused):
                self._sent.clear()
                self._send_queue()
                self.flush()

    def shown(self, head: int) -> Shown:
        self.wait(lambda: (self.head or 0) >= head)
        return {
            pk: {"zone": item.zone, "order": item.order, "text": item.text}
            for pk, item in self.items.items()
            if not item.removed
        }


class Node:
    def __init__(self, live: Live, who: int) -> None:
        program = Path(__file__).parents[2] / "canvases/tests/node_client.js"
        flags = ["--no-warnings", "--experimental-websocket"]
        command = ["node", *flags, str(program), str(live.port), live.id, live.tokens[who]]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, what: str, **how: Any) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps({"do": what, **how}) + "\n")
        self.process.stdin.flush()

    def answer(self) -> Any:
        assert self.process.stdout
        return json.loads(self.process.stdout.readline())


@contextmanager
def node_beside(live: Live, *, wanted: bool) -> Iterator[Node | None]:
    if not wanted or not shutil.which("node"):
        yield None
        return
    node = Node(live, 3)
    with node.process:
        yield node
        node.process.kill()


def history(live: Live, seed: int, steps: int, node: Node | None) -> None:
    """Three clients and perhaps a fourth in Node, at once, until all is saved and read."""
    clients = [Unruly(f"http://127.0.0.1:{live.port}", live.id, live.tokens[who]) for who in range(3)]
    for number, client in enumerate(clients):
        client.chance = random.Random(seed * 10 + number)
        client.open()
    if node:
        node.ask("work", steps=steps)
        node.ask("settle")
    threads = [threading.Thread(target=client.work, args=[steps]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive(), seed
    if node:
        assert [node.answer(), node.answer()] == [None, None]
    check_same(live, seed, clients, node)


def check_same(live: Live, seed: int, clients: list[Unruly], node: Node | None) -> None:
    head, kept = live.do("head"), live.do("items")
    for client in clients:
        assert client.shown(head) == kept, seed
    late = Unruly(f"http://127.0.0.1:{live.port}", live.id, live.tokens[0])
    late.open()
    assert late.shown(head) == kept, seed
    if node:
        node.ask("shown", head=head)
        assert node.answer() == kept, seed
    for client in (*clients, late):
        client.close()
    log = live.do("log")
    assert [row["seq"] for row in log] == list(range(1, head + 1))
    assert len({row["id"] for row in log}) == head
    assert live.do("replayed") == kept, seed


def test_four_who_send_anyhow_see_the_same(serving: Serving, hand: Hand) -> None:
    live = Live(serving, hand, 4)
    with node_beside(live, wanted=True) as node:
        history(live, 1, 15, node)


@pytest.mark.long
def test_five_hundred_histories_end_the_same_for_everybody(serving: Serving, hand: Hand) -> None:
    for seed in range(500):
        live = Live(serving, hand, 4)
        with node_beside(live, wanted=seed % 10 == 0) as node:
            history(live, seed, 10, node)
