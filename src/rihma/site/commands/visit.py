"""Asks the server that was just started, as a browser at its public address would."""

import http.client
import time
from socket import socket
from urllib.parse import urlsplit

from django.conf import settings

PATIENCE_SECONDS = 30
MOST_REDIRECTS = 3


def wait_until_it_answers(listener: socket) -> bool:
    """A socket takes calls before anybody answers them; this waits for the answer."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up:
        try:
            status, _where = fetch(listener, "/healthz")
        except OSError:
            continue
        return status == http.HTTPStatus.OK
    return False


def open_page(listener: socket, path: str) -> int:
    """The status of the page, after its redirects."""
    for _ in range(MOST_REDIRECTS):
        status, where = fetch(listener, path)
        if not where:
            return status
        path = urlsplit(where).path
    return status


def fetch(listener: socket, path: str) -> tuple[int, str]:
    host, port = listener.getsockname()[:2]
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - a look, not a bind
    connection = http.client.HTTPConnection(here, port, timeout=PATIENCE_SECONDS)
    try:
        headers = {
            "Host": urlsplit(settings.BASE_URL).netloc,
            "X-Forwarded-Proto": urlsplit(settings.BASE_URL).scheme,
        }
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        response.read()
        return response.status, response.headers.get("Location", "")
    finally:
        connection.close()
