"""Operations that come late, twice, out of order or from a broken line end in the same canvas for everybody."""

import json
import random
import subprocess
import sysconfig
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from rihma.client import Canvas, Refused
from rihma.client.canvas import BROKEN
from rihma.realtime.tests.conftest import ZONES, Hand, Live
from rihma.site.tests.conftest import House, Serving

pytestmark = [pytest.mark.django_db, pytest.mark.req("R10")]

type Shown = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def serving(house: House) -> Iterator[Serving]:
    with house.serving(RIHMA_LIVE_PER_SECOND="1000", RIHMA_LIVE_BURST="2000", RIHMA_WORKER="0") as serving:
        yield serving


class Unruly(Canvas):
    """Sends late, twice and out of order, and breaks off."""

    chance: random.Random
    texts: dict[str, str]
    is_late = False

    @property
    def kept(self) -> set[str]:
        """Texts that were confirmed."""
        return {self.texts[pk] for pk in self.acked.keys() & self.texts.keys()}

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
            self.texts[f"{self.device}:{self.count}"] = text
            return
        item = chance.choice(items)
        said = {"set": {"text": f"{item.text} {text}"[-3000:]}, "move": {"zone": chance.choice(ZONES)}}.get(verb, {})
        pk = self.send(verb, item.id, said, self.head)
        if "text" in said:
            self.texts[pk] = said["text"]

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
    """The model that browsers use, in one process for all histories."""

    def __init__(self, port: int) -> None:
        program = Path(__file__).parents[2] / "canvases/tests/node_client.js"
        flags = ["--no-warnings", "--experimental-websocket"]
        command = [str(Path(sysconfig.get_path("scripts")) / "node"), *flags, str(program), str(port)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, what: str, **how: Any) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps({"do": what, **how}) + "\n")
        self.process.stdin.flush()

    def answer(self) -> Any:
        assert self.process.stdout
        return json.loads(self.process.stdout.readline())

    def do(self, what: str, **how: Any) -> Any:
        self.ask(what, **how)
        return self.answer()


@pytest.fixture(scope="module")
def node(serving: Serving) -> Iterator[Node]:
    node = Node(serving.port)
    with node.process:
        yield node
        node.process.kill()


def history(live: Live, seed: int, steps: int, node: Node) -> None:
    """Three clients in Python and a fourth in Node, at once, until all is saved and read."""
    clients = [Unruly(f"http://127.0.0.1:{live.port}", live.id, live.tokens[who]) for who in range(3)]
    for number, client in enumerate(clients):
        client.chance, client.texts = random.Random(seed * 10 + number), {}
        client.open()
    node.do("join", canvas=live.id, token=live.tokens[3])
    node.ask("work", steps=steps)
    node.ask("settle")
    threads = [threading.Thread(target=client.work, args=[steps]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive(), seed
    assert [node.answer(), node.answer()] == [None, None]
    check_same(live, seed, clients, node)


def check_same(live: Live, seed: int, clients: list[Unruly], node: Node) -> None:
    head, standing = live.do("head"), live.do("items")
    for client in clients:
        assert client.shown(head) == standing, seed
    late = Unruly(f"http://127.0.0.1:{live.port}", live.id, live.tokens[0])
    late.open()
    assert late.shown(head) == standing, seed
    assert node.do("shown", head=head) == standing, seed
    for client in (*clients, late):
        client.close()
    log = live.do("log")
    assert [row["seq"] for row in log] == list(range(1, head + 1))
    assert len({row["id"] for row in log}) == head
    assert live.do("replayed") == standing, seed
    confirmed = {text for client in clients for text in client.kept} | set(node.do("kept"))
    assert confirmed <= set(live.do("said")), seed


def test_four_who_send_anyhow_see_the_same(serving: Serving, hand: Hand, node: Node) -> None:
    for seed in range(10):
        history(Live(serving, hand, 4), 1000 + seed, 10, node)


@pytest.mark.long
def test_five_hundred_histories_end_the_same_for_everybody(serving: Serving, hand: Hand, node: Node) -> None:
    for seed in range(500):
        history(Live(serving, hand, 4), seed, 10, node)
