"""What a mail said, once nothing of it has to be kept. That it went, of which kind, to whom and when stays as proof."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from rihma.notices import rules
from rihma.notices.models import Message

WRITTEN = ~Q(subject="", body="", address="")
DONE = ~Q(state__in=[Message.State.QUEUED, Message.State.SENDING])


def forget_text(found: "QuerySet[Message]") -> int:
    """Of those that are not on their way any more."""
    return found.filter(DONE, WRITTEN).update(subject="", body="", address="")


def forget_about(kinds: Iterable[str], keys: Iterable[object]) -> None:
    """Mails that carried words which are gone; one that has not left yet leaves no more."""
    found = Message.objects.filter(kind__in=list(kinds), key__in=[str(key) for key in keys])
    waiting = found.that_may_become(rules.State.FAILED).filter(state=Message.State.QUEUED)
    waiting.update(state=Message.State.FAILED, error="What it said was erased.")
    forget_text(found)
