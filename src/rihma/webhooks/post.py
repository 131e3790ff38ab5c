"""The one way out: a request to an address that a person typed, and so might point at this machine or its neighbours.

The name is looked up once, each address it has must be public, and the connection goes to the one that was checked. No
redirect is followed, nothing of the answer is read but its status, and the whole of it has a few seconds.
"""

import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from threading import Timer
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

from rihma.webhooks.rules import HTTPS, Answer, is_admitted, is_public

CONNECT_SECONDS = 5
WHOLE_SECONDS = 10
HTTP = 80


class NotPublicError(OSError):
    """The name leads to a machine that is nobody's to reach from here."""


class Place(NamedTuple):
    """As the look-up gave it: nothing of it has to be looked up again."""

    family: socket.AddressFamily
    address: tuple[Any, ...]


class _Line(HTTPConnection):
    """To the address that was checked; the name stands in the certificate and in the Host header only."""

    def __init__(self, host: str, port: int, place: Place, context: ssl.SSLContext | None) -> None:
        super().__init__(host, port, timeout=CONNECT_SECONDS)
        self.place = place
        self.context = context
        self.wire: socket.socket | None = None
        self.is_cut = False

    def connect(self) -> None:
        # Not by `create_connection`, which would look the place up once more.
        self.sock = self.wire = socket.socket(self.place.family, socket.SOCK_STREAM)
        self.sock.settimeout(CONNECT_SECONDS)
        self.sock.connect(self.place.address)
        if self.context:
            self.sock = self.wire = self.context.wrap_socket(self.sock, server_hostname=self.host)

    def cut(self) -> None:
        """However slowly the other side drips: the time is over."""
        self.is_cut = True
        if self.wire:
            with suppress(OSError):
                self.wire.shutdown(socket.SHUT_RDWR)


def post(address: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    parts = urlsplit(address)
    secure = parts.scheme == "https"
    port = parts.port or (HTTPS if secure else HTTP)
    host = parts.hostname or ""
    try:
        place = _look_up(host, port, secure=secure)
    except (OSError, UnicodeError) as problem:
        return Answer(error="not_public" if isinstance(problem, NotPublicError) else "no_such_name")
    line = _Line(host, port, place, ssl.create_default_context(cafile=settings.WEBHOOK_CA) if secure else None)
    clock = Timer(WHOLE_SECONDS, line.cut)
    clock.daemon = True
    clock.start()
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        line.request("POST", target, body, {**headers, "Content-Type": "application/json", "User-Agent": "Rihma"})
        return Answer(status=line.getresponse().status)
    except ssl.SSLError:
        return Answer(error="certificate")
    except TimeoutError:
        return Answer(error="slow")
    except (OSError, HTTPException, ValueError):
        return Answer(error="slow" if line.is_cut else "no_answer")
    finally:
        clock.cancel()
        line.close()


def _look_up(host: str, port: int, *, secure: bool) -> Place:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    places = [Place(family, address) for family, _kind, _protocol, _name, address in found]
    admitted = settings.WEBHOOK_NETWORKS
    for place in places:
        ip = str(place.address[0])
        # One that is not public among others is a trick, or a mistake that somebody must mend.
        if not is_public(ip, admitted) or not (secure or is_admitted(ip, admitted)):
            raise NotPublicError
    return places[0]
