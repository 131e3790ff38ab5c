"""Rules that a team of the programme has lost: until when it may complete itself, and what may become of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused
from rihma.programmes.requirements import Requirement
from rihma.teams.rules.checking import Answer, answer_of
from rihma.teams.rules.facts import Facts

MOVES: dict[str, set[str]] = {
    "needed": {"passed", "excepted", "over"},
    "passed": {"excepted", "over"},
    "excepted": {"needed", "over"},
    "over": {"needed", "excepted"},
}
# So that there is time left to find somebody.
REMIND_BEFORE = timedelta(days=7)


def lost(facts: Facts, asked: Iterable[Requirement]) -> set[str]:
    """Rules that do not hold with those who are in; whoever is only invited neither saves the team nor breaks a rule."""
    sure = replace(facts, places=tuple(place for place in facts.places if place.confirmed))
    return {one.key for one in asked if one.binding and answer_of(sure, one) is Answer.NOT_YET}


def due_on(now: datetime, zone: ZoneInfo, days: int) -> date:
    return now.astimezone(zone).date() + timedelta(days=days)


def is_to_be_reminded(due: date, today: date) -> bool:
    """Within the last week, and not on the last day's morrow: then it is told that the date has passed."""
    return today <= due <= today + REMIND_BEFORE


def check_may_become(state: str, to: str) -> None:
    if to not in MOVES[state]:
        raise Refused("state", _("This has changed meanwhile. Look at the team's page again."))


def check_may_except(reason: str, rule: Requirement | None, *, closed: bool) -> None:
    if closed:
        raise Refused("closed", _("The programme is closed, so its rules ask nothing any more."))
    if rule is None:
        raise Refused("no_rule", _("The programme does not ask this any more."))
    if not reason.strip():
        raise Refused("reason", _("Say why the rule is not asked of this team. The team reads it."), "reason")
