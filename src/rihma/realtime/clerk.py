"""What the live part asks of the database, in threads: tickets, and the ledgers' answers made safe."""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

import msgspec
from django.db import InterfaceError, OperationalError, close_old_connections, connection, transaction
from msgspec import Raw, Struct
from msgspec.structs import replace

from rihma.base import clock
from rihma.realtime.frames import Refusal
from rihma.realtime.ledger import Admission, Doer, Ledger, Outcome, Sent, area_of
from rihma.realtime.models import Ticket
from rihma.realtime.sessions import Sessions

logger = logging.getLogger(__name__)

# The key of a thing and the ticket that somebody shows for it; who they are and what they may do.
type Asked = tuple[str, str]
type Admitted = tuple[Doer, Admission]

TICKET_LIFE = timedelta(seconds=30)
STORAGE_RETRY = 2.0

sessions = Sessions()


class OperationId(Struct):
    id: str = ""


_id_of = msgspec.json.Decoder(OperationId).decode


def ready() -> None:
    """A thread that keeps a connection of its own."""
    connection.ensure_connection()


def now() -> datetime:
    return clock.now()


def fresh[**P, T](act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """A connection that the database closed is not used again."""
    close_old_connections()
    return act(*args, **kwargs)


def digest_of(ticket: str) -> str:
    return sha256(ticket.encode()).hexdigest()


def let_in(ledgers: Mapping[str, Ledger], asked: Sequence[Asked]) -> list[Admitted | None]:
    """Who holds these tickets and what they may do, for all who came at once, in a fixed number of queries."""
    doers = _redeem(asked)
    admitted: dict[tuple[str, str], Admission] = {}
    for area, ledger in ledgers.items():
        of_area = [(key, doer) for (key, _), doer in zip(asked, doers, strict=True) if doer and area_of(key) == area]
        if of_area:
            admitted |= ledger.admit(of_area)
    pairs = ((doer, doer and admitted.get((key, doer.id))) for (key, _), doer in zip(asked, doers, strict=True))
    return [(doer, admission) if doer and admission else None for doer, admission in pairs]


@transaction.atomic
def _redeem(asked: Sequence[Asked]) -> list[Doer | None]:
    """Whoever holds a ticket for this key uses it up: the second to come finds nothing."""
    shown = [(key, digest_of(ticket)) for key, ticket in asked]
    digests = [digest for _, digest in shown]
    found = Ticket.objects.select_for_update().filter(pk__in=digests, made_at__gt=clock.now() - TICKET_LIFE)
    # One that was shown at another door stays good for its own.
    good = {(row.key, row.pk): row for row in found if (row.key, row.pk) in shown}
    Ticket.objects.filter(pk__in=[digest for _, digest in good]).delete()
    doers = {pair: Doer(row.doer, row.name, row.is_guest, row.session) for pair, row in good.items()}
    return [doers.pop(pair, None) for pair in shown]


def look(
    ledger: Ledger, asked: Sequence[tuple[str, Doer]], more: Sequence[str] = ()
) -> tuple[Mapping[tuple[str, str, str], Admission], Mapping[str, int]]:
    """Who may still do what, by (key, id, session), and how far their logs and `more` have come."""
    standing = sessions.standing({doer.session for _, doer in asked})
    admitted = ledger.admit(asked)
    still = {
        (key, doer.id, doer.session): admitted[key, doer.id]
        for key, doer in asked
        if doer.session in standing and (key, doer.id) in admitted
    }
    return still, ledger.heads(sorted({*more, *(key for key, _ in asked)}))


def version(ledger: Ledger) -> object:
    try:
        return ledger.version()
    except (OperationalError, InterfaceError):
        connection.close()
        return None


def write(ledger: Ledger, sent: Sequence[Sent]) -> list[Outcome]:
    """Never raises: what could not be written is refused, so that its sender keeps it and sends it again."""
    try:
        return ledger.write(sent)
    except (OperationalError, InterfaceError):
        logger.exception("A batch of %s operations could not be written", len(sent))
        connection.close()
        return [_refused(one, "storage", STORAGE_RETRY) for one in sent]
    except Exception as problem:  # whatever it is, it must not hold up the others
        if len(sent) == 1:
            logger.exception("An operation could not be written")
            return [_refused(sent[0], "invalid")]
        logger.warning("A batch of %s operations is halved: %s", len(sent), problem)
        middle = len(sent) // 2
        return write(ledger, sent[:middle]) + write(ledger, sent[middle:])


def refused_again(refusal: Refusal | None, operation: Raw) -> Outcome:
    """Another one of the same sender's, for the same reason."""
    pk = id_of(operation)
    return Outcome(pk, refusal=refusal and replace(refusal, id=pk))


def _refused(sent: Sent, code: str, retry_after: float | None = None) -> Outcome:
    pk = id_of(sent.operation)
    return Outcome(pk, refusal=Refusal(pk, code, WORDS[code], retry_after=retry_after))


# For programs and logs; a page says it in its reader's language, by the code.
WORDS = {
    "invalid": "This cannot be saved as it is.",
    "slow": "Too much at once: wait a moment and send it again.",
    "storage": "This could not be saved just now: send it again.",
}


def id_of(operation: Raw) -> str:
    """The sender's own id; empty when it cannot even be said which one it is."""
    try:
        return _id_of(operation).id
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
