"""Notes of rounds that ended long ago: who wrote them has had time to copy them."""

from datetime import datetime

from rihma.brainwriting import rules
from rihma.brainwriting.models import Note


def prune(now: datetime) -> int:
    """How many went. The worker does it now and then."""
    return Note.objects.filter(round__closed_at__lt=now - rules.KEPT_FOR).delete()[0]
