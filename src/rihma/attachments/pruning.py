"""Files that no row speaks of: written just before a server died, or before a row was refused."""

from datetime import datetime, timedelta

from rihma.attachments import rules, store
from rihma.attachments.models import Attachment, Sending

# So long that nobody can be in the middle of sending one.
LEFT_BEHIND = timedelta(hours=24)


def prune(now: datetime) -> int:
    """How many went. The worker does it now and then, `rihma manage prune_files` at once."""
    found = set(store.older_than(now - LEFT_BEHIND))
    Sending.objects.filter(at__lte=now - rules.COUNTED_FOR).delete()
    left = found - set(Attachment.objects.values_list("file", flat=True))
    for name in left:
        store.drop(name)
    return len(left)


def missing() -> list[Attachment]:
    """Rows without their file: what a backup lost that took the database only."""
    return [
        attachment for attachment in Attachment.objects.select_related("canvas") if not store.holds(attachment.file)
    ]
