"""How a team stands, from plain facts. Heuristics of a facilitator, not judgements of a team."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from rihma.base.parts import Node

# After two weeks without a trace a facilitator asks how it goes.
STANDS_STILL = timedelta(days=14)


@dataclass(frozen=True)
class Path:
    """How far a team has come: each is whether that stage has something to show."""

    admitted: bool
    eligible: bool
    partners: bool
    items: bool
    decided: bool
    lesson: bool
    carried_on: bool


def stages(path: Path) -> list[Node]:
    """The seven stages of a team's thread; the first that is not done is the one it is at."""
    titled = [
        (_("Call"), path.admitted),
        (_("Team"), path.admitted and path.eligible),
        (_("Circle"), path.partners),
        (_("Canvases"), path.items),
        (_("Experiment"), path.decided),
        (_("Lesson"), path.lesson),
        (_("After"), path.carried_on),
    ]
    at = next((place for place, (_title, done) in enumerate(titled) if not done), len(titled))
    return [
        Node(title=title, state="done" if done else "now" if place == at else "ahead")
        for place, (title, done) in enumerate(titled)
    ]


def stands_still(last: datetime | None, now: datetime) -> bool:
    return last is None or now - last > STANDS_STILL


@dataclass(frozen=True)
class Need:
    """Why a facilitator should look at a team now; the lower `order`, the sooner."""

    order: int
    words: object


def needs(*, eligible: bool, overdue: int, still: bool, undecided: int, completion: str = "") -> list[Need]:
    """`completion`: by when the team is to meet the rules again, in words."""
    found = []
    if not eligible:
        found.append(Need(0, completion or _("No longer meets the rules")))
    if overdue:
        found.append(Need(1, _("An experiment is past its end without a result")))
    if undecided:
        found.append(Need(2, _("A concluded experiment waits for a decision")))
    if still:
        found.append(Need(3, _("Nothing has happened for two weeks")))
    return found
