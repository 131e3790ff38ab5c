"""Takes a request in whole before a thread is spent on it. Too much, or too slow, is answered here."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import Any

from django.conf import settings

from rihma.site.errors import BARE
from rihma.site.middleware import ALWAYS

type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]

# More than Django takes, because the parts of a form have names and borders.
MOST_BYTES = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1024 * 1024
# Where files are sent to: what is too large by a little gets a page with words from there.
UPLOADS = re.compile(r"/canvases/[0-9a-f-]{36}/files(/attach/)?$|/applications/[0-9a-f-]{36}/files/[-\w]+/$")
MOST_BYTES_OF_UPLOADS = settings.FILE_UPLOAD_MAX_MEMORY_SIZE
PATIENCE_SECONDS = 20
SLOWEST_BYTES_A_SECOND = 8 * 1024


class _Unfit(Exception):
    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


async def read_body(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> Receive | None:
    """A `receive` that gives the whole body at once, or None where an answer was given or the reader went away."""
    try:
        body = await _whole(scope, receive)
    except _Unfit as unfit:
        await _answer(unfit.status, send)
        return None
    if body is None:
        return None

    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


async def _whole(scope: MutableMapping[str, Any], receive: Receive) -> bytes | None:
    """Whoever sends keeps going at a modem's pace, or is cut off."""
    began = time.monotonic()
    parts = bytearray()
    most = MOST_BYTES_OF_UPLOADS if UPLOADS.search(scope["path"]) else MOST_BYTES
    more = _has_body(scope, most)
    while more:
        left = began + PATIENCE_SECONDS + len(parts) / SLOWEST_BYTES_A_SECOND - time.monotonic()
        try:
            message = await asyncio.wait_for(receive(), left)
        except TimeoutError:
            raise _Unfit(HTTPStatus.REQUEST_TIMEOUT) from None
        if message["type"] == "http.disconnect":
            return None
        parts += message.get("body", b"")
        if len(parts) > most:
            raise _Unfit(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        more = message.get("more_body", False)
    return bytes(parts)


def _has_body(scope: MutableMapping[str, Any], most: int) -> bool:
    names = {name: value for name, value in scope["headers"] if name in {b"content-length", b"transfer-encoding"}}
    length = names.get(b"content-length", b"0")
    if length.isdigit() and int(length) > most:
        raise _Unfit(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return length != b"0" or b"transfer-encoding" in names


async def _answer(status: HTTPStatus, send: Send) -> None:
    headers = {**ALWAYS, "Content-Type": "text/html; charset=utf-8", "Connection": "close"}
    encoded = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status.value, "headers": encoded})
    await send({"type": "http.response.body", "body": BARE.format(status=status.value, request="").encode()})
