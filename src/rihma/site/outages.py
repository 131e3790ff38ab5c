"""When the service could not be used: kept by the running server, so that what arrived late can be judged."""

from datetime import datetime

from django.db import transaction

from rihma.site.health import state
from rihma.site.models import Outage, Watch
from rihma.site.worker import LEASE


def watch(now: datetime) -> None:
    """As often as a worker says that it lives. A longer silence than a few of its beats was an outage.

    It is told from the last moment at which all was well to the first at which it was again, which is never too short.
    """
    if not all(state().values()):
        return
    with transaction.atomic():
        last, new = Watch.objects.select_for_update().get_or_create(pk=1, defaults={"well_at": now})
        if not new and now - last.well_at > LEASE:
            Outage.objects.create(began_at=last.well_at, ended_at=now)
        Watch.objects.filter(pk=1, well_at__lt=now).update(well_at=now)


def between(start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """From when until when it could not be used, as far as that touches this stretch of time."""
    found = Outage.objects.filter(began_at__lt=end, ended_at__gt=start).order_by("began_at")
    return list(found.values_list("began_at", "ended_at"))
