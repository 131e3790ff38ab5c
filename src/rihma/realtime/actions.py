from secrets import token_urlsafe

from rihma.base import clock
from rihma.realtime.clerk import TICKET_LIFE, digest_of
from rihma.realtime.ledger import Doer
from rihma.realtime.models import Ticket


def issue(key: str, doer: Doer) -> str:
    """A ticket for one socket, good once and for half a minute. Only its digest is kept."""
    now = clock.now()
    Ticket.objects.filter(made_at__lt=now - 2 * TICKET_LIFE).delete()
    ticket = token_urlsafe(32)
    Ticket.objects.create(
        digest=digest_of(ticket),
        key=key,
        doer=doer.id,
        name=doer.name,
        is_guest=doer.guest,
        session=doer.session,
        made_at=now,
    )
    return ticket
