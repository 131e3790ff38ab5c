"""A programme with an endpoint, and a real listener for it on this machine."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network

import pytest
from django.conf import LazySettings

from rihma.programmes.models import Programme
from rihma.webhooks import actions
from rihma.webhooks.models import Endpoint
from tests.conftest import Cast

LOOPBACK = ip_network("127.0.0.0/8")


@dataclass
class Listener:
    """What came, and what is answered next; the last answer is given again and again."""

    url: str = ""
    answers: list[int] = field(default_factory=lambda: [204])
    headers: dict[str, str] = field(default_factory=dict)
    came: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def next(self) -> int:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def listener() -> Iterator[Listener]:
    heard = Listener()

    def take(handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        heard.came.append(({name.lower(): value for name, value in handler.headers.items()}, body))
        handler.send_response(heard.next())
        for name, value in heard.headers.items():
            handler.send_header(name, value)
        handler.end_headers()

    def say_nothing(*_arguments: object) -> None:
        """Not into the output of the tests."""

    # Made so, because the name that http.server looks for is no name of ours.
    handler = type("Handler", (BaseHTTPRequestHandler,), {"do_POST": take, "log_message": say_nothing})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    heard.url = f"http://127.0.0.1:{server.server_port}/hooks?from=rihma"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield heard
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def admitted(settings: LazySettings) -> None:
    """The operator lets webhooks go to this machine."""
    settings.WEBHOOK_NETWORKS = [LOOPBACK]


@pytest.fixture
def endpoint(programme: Programme, cast: Cast, listener: Listener, admitted: None) -> Endpoint:
    types = ["application.submitted", "application.withdrawn"]
    made, _secret = actions.add(programme.pk, address=listener.url, types=types, by=cast["owner"])
    return made


@pytest.fixture
def nobody() -> Iterator[str]:
    """An address at which nothing answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}/"
