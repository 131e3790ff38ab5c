"""What `rihma demo` shows: the finished round of 2023, one at work around today, one whose call is
open, and one that takes in several times.

Every row comes through the product's own actions. People, organisations, texts and numbers are invented; the facts
of the rounds and their themes are real.
"""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import translation

from rihma.base import clock
from rihma.notices.delivery import deliver_due
from rihma.programmes.models import Programme
from rihma.site import cast
from rihma.site.demo.challenged import ask_for_documents, challenge
from rihma.site.demo.describing import describe
from rihma.site.demo.finished import tell
from rihma.site.demo.organisations import place
from rihma.site.demo.rolling import tell_rolling
from rihma.site.demo.running import tell_next, tell_running
from rihma.site.demo.story import ZONE, moment
from rihma.site.demo.together import work_together

__all__ = ["describe", "load"]

HERE = Path(__file__).parent
SLUG = "kohti-kokeilevaa-ekosysteemitoimintaa"


@transaction.atomic
def load() -> dict[str, Any]:
    """Load the demo unless it is there, and say what is in it."""
    if not Programme.objects.filter(slug=SLUG).exists():
        with translation.override("fi"):
            _load()
    return describe()


def _load() -> None:
    people = cast.enter()
    today = clock.now().astimezone(ZONE).date()
    listed = tomllib.loads((HERE / "teams.toml").read_text())["team"]
    rounds = tomllib.loads((HERE / "round.toml").read_text())
    filled = tomllib.loads((HERE / "canvases.toml").read_text())["canvas"]
    last = tell((HERE / "ekosysteemikoulu-2.toml").read_bytes(), listed, filled, people)
    running = tell_running(last, rounds["running"], filled, people, today)
    together = tomllib.loads((HERE / "together.toml").read_text())
    work_together(running, together, people, moment(today - timedelta(days=6), 9))
    deliver_due(clock.now())
    tell_next(last, rounds["applying"], people, today)
    tell_rolling(people, today)
    challenge(people, today)
    ask_for_documents(last, people, today)
    place(tomllib.loads((HERE / "organisations.toml").read_text()), people["owner"])
