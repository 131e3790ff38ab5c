"""What was counted to keep people from sending files without end, and is no longer needed for it."""

from datetime import datetime

from rihma.attachments.models import Sending
from rihma.base.files.pace import COUNTED_FOR


def prune(now: datetime) -> int:
    """How many went."""
    return Sending.objects.filter(at__lte=now - COUNTED_FOR).delete()[0]
