"""Something beside the log changed on a thing that people have open, so their pages should ask again.

It goes the way of hints, so it may be lost or come twice, and it says no more than what to ask for.
"""

from functools import partial

from django.db import transaction

from rihma.base import clock
from rihma.realtime import hints

MARK = "#"


# Everything that was told no longer holds as it was said.
ANEW = "anew"


def tell_anew(key: str) -> None:
    """Whoever has `key` open forgets what they were told and asks for everything, once this transaction is committed."""
    tell_news(key, ANEW)


def tell_news(key: str, topic: str) -> None:
    """Whoever has `key` open hears of `topic` once this transaction is committed."""
    # The moment serves as the number: a later one wins, as a later head does.
    at = int(clock.now().timestamp() * 1000)
    transaction.on_commit(partial(hints.tell, f"{key}{MARK}{topic}", at))
