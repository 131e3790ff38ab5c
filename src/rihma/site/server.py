"""The one server process."""

import os
import signal
import socket
import threading
from collections.abc import Callable

import uvicorn
from django.conf import settings
from django.utils.module_loading import import_string

from rihma.realtime.socket import live_socket
from rihma.site.gateway import PATIENCE_SECONDS

# With the worker's patience and a little air, so that a stop takes ten seconds at most.
DRAIN_SECONDS = 9 - PATIENCE_SECONDS

FAILED = 3


class Taken(Exception):
    """Somebody else listens there."""


def listen(host: str, port: int) -> socket.socket:
    """Port 0 takes any free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=512)
    except OSError as problem:
        raise Taken(os.strerror(problem.errno or 0)) from problem


class Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], stops: Callable[[], None]) -> None:
        super().__init__(config)
        self.ready = ready
        self.stops = stops

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            threading.Thread(target=self.ready, name="ready", daemon=True).start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.stops()
        await super().shutdown(sockets)


def run(listener: socket.socket, ready: Callable[[], None]) -> int:
    """Serve until told to stop; answers the exit code."""
    site = import_string("rihma.site.asgi.application")
    config = uvicorn.Config(
        site,
        ws=live_socket(site.hub),
        lifespan="on",
        proxy_headers=True,
        forwarded_allow_ips=settings.PROXIES,
        timeout_graceful_shutdown=DRAIN_SECONDS,
        server_header=False,
        access_log=False,
        log_config=None,
    )
    # Taken here because uvicorn raises the signal again once it has stopped, and an asked-for end is no failure.
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: None)
    server = Server(config, ready, site.hub.follower.waiting.end)
    server.run([listener])
    code = 0 if server.started else FAILED
    if _still_busy():
        # A request or job that would not end keeps nobody waiting: what it had not committed never happened.
        os._exit(code)
    return code


def _still_busy() -> bool:
    others = [each for each in threading.enumerate() if not each.daemon and each is not threading.main_thread()]
    for each in others:
        each.join(0.5)
    return any(each.is_alive() for each in others)
