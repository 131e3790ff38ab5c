"""The life of a delivery, which addresses may be told something, and what a signature is made of."""

import base64
import hmac
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused


class State(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    DELIVERED = "delivered"
    FAILED = "failed"


# None of them is the end, because whoever has it may ask for it again.
MOVES: dict[State, set[State]] = {
    State.WAITING: {State.SENDING, State.FAILED},
    State.SENDING: {State.DELIVERED, State.WAITING, State.FAILED},
    State.DELIVERED: {State.WAITING},
    State.FAILED: {State.WAITING},
}

# Short first, because most outages are; after some three days nobody is there.
PAUSES = [
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
]
STOP_AFTER = timedelta(days=3)
# Longer than one delivery may take, so that only a dead worker's lease runs out.
LEASE = timedelta(minutes=2)
# As long as that, so that a receiver can change over without losing anything.
OLD_SECRET_FOR = timedelta(days=1)
KEPT = timedelta(days=30)

GONE = 410
OK = range(200, 300)
HTTPS = 443
FIRST_FREE_PORT = 1024
LONGEST_FACT = 200
# Refused, because the address that these hide decides where a packet goes.
WRAPPED = [ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"), ip_network("2002::/16"), ip_network("2001::/32")]

type Network = IPv4Network | IPv6Network
FACTS = (str, int, UUID, datetime, type(None))


@dataclass(frozen=True)
class Answer:
    """What came of one try: a status, or a word for why there is none."""

    status: int | None = None
    error: str = ""

    @property
    def took_it(self) -> bool:
        return self.status in OK


@dataclass(frozen=True)
class Outcome:
    state: State
    next_at: datetime | None = None


def before(state: State) -> set[State]:
    """The states from which a delivery may come to `state`."""
    return {origin for origin, targets in MOVES.items() if state in targets}


def outcome(answer: Answer, *, tries: int, now: datetime) -> Outcome:
    """`tries`: with this one."""
    if answer.took_it:
        return Outcome(State.DELIVERED)
    if answer.status == GONE or tries > len(PAUSES):
        return Outcome(State.FAILED)
    return Outcome(State.WAITING, now + PAUSES[tries - 1])


def is_over(answer: Answer, *, failing_since: datetime, now: datetime) -> bool:
    """Whether to stop: the receiver said it is gone, or took nothing for days."""
    return answer.status == GONE or now - failing_since >= STOP_AFTER


def is_public(address: str, admitted: Iterable[Network] = ()) -> bool:
    """Whether a message may go there. `admitted`: networks that the operator allows besides."""
    ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if is_admitted(str(ip), admitted):
        return True
    if any(ip in network for network in WRAPPED if ip.version == network.version):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def is_admitted(address: str, admitted: Iterable[Network]) -> bool:
    ip = ip_address(address)
    return any(ip in network for network in admitted if ip.version == network.version)


def check_address(address: str, *, plain_allowed: bool) -> None:
    """`plain_allowed`: the operator admits networks of their own, where http is theirs to judge."""
    bad = Refused("address", _("Write the whole address of the program, as in https://example.org/hooks."), "address")
    try:
        parts = urlsplit(address)
        port = parts.port or HTTPS
    except ValueError as error:
        raise bad from error
    if not parts.hostname or not address.isascii() or not address.isprintable() or " " in address:
        raise bad
    if parts.scheme not in (("https", "http") if plain_allowed else ("https",)):
        raise Refused("https", _("The address must begin with https://, so that nobody reads along."), "address")
    if parts.username or parts.password:
        raise Refused("password", _("Leave name and password out of the address: messages are signed."), "address")
    if port != HTTPS and port < FIRST_FREE_PORT and not plain_allowed:
        raise Refused("port", _("Use port 443, or one from 1024 on."), "address")


def check_types(chosen: Collection[str], known: Collection[str]) -> None:
    if not chosen or set(chosen) - set(known):
        raise Refused("types", _("Choose what the program is told."), "types")


def check_told(facts: Mapping[str, object]) -> None:
    """Ids, numbers and short facts: what people wrote, or who they are, does not leave the house this way."""
    for name, fact in facts.items():
        if not isinstance(fact, FACTS) or (isinstance(fact, str) and len(fact) > LONGEST_FACT):
            raise TypeError(f"{name} is no short fact")


def signature(secret: bytes, name: str, at: int, body: str) -> str:
    """`v1,…` as the Standard Webhooks scheme has it: over id, time and body."""
    signed = f"{name}.{at}.{body}".encode()
    return "v1," + base64.b64encode(hmac.new(secret, signed, sha256).digest()).decode()


def name_of(message: UUID) -> str:
    return f"msg_{message.hex}"


def said(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
