"""What goes over the wire, as docs/asyncapi.yaml tells it. `gc=False`: what comes and goes by the thousand has no circles."""

from datetime import datetime
from typing import Any

from msgspec import Raw, Struct, json

VERSION = 1
LONGEST = 64 * 1024
LONGEST_PRESENCE = 512


class Hello(Struct, gc=False, tag="hello", tag_field="type"):
    """The first frame. `after` is the last number the sender holds; None asks for everything."""

    v: int
    ticket: str
    after: int | None = None
    queued: int = 0


class Operations(Struct, gc=False, tag="operations", tag_field="type"):
    operations: list[Raw]


class Presence(Struct, gc=False, tag="presence", tag_field="type"):
    """Where somebody is: told to the others, kept nowhere."""

    state: Raw


class Ping(Struct, gc=False, tag="ping", tag_field="type"):
    n: int = 0


type FromClient = Hello | Operations | Presence | Ping


class You(Struct):
    """`veil`: the number under which others hear what you do where they are not told that it is you."""

    id: str
    name: str
    guest: bool
    veil: int


class Limits(Struct):
    frame: int
    in_flight: int
    per_second: int
    presence: int


class Welcome(Struct, tag="welcome", tag_field="type"):
    v: int
    head: int
    role: str
    status: str
    limits: Limits
    you: You
    time: datetime


class Items(Struct, tag="items", tag_field="type"):
    """Everything as it stands at `head`."""

    head: int
    items: Raw


class Ack(Struct, gc=False, tag="ack", tag_field="type"):
    """These are on disk, under these numbers."""

    ids: list[str]
    seqs: list[int]


class Refusal(Struct, tag="refused", tag_field="type", omit_defaults=True):
    """Not taken. `code` is for programs, `message` for people; `retry_after` in seconds where trying again helps."""

    id: str
    code: str
    message: str
    field: str | None = None
    retry_after: float | None = None


class Somebody(Struct, gc=False, omit_defaults=True):
    """Who is here. One person may be here several times, so `at` is the connection's number.

    Where nobody is told who does what, it says who is here without `state`; the state comes as of somebody without `id`
    and name, under another number.
    """

    at: int
    id: str
    name: str
    guest: bool = False
    state: Raw | None = None


class People(Struct, gc=False, tag="presence", tag_field="type"):
    people: list[Somebody]
    gone: list[int]


class Changed(Struct, tag="changed", tag_field="type"):
    """What you may do here, or what state the thing is in, is another now."""

    role: str
    status: str


class News(Struct, tag="news", tag_field="type"):
    """Something beside the log changed: ask for it again."""

    topics: list[str]


class Draining(Struct, tag="draining", tag_field="type"):
    retry_after: float


class Pong(Struct, gc=False, tag="pong", tag_field="type"):
    n: int


class Close(Struct):
    code: int
    reason: str


# Why something is not taken now, but may be later.
SLOW, STORAGE = "slow", "storage"
MALFORMED = 4400
NO_TICKET = 4401
NOT_YOURS = 4403
TOO_SLOW = 4408
TOO_LARGE = 4413
TOO_MANY = 4429
RESTARTING = 1012
TRY_LATER = 1013

# From these sizes on a frame says its size in 2 or in 8 bytes.
IN_TWO, IN_EIGHT = 126, 65536

read = json.Decoder(FromClient).decode
encode: Any = json.Encoder().encode


def operations(head: int, rows: list[bytes]) -> bytes:
    """Rows of the log as one message, put together from what was encoded once."""
    return b'{"type":"operations","head":%d,"operations":[%b]}' % (head, b",".join(rows))


def text_frame(message: bytes) -> bytes:
    """As a server sends it: one whole frame, not masked, not compressed (RFC 6455, 5.2)."""
    size = len(message)
    if size < IN_TWO:
        return bytes((0x81, size)) + message
    if size < IN_EIGHT:
        return b"\x81\x7e" + size.to_bytes(2) + message
    return b"\x81\x7f" + size.to_bytes(8) + message
