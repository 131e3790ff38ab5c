"""How many files somebody sends within an hour, because looking into each of them takes a processor for a while."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import ngettext

from rihma.base.refused import Refused

COUNTED_FOR = timedelta(hours=1)


def check_pace(earlier: Sequence[datetime], most: int, now: datetime) -> None:
    """`earlier`: when the same person or guest sent files within the hour, the latest first."""
    if len(earlier) < most:
        return
    minutes = -(-(earlier[most - 1] + COUNTED_FOR - now).total_seconds() // 60)
    wait = ngettext(
        "You can send the next one in %(n)d minute.", "You can send the next one in %(n)d minutes.", int(minutes)
    )
    sent = ngettext(
        "You sent %(n)d file within an hour, and that is the most.",
        "You sent %(n)d files within an hour, and that is the most.",
        most,
    )
    raise Refused("too_often", f"{sent % {'n': most}} {wait % {'n': int(minutes)}}", "upload")
