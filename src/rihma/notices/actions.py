from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import translation

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.ids import new_id
from rihma.notices.delivery import deliver_soon
from rihma.notices.models import Message
from rihma.notices.writing import drafted


@transaction.atomic
def tell(kind: str, to: Person, *, key: str, scope: UUID | None = None, **context: object) -> Message:
    """Put a message in the outbox; telling the same (kind, person, key) again does nothing.

    `kind` names the template `<kind>.txt`: its first line is the subject, the rest the body.
    """
    return _put(kind, to, key, {"scope": scope}, context)


@transaction.atomic
def tell_secret(kind: str, to: Person, *, key: str, scope: UUID, good_until: datetime, **context: object) -> Message:
    """The same for a text that opens a door: forgotten once it was sent, or after `good_until`."""
    return _put(kind, to, key, {"scope": scope, "good_until": good_until}, context)


def _put(kind: str, to: Person, key: str, facts: dict[str, object], context: dict[str, object]) -> Message:
    known = Message.objects.filter(kind=kind, to=to, key=key).first()
    if known:
        return known
    subject, body = drafted(kind, to, **context)
    message, new = Message.objects.get_or_create(
        kind=kind, to=to, key=key, defaults={**facts, "language": to.language, "subject": subject, "body": body}
    )
    if new:
        transaction.on_commit(deliver_soon, robust=True)
    return message


@transaction.atomic
def post(
    kind: str, address: str, *, subject: str, body: str, good_for: timedelta, key: str = "", scope: UUID | None = None
) -> Message:
    """Put a mail in the outbox that another package wrote, and that is of no use after `good_for`."""
    message = Message.objects.create(
        kind=kind,
        key=key or str(new_id()),
        scope=scope,
        to=Person.objects.with_email(address),
        address=address,
        language=translation.get_language() or "",
        subject=" ".join(subject.split())[:300],
        body=body.strip() + "\n",
        good_until=clock.now() + good_for,
    )
    transaction.on_commit(deliver_soon, robust=True)
    return message
