"""Excalidraw for the browser's part: bundled once into the cache folder, served with gzip from this process."""

import gzip
import hashlib
import json
import mimetypes
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from bench.server import made_once

PACKAGES = {"@excalidraw/excalidraw": "0.18.1", "esbuild": "0.25.9", "react": "19.1.0", "react-dom": "19.1.0"}
SCRIPT = Path(__file__).parent / "peers/excalidraw.mjs"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Excalidraw</title><link rel="stylesheet" href="/excalidraw.css"><style>html,body,#board{height:100%;margin:0}</style>
<div id="board"></div><script type="module" src="/excalidraw.js"></script></html>
"""
BUNDLING = (
    "--bundle",
    "--minify",
    "--splitting",
    "--format=esm",
    "--conditions=production",
    "--loader:.woff2=file",
    '--define:process.env.NODE_ENV="production"',
    "--outdir=out",
    "--log-level=error",
)


@contextmanager
def served() -> Iterator[str]:
    """Where the page is."""
    files = {f"/{path.relative_to(home)}": path for home in [bundled()] for path in home.rglob("*") if path.is_file()}
    packed = {address: gzip.compress(path.read_bytes()) for address, path in files.items()}
    packed["/"] = packed["/index.html"]

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = packed.get(self.path.partition("?")[0])
            self.send_response(200 if body else 404)
            kind = "text/html" if self.path == "/" else mimetypes.guess_type(self.path)[0]
            self.send_header("Content-Type", kind or "application/octet-stream")
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_args: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()


def bundled() -> Path:
    digest = hashlib.sha256(json.dumps([PACKAGES, BUNDLING, PAGE, SCRIPT.read_text()]).encode()).hexdigest()[:12]
    return made_once(f"canvas-board-{digest}", bundle) / "out"


def bundle(home: Path) -> None:
    print(f"Bundling Excalidraw in {home} …", file=sys.stderr, flush=True)
    (home / "package.json").write_text(json.dumps({"private": True, "type": "module", "dependencies": PACKAGES}))
    shutil.copy(SCRIPT, home)
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=home, check=True)
    program = next((home / "node_modules/@esbuild").glob("*/bin/esbuild"))
    subprocess.run([program, "excalidraw.mjs", *BUNDLING], cwd=home, check=True)
    (home / "out/index.html").write_text(PAGE)
