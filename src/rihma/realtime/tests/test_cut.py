"""Networks that are cut for half a minute, each in another way, with somebody behind each of them."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from ipaddress import IPv4Address
from typing import Any, Self

import pytest

from rihma.realtime.tests.conftest import Hand, Live, stretched, wait
from rihma.realtime.tests.far import EDITS
from rihma.site.tests.conftest import House

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.req("R6")]

CUT_SECONDS = 30.0
EVERYWHERE = str(IPv4Address(0))


class Network:
    """A name space with one line to this machine; its addresses are nobody else's (RFC 2544)."""

    def __init__(self, number: int) -> None:
        own = os.getpid() % 250
        self.name = f"rihma-{os.getpid()}-{number}"
        self.near, self.far = f"rn{os.getpid()}-{number}", f"rf{os.getpid()}-{number}"
        self.here, self.there = (f"198.18.{own}.{4 * number + last}" for last in (1, 2))

    def __enter__(self) -> Self:
        run("ip", "netns", "add", self.name)
        run("ip", "link", "add", self.near, "type", "veth", "peer", "name", self.far, "netns", self.name)
        run("ip", "addr", "add", f"{self.here}/30", "dev", self.near)
        run("ip", "link", "set", self.near, "up")
        self.inside("ip", "addr", "add", f"{self.there}/30", "dev", self.far)
        self.inside("ip", "link", "set", self.far, "up")
        return self

    def __exit__(self, *_problem: object) -> None:
        run("ip", "netns", "del", self.name)
        subprocess.run(["ip", "link", "del", self.near], stderr=subprocess.DEVNULL, check=False)

    def inside(self, *command: str) -> None:
        run("ip", "netns", "exec", self.name, *command)

    def drop(self, *ways: str) -> None:
        self.inside("nft", "add", "table", "inet", "cut")
        for way in ways:
            self.inside("nft", f"add chain inet cut {way} {{ type filter hook {way} priority 0; policy drop; }}")

    def let_through(self) -> None:
        self.inside("nft", "delete", "table", "inet", "cut")


def run(*command: str) -> None:
    subprocess.run(command, check=True)


# How each network is cut, and put right again.
WAYS: dict[str, tuple[Callable[[Network], None], Callable[[Network], None]]] = {
    "its link is down": (
        lambda network: run("ip", "link", "set", network.near, "down"),
        lambda network: run("ip", "link", "set", network.near, "up"),
    ),
    "nothing passes, and nobody says so": (lambda network: network.drop("input", "output"), Network.let_through),
    "what is sent is lost": (lambda network: network.drop("output"), Network.let_through),
    "what comes is lost": (lambda network: network.drop("input"), Network.let_through),
}


@pytest.fixture(scope="module")
def networks() -> Iterator[list[Network]]:
    able = os.geteuid() == 0 and all(map(shutil.which, ("ip", "nft")))
    able = able and not subprocess.run(["unshare", "--net", "true"], check=False, stderr=subprocess.DEVNULL).returncode
    if not able and not os.environ.get("CI"):
        pytest.skip("this machine lets nobody here make a network: it takes root, ip and nft")
    with ExitStack() as stack:
        yield [stack.enter_context(Network(number)) for number in range(len(WAYS))]


class Far:
    """Somebody behind a network."""

    def __init__(self, live: Live, who: int, network: Network) -> None:
        base, origin = f"http://{network.here}:{live.port}", f"http://127.0.0.1:{live.port}"
        program = [sys.executable, "-m", "rihma.realtime.tests.far", base, origin, live.id, live.tokens[who]]
        self.process = subprocess.Popen(
            ["ip", "netns", "exec", network.name, *program],
            env={**os.environ, "PYTHONPATH": ":".join(sys.path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def told(self, what: str) -> dict[str, Any]:
        assert self.process.stdout
        found: dict[str, Any] = json.loads(self.process.stdout.readline())
        assert found["what"] == what
        return found

    def shows(self, head: int) -> Any:
        assert self.process.stdin
        self.process.stdin.write(json.dumps({"head": head}) + "\n")
        self.process.stdin.flush()
        return self.told("shows")["items"]


def test_network_that_was_cut_is_noticed_and_everything_arrives_when_it_is_back(
    house: House, hand: Hand, networks: list[Network]
) -> None:
    hosts = " ".join(network.here for network in networks)
    with house.serving(RIHMA_WORKER="0", RIHMA_BIND=EVERYWHERE, RIHMA_HOSTS=hosts) as serving, ExitStack() as stack:
        live = Live(serving, hand, len(networks) + 1)
        near = stack.enter_context(live.client(len(networks)))
        fars = [Far(live, who, network) for who, network in enumerate(networks)]
        for far in fars:
            stack.enter_context(far.process)
            stack.callback(far.process.kill)
        for far in fars:
            far.told("in")
        near.wait(lambda: len(near.people) == len(fars) + 1)

        began = time.monotonic()
        for (cut, _heal), network in zip(WAYS.values(), networks, strict=True):
            cut(network)
        near.add("assumption", "wanted", "written meanwhile")
        near.flush()
        near.wait(lambda: len(near.people) == 1, CUT_SECONDS + 30)
        alone = time.monotonic() - began
        wait(began + CUT_SECONDS - time.monotonic())
        healed = time.monotonic()
        for (_cut, heal), network in zip(WAYS.values(), networks, strict=True):
            heal(network)

        noticed = [far.told("noticed")["at"] - began for far in fars]
        assert [far.told("back")["what"] for far in fars] == ["back"] * len(fars)
        saved = [far.told("saved") for far in fars]
        took = [one["at"] - healed for one in saved]
        for way, seen, late in zip(WAYS, noticed, took, strict=True):
            print(f"\n{way}: noticed after {seen:.1f} s, saved {late:.1f} s after it was back", end="")
        assert max(*noticed, alone) <= stretched(30)
        assert max(took) <= stretched(5)
        assert sorted(seq for one in saved for seq in one["seqs"]) == list(range(2, 2 + EDITS * len(fars)))

        head, standing = live.do("head"), live.do("items")
        assert head == 1 + EDITS * len(fars)
        near.wait(lambda: near.head == head)
        assert {pk: item.text for pk, item in near.items.items()} == {pk: one["text"] for pk, one in standing.items()}
        assert [far.shows(head) for far in fars] == [standing] * len(fars)
